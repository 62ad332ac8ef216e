"""`framewright bench` against a mesh on a socket: trials, figures, the history and its plot (R4.7)."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.stand_in import KEY, Mesh
from typer.testing import CliRunner

from framewright.benchmarks.records import percentile
from framewright.benchmarks.trials import BROKEN
from framewright.cli import app

Run = Callable[..., Any]
PLANNED = {"plan_id": "p1", "plan": {"steps": ["divide by len"], "source": "engine"}, "truncated": False,
           "engine": "coder", "degraded": False, "warnings": []}  # fmt: skip
MENDED = BROKEN["stats.py"].replace("(len(values) + 1)", "len(values)")
PATCHED = {"ok": True, "patch_id": "x1", "files": [{"path": "stats.py", "content": MENDED}], "engine": "coder",
           "degraded": False}  # fmt: skip
CREATED = {"type": "created", "generation_id": "g1"}


def completed(**more: Any) -> dict[str, Any]:
    return {"type": "completed", "engine": "coder", "degraded": False, **more}


def warning(code: str) -> dict[str, Any]:
    return {"type": "warning", "code": code, "message": "…"}


@pytest.fixture
def run(mesh: Mesh, tmp_path: Path) -> Run:
    mesh.say(CREATED, completed())
    mesh.answers = {"/plan": PLANNED, "/patch_smart": PATCHED, "/api/v1/patches/x1/rollback": {}}
    environment = {"FRAMEWRIGHT_URL": mesh.url, "FRAMEWRIGHT_API_KEY": KEY, "LC_ALL": "C"}
    return lambda *arguments: CliRunner(env=environment).invoke(
        app, ["bench", "--out", str(tmp_path / "bench"), *map(str, arguments)]
    )


def lines(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "bench" / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def test_every_repeat_starts_from_the_broken_baseline(mesh: Mesh, run: Run, tmp_path: Path):  # R4.7
    done = run("--repeats", 3, "--engine", "coder")
    assert done.exit_code == 0, done.output
    planned = [body for _, path, body in mesh.asked if path == "/plan"]
    assert [body["files"][0]["content"] for body in planned] == [BROKEN["stats.py"]] * 3
    assert sum(path.endswith("/rollback") for _, path in mesh.paths()) == 3
    told = [body for _, path, body in mesh.asked if path == "/api/v1/generations/g1/feedback"]
    assert told == [{"consent": False}] * 3, "trials are no training data"
    results = lines(tmp_path, "bench_results.csv")
    assert [(line["step"], line["repeat"], line["ok"]) for line in results[:3]] == [
        ("generate", "1", "True"), ("plan", "1", "True"), ("patch", "1", "True"),
    ]  # fmt: skip
    history = lines(tmp_path, "bench_history.csv")
    assert [line["step"] for line in history] == ["generate", "plan", "patch", "all"]
    assert (history[3]["repeats"], history[3]["failure_rate"], history[3]["json_failure_rate"]) == ("9", "0.0", "0.0")
    assert 0 < float(history[3]["p50_ms"]) <= float(history[3]["p95_ms"])


def test_an_edit_format_is_asked_for_and_names_the_run(mesh: Mesh, run: Run, tmp_path: Path):
    assert run("-n", 1, "--engine", "coder", "--edit-format", "whole").exit_code == 0
    options = next(body["options"] for _, path, body in mesh.asked if path == "/patch_smart")
    assert options == {"model": "coder", "edit_format": "whole"}
    assert {line["label"] for line in lines(tmp_path, "bench_history.csv")} == {"whole"}
    assert run("-n", 1, "--edit-format", "prose").exit_code == 2


def test_failures_of_engines_and_of_their_json_are_told_apart(mesh: Mesh, run: Run, tmp_path: Path):
    mesh.say(CREATED, {"type": "reset", "stage": "engine"}, warning("engine_answer_unusable"), completed(degraded=True))
    mesh.answers["/plan"] = {**PLANNED, "truncated": True, "degraded": True}
    mesh.answers["/patch_smart"] = {**PATCHED, "ok": False}
    assert "engine_answer_unusable" in run("-n", 1).output
    history = {line["step"]: line for line in lines(tmp_path, "bench_history.csv")}
    assert {line["failure_rate"] for line in history.values()} == {"1.0"}
    assert {line["json_failure_rate"] for line in history.values()} == {"1.0"}
    mesh.say(CREATED, warning("engine_failed"), completed(degraded=True))
    assert run("-n", 1, "--steps", "generate").exit_code == 0
    again = lines(tmp_path, "bench_history.csv")
    assert again[-1]["json_failure_rate"] == "", "no engine wrote anything"
    assert len(again) == 6, "the history grows"


def test_a_patch_that_breaks_the_file_is_a_failure(mesh: Mesh, run: Run, tmp_path: Path):
    mesh.answers["/patch_smart"] = {**PATCHED, "files": [{"path": "stats.py", "content": "def ("}]}
    run("-n", 1, "--steps", "patch", "--json")
    (line,) = [line for line in lines(tmp_path, "bench_results.csv") if line["step"] == "patch"]
    assert (line["ok"], line["error"]) == ("False", "does_not_parse")


def test_a_refusal_is_a_failed_trial_and_an_unknown_step_a_wrong_command(mesh: Mesh, run: Run, tmp_path: Path):
    mesh.errors = [(422, {"code": "edits_refused", "detail": "no"})]
    assert run("-n", 1, "--steps", "plan").exit_code == 0
    (line,) = lines(tmp_path, "bench_results.csv")
    assert (line["ok"], line["json_ok"], line["error"]) == ("False", "False", "edits_refused")
    assert run("--steps", "dance").exit_code == 2


def test_the_plot_shows_the_runs_over_time(run: Run, tmp_path: Path):
    for _ in range(2):
        run("-n", 2, "--steps", "generate,plan")
    picture = (tmp_path / "bench" / "bench_history.svg").read_text(encoding="utf-8")
    assert picture.count("<polyline") == 8


def test_percentiles_interpolate():
    assert percentile([1, 2, 3, 4], 50) == 2.5
    assert percentile([5], 95) == 5
