"""A run's figures, put beside those of the last run of the same profile: in the report, as CSV, and on the terminal."""

import csv
import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_COLUMNS = {
    "requests": "Request Count", "failures": "Failure Count", "per_s": "Requests/s", "p50_ms": "50%", "p95_ms": "95%",
    "p99_ms": "99%", "max_ms": "Max Response Time",
}  # fmt: skip
Figures = dict[str, dict[str, float]]
"""By the request's name; "Aggregated" is all together."""


@dataclass(frozen=True, slots=True)
class Change:
    """One figure of one kind of request, now and the last time."""

    name: str
    figure: str
    last: float | None
    now: float

    @property
    def ratio(self) -> float | None:
        return self.now / self.last if self.last else None


def read_figures(folder: Path) -> Figures:
    """Locust's `run_stats.csv`."""
    with (folder / "run_stats.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["Name"]: {name: _number(row[column]) for name, column in _COLUMNS.items()}
            for row in csv.DictReader(file)
        }


def _number(text: str) -> float:
    return float(text) if text not in {"", "N/A"} else 0.0


def compared(now: Figures, last: Mapping[str, Mapping[str, float]] | None) -> list[Change]:
    return [
        Change(name, figure, (last or {}).get(name, {}).get(figure), value)
        for name, figures in now.items()
        for figure, value in figures.items()
    ]


def write_comparison(folder: Path, changes: Sequence[Change], against: str) -> None:
    """`comparison.csv`, and a table at the top of locust's `report.html`."""
    with (folder / "comparison.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["request", "figure", "last", "now", "ratio"])
        for change in changes:
            writer.writerow([change.name, change.figure, change.last, change.now, change.ratio])
    report = folder / "report.html"
    text = report.read_text(encoding="utf-8")
    before, body, after = text.partition("<body>")
    report.write_text(f"{before}{body}{_table(changes, against)}{after}", encoding="utf-8")


def _table(changes: Sequence[Change], against: str) -> str:
    by_name: dict[str, dict[str, Change]] = {}
    for change in changes:
        by_name.setdefault(change.name, {})[change.figure] = change
    head = "".join(f"<th>{figure}</th>" for figure in _COLUMNS)
    rows = "".join(
        f"<tr><th>{html.escape(name)}</th>{''.join(f'<td>{_cell(item[figure])}</td>' for figure in _COLUMNS)}</tr>"
        for name, item in by_name.items()
    )
    style = "font-family:sans-serif;margin:1em;border-collapse:collapse;text-align:right"
    return (
        f'<section style="font-family:sans-serif;margin:1em"><h2>Beside the last run</h2><p>{html.escape(against)}</p>'
        f'<table border="1" cellpadding="6" style="{style}"><tr><th></th>{head}</tr>{rows}</table></section>'
    )


def _cell(change: Change) -> str:
    text = f"{change.now:g}" if change.figure in {"requests", "failures"} else f"{change.now:.1f}"
    return text if change.ratio is None else f"{text} <small>(× {change.ratio:.2f})</small>"


def said(changes: Sequence[Change]) -> str:
    """Lines for the terminal: each kind of request with its times, and how they moved."""
    wanted = ("requests", "failures", "per_s", "p50_ms", "p95_ms", "p99_ms")
    by_name: dict[str, list[str]] = {}
    for change in changes:
        if change.figure in wanted:
            moved = f" (×{change.ratio:.2f})" if change.ratio is not None else ""
            by_name.setdefault(change.name, []).append(f"{change.figure} {change.now:.1f}{moved}")
    return "\n".join(f"{name:<20} {'  '.join(parts)}" for name, parts in by_name.items())
