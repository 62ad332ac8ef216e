"""What was taken over goes back, and training data comes out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.stand_in import KEY, Mesh
from typer.testing import CliRunner

from framewright.cli import app

Run = Callable[..., Any]
FEEDBACK = "/api/v1/generations/g1/feedback"


@pytest.fixture
def run(mesh: Mesh, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    environment = {"FRAMEWRIGHT_URL": mesh.url, "FRAMEWRIGHT_API_KEY": KEY, "LC_ALL": "C"}
    return lambda *arguments, **more: CliRunner(env={**environment, **more}).invoke(app, list(arguments))


@pytest.fixture
def edited(mesh: Mesh, tmp_path: Path) -> Mesh:
    mesh.result = {"generation_id": "g1", "status": "completed", "artifacts": [{"path": "A.js"}, {"path": "B.js"}]}
    mesh.answers[FEEDBACK] = {"generation_id": "g1", "distance": {"lines": 3, "ratio": 0.125}}
    (tmp_path / "out" / "g1").mkdir(parents=True)
    (tmp_path / "out" / "g1" / "A.js").write_bytes("\ufeffvar 고침;\r\n".encode())
    return mesh


def test_the_files_as_they_are_now_go_back(edited: Mesh, run: Run):  # R4.8
    result = run("accept", "g1", "--rating", "5", "--comment", "좋아요", "--consent")
    assert result.exit_code == 0, result.output
    assert "1 files accepted, 3 lines away" in result.output
    assert "12.5%" in result.output
    assert edited.asked[-1] == ("POST", FEEDBACK, {
        "accepted": [{"path": "A.js", "content": "\ufeffvar 고침;\r\n"}], "rating": 5, "comment": "좋아요",
        "consent": True,
    })  # fmt: skip


def test_what_is_not_said_is_not_sent(edited: Mesh, run: Run):
    assert '"lines": 3' in run("accept", "g1", "--json").stdout
    assert set(edited.asked[-1][2]) == {"accepted"}


def test_a_folder_without_the_files_and_a_path_that_leads_out_are_refused(edited: Mesh, run: Run, tmp_path: Path):
    assert run("accept", "g1", "--from", "elsewhere").exit_code == 2
    (tmp_path / "out" / "x.js").write_text("x")
    edited.result["artifacts"] = [{"path": "../x.js"}]
    assert "leads out" in run("accept", "g1", COLUMNS="200").output


def test_training_data_is_written_to_a_file(mesh: Mesh, run: Run, tmp_path: Path):  # R4.8
    query = "kind=dpo&split=train&framework=xframe5&builtin=false"
    mesh.answers[f"/api/v1/training/export?{query}"] = {"id": "1"}
    result = run(
        "export-training",
        "--kind",
        "dpo",
        "--split",
        "train",
        "--framework",
        "xframe5",
        "--no-builtin",
        "--out",
        "t.jsonl",
    )
    assert result.exit_code == 0, result.output
    assert (tmp_path / "t.jsonl").read_text() == '{"id": "1"}'
    assert not (tmp_path / "t.jsonl.part").exists()


def test_who_may_not_export_is_told(mesh: Mesh, run: Run, tmp_path: Path):
    mesh.errors = [(403, {"detail": "This needs the role admin or operator.", "code": "role_forbidden"})]
    assert run("export-training").exit_code == 4
    assert not (tmp_path / "training.jsonl").exists()
