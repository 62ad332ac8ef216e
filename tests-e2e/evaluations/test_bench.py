"""`framewright bench` over the whole mesh with the built-in engine: every step, its figures, and how they change."""

import csv
import subprocess
import sys
from pathlib import Path

from support.mesh import ROOT, Mesh


def bench(mesh: Mesh, out: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "framewright", "bench", "--out", str(out), *arguments]
    environment = {**mesh.environment(), "FRAMEWRIGHT_URL": mesh.url, "FRAMEWRIGHT_API_KEY": mesh.key}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    print(done.stdout)


def lines(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def test_every_repeat_succeeds_and_the_history_grows(mesh: Mesh, tmp_path: Path) -> None:  # R4.7
    bench(mesh, tmp_path, "-n", "3", "--label", "first")
    trials = lines(tmp_path / "bench_results.csv")
    assert [trial["step"] for trial in trials] == ["generate", "plan", "patch"] * 3
    assert {trial["ok"] for trial in trials} == {"True"}, "the baseline was broken again before each repeat"
    bench(mesh, tmp_path, "-n", "2", "--label", "second")
    history = lines(tmp_path / "bench_history.csv")
    assert [(line["label"], line["step"]) for line in history] == [
        (label, step) for label in ("first", "second") for step in ("generate", "plan", "patch", "all")
    ]
    for line in history:
        assert 0 < float(line["p50_ms"]) <= float(line["p95_ms"])
        assert (line["failure_rate"], line["json_failure_rate"]) == ("0.0", "0.0")
    assert "<polyline" in (tmp_path / "bench_history.svg").read_text(encoding="utf-8")
