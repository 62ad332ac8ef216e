"""`bench_results.csv`: every trial; `bench_history.csv`: a line for each step of each run, ever appended."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from .trials import STEPS, Trial

RESULTS, HISTORY = "bench_results.csv", "bench_history.csv"


@dataclass(frozen=True, slots=True)
class Summary:
    """Of a step, or of `all`. Times in ms, rates 0 to 1; the JSON's is of the trials in which an engine wrote any."""

    at: str
    label: str
    engine: str
    mode: str
    step: str
    repeats: int
    p50_ms: float
    p95_ms: float
    failure_rate: float
    json_failure_rate: float | None


def summaries(trials: Sequence[Trial], *, at: datetime, label: str, engine: str, mode: str) -> list[Summary]:
    found = []
    for step in (*STEPS, "all"):
        mine = [trial for trial in trials if step in {trial.step, "all"}]
        if mine:
            found.append(
                _summary(mine, step, at=at.isoformat(timespec="seconds"), label=label, engine=engine, mode=mode)
            )
    return found


def write_results(folder: Path, trials: Iterable[Trial], *, label: str) -> Path:
    """The trials of this run, in place of an earlier one's."""
    file = folder / RESULTS
    names = [field.name for field in fields(Trial)]
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, ["label", *names])
        writer.writeheader()
        writer.writerows({"label": label, **asdict(trial)} for trial in trials)
    return file


def append_history(folder: Path, lines: Sequence[Summary]) -> Path:
    file = folder / HISTORY
    new = not file.exists()
    with file.open("a", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, [field.name for field in fields(Summary)])
        if new:
            writer.writeheader()
        writer.writerows(asdict(line) for line in lines)
    return file


def read_history(folder: Path) -> list[dict[str, str]]:
    file = folder / HISTORY
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def percentile(values: Sequence[float], percent: float) -> float:
    """By linear interpolation, as numpy's default."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _summary(trials: Sequence[Trial], step: str, **about: Any) -> Summary:
    times = [trial.ms for trial in trials]
    wrote = [trial.json_ok for trial in trials if trial.json_ok is not None]
    return Summary(
        **about,
        step=step,
        repeats=len(trials),
        p50_ms=round(percentile(times, 50), 1),
        p95_ms=round(percentile(times, 95), 1),
        failure_rate=round(sum(not trial.ok for trial in trials) / len(trials), 4),
        json_failure_rate=round(sum(not good for good in wrote) / len(wrote), 4) if wrote else None,
    )
