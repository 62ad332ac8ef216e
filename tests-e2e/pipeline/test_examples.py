"""Every example of the client's README runs against the whole mesh (R5.5)."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.api import Api
from support.mesh import ROOT, Mesh

READMES = [ROOT / "client" / name for name in ("README.md", "README.ko.md")]
SOURCE = "def load_tasks(path):\n    return open(path).read()\n\n\nprint(load_tasks('tasks.txt'))\n"
DDL = "CREATE TABLE member (id bigint primary key, login_id varchar(50) not null, nickname varchar(30));\n"


def blocks(readme: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", readme.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


COMMANDS = [
    pytest.param([line for block in blocks(readme, "sh") for line in block.splitlines()], id=readme.name)
    for readme in READMES
]
SCRIPTS = [
    pytest.param(script, id=f"{readme.name}-{number}")
    for readme in READMES
    for number, script in enumerate(blocks(readme, "python"), 1)
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What the examples speak of."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "tasks.py").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "member.sql").write_text(DDL, encoding="utf-8")
    (tmp_path / "prompt.txt").write_text("Task 관리 화면 만들어줘", encoding="utf-8")
    return tmp_path


def environment_of(mesh: Mesh, home: Path) -> dict[str, str]:
    command = str(Path(sys.executable).parent)  # where `framewright` is
    return {
        "PATH": f"{command}:{os.environ['PATH']}", "HOME": str(home), "LANG": "C.UTF-8",
        "FRAMEWRIGHT_URL": mesh.url, "FRAMEWRIGHT_API_KEY": mesh.key,
    }  # fmt: skip


@pytest.mark.parametrize("lines", COMMANDS)
def test_the_commands_of_the_readme(mesh: Mesh, api: Api, folder: Path, lines: list[str]):  # R5.5
    assert len(lines) > 10
    generation = api.generate("Task 관리 화면 만들어줘", model="builtin")[0]["generation_id"]
    environment = {**environment_of(mesh, folder), "GENERATION": generation}
    for line in lines:
        done = subprocess.run(
            ["bash", "-c", line], check=False, capture_output=True, text=True, cwd=folder, env=environment, timeout=120
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        assert done.stdout.strip(), f"{line} said nothing"


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_scripts_of_the_readme(mesh: Mesh, folder: Path, script: str):  # R5.5
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True, cwd=folder,
        env=environment_of(mesh, folder), timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
