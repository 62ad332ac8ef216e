"""The report of an evaluation: one HTML page in Korean or English, plots as SVG, nothing fetched and no script."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from .report_texts import TEXTS

if TYPE_CHECKING:
    from jinja2 import Template

_BAR_WIDTH, _LABEL_WIDTH, _ROW = 420, 260, 34
_COLOURS = ("#2563eb", "#0d9488", "#c2410c", "#7c3aed", "#be123c", "#4d7c0f", "#0369a1", "#a16207")


def report_page(
    evaluation: Mapping[str, Any], cases: Sequence[Mapping[str, Any]], language: Literal["ko", "en"] = "en"
) -> str:
    """The page; texts of people and engines are escaped."""
    rows = evaluation["comparison"]
    return _template().render(
        t=TEXTS[language],
        lang=language,
        evaluation=evaluation,
        rows=rows,
        cases=cases,
        bars=_bars(rows, "score", 100.0),
        relative=_bars(rows, "relative", max([120.0, *(_high(row, "relative") for row in rows)])),
        shares=[(name, _bars(rows, name, 1.0)) for name in ("valid_before", "valid_after", "recall", "expectations")],
        points=_points(rows),
        shade=_shade,
        width=_LABEL_WIDTH + _BAR_WIDTH + 90,
        label_width=_LABEL_WIDTH,
        bar_width=_BAR_WIDTH,
        row_height=_ROW,
    )


def _bars(rows: Sequence[Mapping[str, Any]], name: str, top: float) -> list[dict[str, Any]]:
    """Bars with their intervals, where they have one, in pixels."""
    bars: list[dict[str, Any]] = []
    for number, row in enumerate(rows):
        interval = row[name]
        if interval is None:
            continue
        scale = _BAR_WIDTH / top
        low, high = (
            None if bound is None else round(_LABEL_WIDTH + bound * scale, 1)
            for bound in (interval["low"], interval["high"])
        )
        bars.append(
            {
                "name": row["name"],
                "y": len(bars) * _ROW,
                "width": round(interval["mean"] * scale, 1),
                "low": low,
                "high": high,
                "text": _figure(interval["mean"], top),
                "colour": _COLOURS[number % len(_COLOURS)],
            }
        )
    return bars


def _points(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Score against median time."""
    times = [row["duration_ms_p50"] for row in rows if row["duration_ms_p50"] is not None]
    longest = max(times, default=1.0) or 1.0
    return [
        {
            "name": row["name"],
            "x": round(60 + 520 * row["duration_ms_p50"] / (longest * 1.15), 1),
            "y": round(230 - 2.1 * row["score"]["mean"], 1),
            "seconds": row["duration_ms_p50"] / 1000,
            "colour": _COLOURS[number % len(_COLOURS)],
        }
        for number, row in enumerate(rows)
        if row["duration_ms_p50"] is not None and row["score"]
    ]


def _shade(score: float | None) -> str:
    """A colour from red to green for a score."""
    return "#e5e7eb" if score is None else f"hsl({round(1.2 * score)} 70% 82%)"


def _high(row: Mapping[str, Any], name: str) -> float:
    interval = row[name]
    if interval is None:
        return 0.0
    return float(interval["mean"] if interval["high"] is None else interval["high"])


def _figure(value: float, top: float) -> str:
    return f"{100 * value:.0f} %" if top == 1.0 else f"{value:.1f}"


@cache
def _template() -> "Template":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(Path(__file__).parent)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("report.html.j2")
