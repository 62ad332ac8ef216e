"""The history as an SVG: for each engine in each mode, the times of each step over the runs, then the failure rates."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from .trials import STEPS

PLOT = "bench_history.svg"
_WIDTH, _HEIGHT, _LEFT, _TOP, _GAP = 760, 220, 70, 40, 70
_COLOURS = {"generate": "#2563eb", "plan": "#0d9488", "patch": "#c2410c"}
_DASHED = ' stroke-dasharray="5 4"'
_TIMES = {"p50_ms": "", "p95_ms": _DASHED}
_RATES = {"failure_rate": "", "json_failure_rate": _DASHED}
Line = Mapping[str, str]
Run = tuple[str, str, str, str]


def write_plot(folder: Path, history: Sequence[Line]) -> Path:
    file = folder / PLOT
    file.write_text(plot(history), encoding="utf-8")
    return file


def plot(history: Sequence[Line]) -> str:
    """Panels share their axes, so that engines can be held against one another."""
    lines = [line for line in history if line["step"] in _COLOURS]
    runs = list(dict.fromkeys(map(_run, lines)))
    engines = list(dict.fromkeys(map(_engine, lines)))
    height = 2 * len(engines) * (_HEIGHT + _GAP) + _TOP
    box = f'viewBox="0 0 {_WIDTH + _LEFT + 40} {height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH + _LEFT + 40}" height="{height}" fill="#ffffff"/>',
    ]
    for number, step in enumerate(STEPS):
        parts.append(f'<text x="{_LEFT + 110 * number}" y="20" fill="{_COLOURS[step]}">{step}</text>')
    parts.append(f'<text x="{_LEFT + 360}" y="20">p50 / failures —   p95 / JSON failures - -</text>')
    top = _TOP
    for engine in engines:
        mine = [line for line in lines if _engine(line) == engine]
        for unit, measures in (("ms", _TIMES), ("rate", _RATES)):
            panel = _Panel(f"{', '.join(engine)}: {unit}", top, runs, measures, _highest(lines, measures))
            parts += [*panel.axes(), *panel.curves(mine)]
            top += _HEIGHT + _GAP
    return "\n".join([*parts, "</svg>", ""])


def _run(line: Line) -> Run:
    return line["at"], line["label"], *_engine(line)


def _engine(line: Line) -> tuple[str, str]:
    return line["engine"], line["mode"]


def _highest(lines: Sequence[Line], measures: Mapping[str, str]) -> float:
    return max((float(line[name]) for line in lines for name in measures if line[name]), default=1.0) or 1.0


@dataclass(frozen=True, slots=True)
class _Panel:
    """`measures`: columns of the history with the dashes of their curves; `highest`: the value at the top."""

    title: str
    top: int
    runs: Sequence[Run]
    measures: Mapping[str, str]
    highest: float

    def axes(self) -> Iterator[str]:
        bottom = self.top + _HEIGHT
        yield f'<path d="M{_LEFT} {self.top}V{bottom}H{_LEFT + _WIDTH}" fill="none" stroke="#9ca3af"/>'
        for share in (0, 0.5, 1):
            place = f'x="{_LEFT - 8}" y="{bottom - share * _HEIGHT + 4:.0f}" text-anchor="end"'
            yield f"<text {place}>{self.highest * share:.4g}</text>"
        yield f'<text x="{_LEFT}" y="{self.top - 6}">{escape(self.title)}</text>'
        for run, anchor in ((self.runs[0], "start"), (self.runs[-1], "end"))[: len(self.runs)]:
            place = f'x="{self._x(run):.1f}" y="{bottom + 18}" text-anchor="{anchor}"'
            yield f"<text {place}>{escape(run[0])}</text>"

    def curves(self, lines: Sequence[Line]) -> Iterator[str]:
        for step, colour in _COLOURS.items():
            for name, dash in self.measures.items():
                values = [(line, float(line[name])) for line in lines if line["step"] == step and line[name]]
                points = [(self._x(_run(line)), self._y(value)) for line, value in values]
                if points:
                    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
                    yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
                    yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)

    def _x(self, run: Run) -> float:
        return _LEFT + self.runs.index(run) * _WIDTH / max(1, len(self.runs) - 1)

    def _y(self, value: float) -> float:
        return self.top + _HEIGHT * (1 - value / self.highest)
