"""The user guide's examples of plan and patch, run as they stand there; and the paths over HTTP."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from support.mesh import Mesh

GUIDE = Path(__file__).parents[2] / "docs" / "user-guide"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`([\w/]+\.py)`[^`]*$")


def run(mesh: Mesh, folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "FRAMEWRIGHT_URL": mesh.url, "FRAMEWRIGHT_API_KEY": mesh.key}
    return subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        check=False, capture_output=True, text=True, cwd=folder, env={**environment, "LANG": "C.UTF-8"}, timeout=60,
    )  # fmt: skip


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "src").iterdir())}


@pytest.mark.parametrize("page", ["patches.md", "patches.ko.md"])
def test_the_guide_s_examples_run(mesh: Mesh, tmp_path: Path, page: str):  # R4.1 R4.2
    text = (GUIDE / page).read_text(encoding="utf-8")
    said = generation = ""
    before: dict[str, bytes] = {}
    for match in BLOCK.finditer(text):
        language, body = match[1], match[2]
        if language == "python":
            name = NAMED.search(text[: match.start()])
            assert name is not None
            (tmp_path / name[1]).parent.mkdir(exist_ok=True)
            (tmp_path / name[1]).write_text(body, encoding="utf-8")
        elif language == "json":
            (tmp_path / "edits.json").write_text(body, encoding="utf-8")
        elif language == "diff":
            assert body in said, "the change is shown as the guide has it"
            assert contents(tmp_path) != before
        else:
            before = before or contents(tmp_path)
            for command in body.splitlines():
                done = run(mesh, tmp_path, command.replace("GENERATION", generation))
                assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
                said = done.stdout
                if command.startswith("framewright generate"):
                    generation = next(path.parent.name for path in tmp_path.glob("*/TaskList.xml"))
                if command.endswith("undo"):
                    assert contents(tmp_path) == before
    assert b"TIMEOUT = 30" in contents(tmp_path)["tasks.py"]
    assert contents(tmp_path)["limits.py"] == b"RETRIES = 3\n"
    screen = (tmp_path / generation / "TaskList.xml").read_text(encoding="utf-8")
    assert "담당자 전화번호" in screen


def test_a_patch_is_checked_kept_once_and_taken_back(http: httpx.Client):  # R4.2
    code = "def load():\n    return 1\n\n\nload()\n"
    planned = http.post("/plan", json={"intent": "rename load to read", "paths": ["a.py"], "code_paste": code}).json()
    first = http.post("/patch_smart", json={"plan": planned["plan"]}).json()
    assert first["files"][0]["content"] == code.replace("load", "read")
    second = http.post("/patch_smart", json={"plan": planned["plan"]}).json()
    assert (second["patch_id"], second["applied_before"]) == (first["patch_id"], True)
    undone = http.post(f"/api/v1/patches/{first['patch_id']}/rollback").json()
    assert undone["files"][0]["content"] == code
    wrong = {
        "files": [{"path": "a.py", "content": code}],
        "edits": [{"path": "a.py", "search": "load", "replace": "x"}],
    }
    refused = http.post("/api/v1/patches", json=wrong)
    assert (refused.status_code, refused.json()["code"]) == (422, "ambiguous")
    assert [place["line"] for place in refused.json()["failures"][0]["places"]] == [1, 5]
