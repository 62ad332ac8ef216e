"""The framewright command against the whole mesh."""

import json
import os
import subprocess
import sys
from pathlib import Path

import httpx

from support.mesh import Mesh


def run(mesh: Mesh, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "FRAMEWRIGHT_URL": mesh.url, "FRAMEWRIGHT_API_KEY": mesh.key}
    return subprocess.run(
        [sys.executable, "-m", "framewright", *arguments],
        check=False, capture_output=True, text=True, cwd=folder, env={**environment, "LANG": "C.UTF-8"}, timeout=60,
    )  # fmt: skip


def test_generate_writes_the_files_byte_for_byte(mesh: Mesh, http: httpx.Client, tmp_path: Path):
    done = run(mesh, tmp_path, "generate", "Task 관리 화면 만들어줘")
    assert done.returncode == 0, done.stderr
    folder = next((tmp_path / "out").iterdir())
    assert {path.name for path in folder.iterdir()} == {"TaskList.xml", "TaskList.js", "task.sql"}
    for path in folder.iterdir():
        served = http.get(f"/api/v1/generations/{folder.name}/artifacts/{path.name}")
        assert path.read_bytes() == served.content
    shown = run(mesh, tmp_path, "show", folder.name, "--json")
    assert json.loads(shown.stdout)["status"] == "completed"


def test_search_and_an_unsupported_prompt(mesh: Mesh, tmp_path: Path):
    assert "[" in run(mesh, tmp_path, "search", "그리드 저장").stdout
    refused = run(mesh, tmp_path, "generate", "오늘 서울 날씨 알려줘")
    assert refused.returncode == 5, refused.stdout
