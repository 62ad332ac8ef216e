"""The documents' commands run as they stand, page by page, against the whole mesh (R5.5, R5.7)."""

import os
import re
import shlex
import subprocess
from itertools import groupby
from pathlib import Path

import httpx
import pytest

from support.api import GENERATIONS, Api
from support.documents import PAGES, Block, blocks
from support.mesh import ROOT, Mesh

RUN = {page: [block for block in blocks(page) if block.kind == "run"] for page in PAGES}
ADDRESS = "127.0.0.1:8080"
LEFT_TO_THE_READER = re.compile(r"^\w+=…[^\n]*$", re.MULTILINE)
SEVERITY = """
set -euo pipefail
curl() { command curl --silent --show-error --fail-with-body --max-time 60 "$@"; }
"""


@pytest.fixture
def checkout(mesh: Mesh, tmp_path: Path) -> Path:
    """What a reader has: the files of the checkout, the state of the mesh that runs, and what the examples speak of."""
    folder = tmp_path / "framewright"
    folder.mkdir()
    for path in ROOT.iterdir():
        if path.name not in {"out", ".framewright", ".env", ".git", "backups", "bundle"}:
            (folder / path.name).symlink_to(path)
    (folder / ".framewright").symlink_to(mesh.state)
    (folder / "screens.csv").write_text("prompt\nTask 관리 화면 만들어줘\n", encoding="utf-8")
    return folder


@pytest.fixture
def known(mesh: Mesh, http: httpx.Client, api: Api, checkout: Path) -> dict[str, str]:
    """What a reader would fill in."""
    generation = str(api.generate("Task 관리 화면 만들어줘", model="builtin")[0]["generation_id"])
    for folder in (checkout / "src" / "screens", checkout / "out" / generation):
        folder.mkdir(parents=True)
        for path, content in api.files(generation).items():
            (folder / path).write_bytes(content)
    answer = http.post(GENERATIONS, json={"prompt": "Task 관리 화면 만들어줘", "model": "builtin"})
    session = http.post("/api/sessions/", json={"title": "documents"}).json()["id"]
    return {
        "API": mesh.url, "G": mesh.url, "A": f"Authorization: Bearer {mesh.key}", "KEY": mesh.key, "ID": generation,
        "GENERATION": generation, "S": session, "TRACE": answer.headers["x-trace-id"],
    }  # fmt: skip


@pytest.mark.parametrize("page", [page for page in PAGES if RUN[page]], ids=lambda page: str(page.relative_to(ROOT)))
def test_the_page_s_commands_run(mesh: Mesh, checkout: Path, known: dict[str, str], page: Path) -> None:
    environment = {
        "PATH": f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}", "HOME": str(checkout), "LANG": "C.UTF-8",
        "FRAMEWRIGHT_STATE_DIR": str(mesh.state), "FRAMEWRIGHT_PORT_BASE": str(mesh.port_base),
        "FRAMEWRIGHT_URL": mesh.url, "FRAMEWRIGHT_API_KEY": mesh.key, **known,
    }  # fmt: skip
    for language, together in groupby(RUN[page], key=lambda block: block.language):
        script = "\n".join(_as_filled_in(block, mesh, known) for block in together)
        command = ["python", "-c", script] if language == "python" else ["bash", "-c", SEVERITY + script]
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, cwd=checkout, env=environment, timeout=180
        )
        assert done.returncode == 0, f"{script}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"


def _as_filled_in(block: Block, mesh: Mesh, known: dict[str, str]) -> str:
    """The block with this mesh's address, and with the names that stand for something in place of it."""
    text = LEFT_TO_THE_READER.sub("", block.text).replace(ADDRESS, mesh.url.removeprefix("http://"))
    text = text.replace("kim@example.com", f"{known['S']}@example.com")  # each page's reader is somebody else
    if block.language == "console":
        text = "\n".join(line[2:] for line in text.splitlines() if line.startswith("$ "))
    if block.language == "python":
        return text.replace('"SESSION", "KEY"', f'"{known["S"]}", "{mesh.key}"').replace("fwk_…", mesh.key)
    return re.sub(r"(?<= )GENERATION\b", shlex.quote(known["GENERATION"]), text)
