"""`framewright evaluate` as a person runs it, against a mesh on a socket."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.stand_in import KEY, Mesh
from typer.testing import CliRunner

from framewright.cli import app

Run = Callable[..., Any]
PATH = "/api/admin/evaluations"
INTERVAL = {"mean": 54.0, "low": 48.5, "high": 60.1, "n": 66}
ROW = {
    "name": "coder", "relative": INTERVAL, "score": INTERVAL, "valid_after": {"mean": 0.9, "low": 0.8, "high": 1.0},
    "duration_ms_p50": 1234.0, "failed": 2, "results": 66,
}  # fmt: skip
FEW = {**ROW, "name": "few", "relative": {"mean": 73.0, "low": None, "high": None, "n": 1}}
EMPTY = {**ROW, "relative": None, "score": None, "valid_after": None, "duration_ms_p50": None}


def evaluation(status: str, *rows: dict[str, Any]) -> dict[str, Any]:
    return {"id": "e1", "name": "n", "status": status, "done": 3, "total": 3, "created_at": "2026-01-01T00:00:00Z",
            "comparison": list(rows)}  # fmt: skip


@pytest.fixture
def run(mesh: Mesh, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr("framewright.commands.evaluate._POLL_S", 0.0)
    mesh.answers = {PATH: evaluation("queued"), f"{PATH}/e1": evaluation("completed", ROW, FEW, EMPTY)}
    environment = {"FRAMEWRIGHT_URL": mesh.url, "FRAMEWRIGHT_API_KEY": KEY, "LC_ALL": "C", "COLUMNS": "200"}
    return lambda *arguments: CliRunner(env=environment).invoke(app, ["evaluate", *map(str, arguments)])


def test_engines_modes_and_templates_make_the_variants(mesh: Mesh, run: Run, tmp_path: Path):  # R1.19
    done = run("run", "--engines", "a, b", "--modes", "spec,direct", "--template", "xframe5/spec@2", "--limit", 5,
               "--judge", "j", "--out", tmp_path / "out")  # fmt: skip
    assert done.exit_code == 0, done.output
    _, _, body = mesh.asked[0]
    assert len(body["variants"]) == 8
    assert body["variants"][1] == {"engine": "a", "mode": "spec", "templates": {"xframe5/spec": 2}, "values": {}}
    assert (body["limit"], body["judge"], body["cases"]) == (5, {"engine": "j"}, [])
    assert "54.0 [48.5, 60.1]" in done.output
    assert "73.0 (n = 1)" in done.output
    assert "2/66" in done.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "comparison.csv", "report.html", "results.csv",
    ]  # fmt: skip


def test_values_of_a_model_are_varied(mesh: Mesh, run: Run):
    assert run("run", "--engines", "a", "--vary", "examples=0,2", "--vary", "threshold=0.4").exit_code == 0
    _, _, body = mesh.asked[0]
    assert [variant["values"] for variant in body["variants"]] == [
        {"examples": 0, "threshold": 0.4}, {"examples": 2, "threshold": 0.4},
    ]  # fmt: skip
    assert run("run", "--engines", "a", "--gpus", "2").exit_code == 0
    started = [body for method, _, body in mesh.asked if method == "POST"]
    assert started[-1]["variants"][0]["gpus"] == 2.0
    for wrong in ("examples", "examples=", "examples=many", "colour=1"):
        assert run("run", "--engines", "a", "--vary", wrong).exit_code == 2


def test_json_alone_and_without_waiting(mesh: Mesh, run: Run):
    done = run("run", "--engines", "a", "--no-wait", "--json")
    assert json.loads(done.output)["status"] == "queued"
    assert mesh.paths() == [("POST", PATH)]


def test_what_did_not_complete_ends_with_1(mesh: Mesh, run: Run):
    mesh.answers[f"{PATH}/e1"] = evaluation("cancelled", ROW)
    assert run("run", "--engines", "a").exit_code == 1
    assert run("show", "e1").exit_code == 0
    assert run("show", "e1", "--wait").exit_code == 1


def test_an_evaluation_that_was_given_up_ends_with_what_to_do(mesh: Mesh, run: Run):
    mesh.answers[f"{PATH}/e1"] = evaluation("interrupted", ROW)
    done = run("run", "--engines", "a")
    assert done.exit_code == 1
    assert "To go on: framewright evaluate resume e1" in done.output
    assert "54.0 [48.5, 60.1]" in done.output, "what is done is shown"
    assert json.loads(run("show", "e1", "--json").output)["status"] == "interrupted"


def test_whoever_waits_in_vain_is_told(mesh: Mesh, run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("framewright.commands.evaluate._STILL_S", 0.0)
    running = evaluation("running", ROW)
    mesh.series[f"{PATH}/e1"] = [running, running, evaluation("completed", ROW)]
    done = run("run", "--engines", "a")
    assert done.exit_code == 0
    assert "If it stays so: framewright evaluate resume e1" in done.output


def test_list_resume_and_cancel(mesh: Mesh, run: Run):
    mesh.answers[f"{PATH}/e1/resume"] = evaluation("running")
    mesh.answers[f"{PATH}/e1/cancel"] = evaluation("cancelled")
    assert run("resume", "e1").exit_code == 0
    assert run("cancel", "e1").exit_code == 0
    mesh.answers[PATH] = {"items": [evaluation("completed")], "next_cursor": None}
    assert "3/3" in run("list").output
    assert json.loads(run("list", "--json").output)["items"][0]["id"] == "e1"


def test_a_template_without_a_version_is_refused(run: Run):
    assert run("run", "--engines", "a", "--template", "xframe5/spec").exit_code == 2
