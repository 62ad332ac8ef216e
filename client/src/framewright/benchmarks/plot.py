"""The history as a plot: p50 and p95 of each step over the runs, and the failure rates below. SVG, nothing fetched."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from .trials import STEPS

PLOT = "bench_history.svg"
_WIDTH, _HEIGHT, _LEFT, _TOP, _GAP = 760, 220, 70, 40, 70
_COLOURS = {"generate": "#2563eb", "plan": "#0d9488", "patch": "#c2410c"}
Line = Mapping[str, str]


def write_plot(folder: Path, history: Sequence[Line]) -> Path:
    file = folder / PLOT
    file.write_text(plot(history), encoding="utf-8")
    return file


def plot(history: Sequence[Line]) -> str:
    runs = list(dict.fromkeys(line["at"] for line in history))
    height = 2 * _HEIGHT + 2 * _GAP + _TOP
    box = f'viewBox="0 0 {_WIDTH + _LEFT + 40} {height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH + _LEFT + 40}" height="{height}" fill="#ffffff"/>',
    ]
    parts += _panel(history, runs, _TOP, "ms", {"p50_ms": "", "p95_ms": ' stroke-dasharray="5 4"'})
    rates = {"failure_rate": "", "json_failure_rate": ' stroke-dasharray="5 4"'}
    parts += _panel(history, runs, _TOP + _HEIGHT + _GAP, "rate", rates)
    for number, step in enumerate(STEPS):
        parts.append(f'<text x="{_LEFT + 110 * number}" y="20" fill="{_COLOURS[step]}">{step}</text>')
    parts.append(f'<text x="{_LEFT + 360}" y="20">p50 / failures —   p95 / JSON failures - -</text>')
    return "\n".join([*parts, "</svg>", ""])


def _panel(
    history: Sequence[Line], runs: Sequence[str], top: int, unit: str, measures: Mapping[str, str]
) -> list[str]:  # fmt: skip
    lines = [line for line in history if line["step"] in _COLOURS]
    values = [float(line[name]) for line in lines for name in measures if line[name]]
    highest = max(values, default=1.0) or 1.0
    step_x = _WIDTH / max(1, len(runs) - 1)
    bottom = top + _HEIGHT
    parts = [f'<path d="M{_LEFT} {top}V{bottom}H{_LEFT + _WIDTH}" fill="none" stroke="#9ca3af"/>']
    parts += [
        f'<text x="{_LEFT - 8}" y="{bottom - share * _HEIGHT + 4:.0f}" text-anchor="end">{highest * share:.4g}</text>'
        for share in (0, 0.5, 1)
    ]
    parts.append(f'<text x="{_LEFT}" y="{top - 6}">{unit}</text>')
    for label, number in {run: number for number, run in enumerate(runs)}.items():
        if number in {0, len(runs) - 1}:
            anchor = "end" if number else "start"
            place = f'x="{_LEFT + number * step_x:.1f}" y="{bottom + 18}" text-anchor="{anchor}"'
            parts.append(f"<text {place}>{escape(label)}</text>")
    for step, colour in _COLOURS.items():
        for name, dash in measures.items():
            mine = {line["at"]: float(line[name]) for line in lines if line["step"] == step and line[name]}
            points = [
                (_LEFT + number * step_x, bottom - mine[run] / highest * _HEIGHT)
                for number, run in enumerate(runs)
                if run in mine
            ]
            if points:
                path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
                parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
                parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
    return parts
