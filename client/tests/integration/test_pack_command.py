"""`framewright pack lint` as a person runs it, against a mesh on a socket."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.stand_in import KEY, Mesh
from typer.testing import CliRunner

from framewright.cli import app

Run = Callable[..., Any]
ERROR = {"severity": "error", "file": "templates/a.j2", "message": "no attribute 'x'", "line": 3}
WARNING = {"severity": "warning", "file": "README.md", "message": "missing", "line": None}


@pytest.fixture
def run(mesh: Mesh) -> Run:
    environment = {"FRAMEWRIGHT_URL": mesh.url, "FRAMEWRIGHT_API_KEY": KEY, "LC_ALL": "C"}
    mesh.answers = {"/api/v1/packs/lint": {"findings": [], "emitted": 28, "entries": 3, "templates": 2}}
    return lambda *arguments: CliRunner(env=environment).invoke(app, ["pack", "lint", *map(str, arguments)])


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny"
    (folder / "templates").mkdir(parents=True)
    (folder / "pack.yaml").write_text("name: tiny\n", encoding="utf-8")
    (folder / "templates" / "a.j2").write_text("가\n", encoding="utf-8")
    (folder / "notes.bin").write_bytes(b"\xff")
    return folder


def test_a_pack_without_a_fault(mesh: Mesh, run: Run, pack: Path):
    done = run(pack)
    assert done.exit_code == 0, done.output
    assert "0 errors, 0 warnings" in done.output
    _, _, body = mesh.asked[-1]
    assert body == {
        "name": "tiny",
        "language": "en",
        "files": [{"path": "pack.yaml", "content": "name: tiny\n"}, {"path": "templates/a.j2", "content": "가\n"}],
    }


def test_an_error_ends_with_1_and_says_where(mesh: Mesh, run: Run, pack: Path):
    mesh.answers["/api/v1/packs/lint"]["findings"] = [ERROR, WARNING]
    done = run(pack)
    assert done.exit_code == 1
    assert "error  templates/a.j2:3  no attribute 'x'" in done.output
    assert "warning  README.md  missing" in done.output


def test_a_warning_alone_is_no_failure(mesh: Mesh, run: Run, pack: Path):
    mesh.answers["/api/v1/packs/lint"]["findings"] = [WARNING]
    assert run(pack).exit_code == 0


def test_json_is_json_alone(run: Run, pack: Path):
    assert json.loads(run(pack, "--json").output)["emitted"] == 28


def test_korean_is_spoken(run: Run, pack: Path):
    assert "오류 0개" in run(pack, "--lang", "ko").output


@pytest.mark.parametrize("make", ["empty", "not_text", "absent"])
def test_a_folder_that_is_no_pack_is_said(run: Run, pack: Path, tmp_path: Path, make: str):
    folder = tmp_path / "other"
    if make != "absent":
        folder.mkdir()
    if make == "not_text":
        (folder / "pack.yaml").write_bytes(b"\xff\xfe")
    done = run(folder)
    assert done.exit_code == 2
    assert "other" in done.output
