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
    mesh.answers["/plan"] = {**PLANNED, "truncated": True}
    mesh.answers["/patch_smart"] = {**PATCHED, "ok": False}
    assert "engine_answer_unusable" in run("-n", 1).output
    history = {line["step"]: line for line in lines(tmp_path, "bench_history.csv")}
    assert [line["failure_rate"] for line in history.values()] == ["1.0", "0.0", "1.0", "0.6667"]
    assert {line["json_failure_rate"] for line in history.values()} == {"1.0"}
    mesh.say(CREATED, warning("engine_failed"), completed(degraded=True))
    assert run("-n", 1, "--steps", "generate").exit_code == 1
    again = lines(tmp_path, "bench_history.csv")
    assert again[-1]["json_failure_rate"] == "", "no engine wrote anything"
    assert len(again) == 6, "the history grows"


def test_a_patch_that_breaks_the_file_is_a_failure(mesh: Mesh, run: Run, tmp_path: Path):
    mesh.answers["/patch_smart"] = {**PATCHED, "files": [{"path": "stats.py", "content": "def ("}]}
    run("-n", 1, "--steps", "patch", "--json")
    (line,) = [line for line in lines(tmp_path, "bench_results.csv") if line["step"] == "patch"]
    assert (line["ok"], line["error"]) == ("False", "does_not_parse")


@pytest.mark.parametrize(
    ("status", "problem", "json_ok"),
    [
        (404, {"code": "plan_not_found"}, ""),
        (429, {"code": "too_many_requests"}, ""),
        (502, {"code": "upstream_failed"}, ""),
        (422, {"code": "truncated", "failures": [{"code": "truncated"}]}, "False"),
        (422, {"code": "mixed_edits", "failures": [{"code": "mixed_edits"}]}, "True"),
        (409, {"code": "not_found", "failures": [{"code": "not_found"}]}, "True"),
    ],
)
def test_a_refusal_is_a_failed_trial_and_a_json_failure_where_the_answer_could_not_be_read(
    mesh: Mesh, run: Run, tmp_path: Path, status: int, problem: dict[str, Any], json_ok: str
):
    mesh.series["/plan"] = [PLANNED]
    mesh.failing["/patch_smart"] = (status, {"detail": "no", **problem})
    assert run("-n", 1, "--steps", "plan,patch").exit_code == 0, "the plan was good"
    line = lines(tmp_path, "bench_results.csv")[-1]
    assert (line["step"], line["ok"], line["json_ok"], line["error"]) == ("patch", "False", json_ok, problem["code"])


def test_a_generation_that_failed_before_any_engine_wrote_says_nothing_of_json(mesh: Mesh, run: Run, tmp_path: Path):
    mesh.say(CREATED, {"type": "failed", "problem": {"code": "upstream_timed_out"}})
    run("-n", 1, "--steps", "generate")
    mesh.say(CREATED, {"type": "failed", "problem": {"code": "engine_answer_unusable"}})
    run("-n", 1, "--steps", "generate")
    rates = [line["json_failure_rate"] for line in lines(tmp_path, "bench_history.csv") if line["step"] == "generate"]
    assert rates == ["", "1.0"]


def test_another_gateways_end_is_no_json_failure(mesh: Mesh, run: Run, tmp_path: Path):
    mesh.say(CREATED, {"type": "reset", "stage": "engine", "attempt": 0}, completed())
    run("-n", 1, "--steps", "generate")
    assert lines(tmp_path, "bench_results.csv")[0]["json_ok"] == "True"


def test_where_the_built_in_engine_stood_in_nothing_is_said_of_json(mesh: Mesh, run: Run, tmp_path: Path):
    for patched in (PATCHED, {**PATCHED, "ok": False}):
        mesh.answers["/plan"] = {**PLANNED, "engine": "builtin", "degraded": True}
        mesh.answers["/patch_smart"] = {**patched, "engine": "builtin", "degraded": True}
        assert run("-n", 1, "--steps", "plan,patch").exit_code == 1
        found = lines(tmp_path, "bench_results.csv")
        assert [(line["ok"], line["json_ok"]) for line in found] == [("False", "")] * 2
    mesh.answers["/patch_smart"] = PATCHED
    assert run("-n", 1, "--steps", "plan,patch").exit_code == 0
    assert lines(tmp_path, "bench_history.csv")[-1]["engine"] == "coder", "the default engine, not who stood in for it"


def test_a_plan_that_rules_made_of_an_unreadable_answer_is_a_json_failure(mesh: Mesh, run: Run, tmp_path: Path):
    mesh.answers["/plan"] = {**PLANNED, "plan": {"steps": ["as asked"], "source": "rules"}}
    run("-n", 1, "--steps", "plan")
    assert lines(tmp_path, "bench_results.csv")[0]["json_ok"] == "False"


def test_where_nothing_succeeds_the_command_fails_and_still_writes(mesh: Mesh, run: Run, tmp_path: Path):
    mesh.errors = [(429, {"code": "too_many_requests", "detail": "no"})]
    done = run("-n", 1, "--steps", "plan")
    assert (done.exit_code, "No trial succeeded." in done.output) == (1, True)
    assert lines(tmp_path, "bench_history.csv")[0]["failure_rate"] == "1.0"


def test_a_refused_key_and_an_unknown_step_measure_nothing(mesh: Mesh, run: Run, tmp_path: Path):
    assert run("--steps", "dance").exit_code == 2
    mesh.keys = []
    assert run("-n", 3).exit_code == 4
    assert not (tmp_path / "bench").exists()


def test_the_plot_shows_the_runs_over_time(run: Run, tmp_path: Path):
    for _ in range(2):
        run("-n", 2, "--steps", "generate,plan")
    picture = (tmp_path / "bench" / "bench_history.svg").read_text(encoding="utf-8")
    assert picture.count("<polyline") == 8


def test_the_plot_joins_no_two_engines_or_modes(run: Run, tmp_path: Path):
    for engine, mode in (("first", "spec"), ("second", "spec"), ("first", "spec"), ("second", "direct")):
        run("-n", 1, "--steps", "generate", "--engine", engine, "--mode", mode)
    picture = (tmp_path / "bench" / "bench_history.svg").read_text(encoding="utf-8")
    for title in ("first, spec: ms", "second, spec: ms", "second, direct: rate"):
        assert title in picture
    curves = [part.split('"')[0].split() for part in picture.split('<polyline points="')[1:]]
    assert [len(points) for points in curves] == [2] * 4 + [1] * 8, "p50, p95, failures, JSON failures of each"
    assert max(len(points) for points in curves) == 2


def test_percentiles_interpolate():
    assert percentile([1, 2, 3, 4], 50) == 2.5
    assert percentile([5], 95) == 5
