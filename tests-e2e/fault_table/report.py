"""The table as a document: every row with what was expected, what was seen, and how long it took to be well again."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from .rows import Row

START, END = "<!-- table: make test-faults WRITE=1 -->", "<!-- end of table -->"


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of a row. Seconds; `recovery_s` from the end of the fault (of a kill: from the kill) to all well."""

    generation: str
    generation_s: float
    detail: str
    search: str
    search_s: float
    recovery_s: float
    lost: tuple[str, ...]
    passed: bool


def table(rows: Sequence[Row], seen: dict[str, Seen]) -> str:
    head = [
        "| what | fault | a generation meanwhile | s | a search meanwhile | s | well again after | lost | why |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    return "\n".join([*head, *(_line(row, seen.get(row.name)) for row in rows)]) + "\n"


def _line(row: Row, seen: Seen | None) -> str:
    if seen is None:
        cells = [row.subject, row.fault, " or ".join(row.generation), "–", " or ".join(row.search), "–", "not run", "–"]
    else:
        mark = "" if seen.passed else " **✗**"
        detail = f" ({seen.detail})" if seen.detail else ""
        cells = [
            row.subject, row.fault, f"{seen.generation}{detail}{mark}", f"{seen.generation_s:.1f}", seen.search,
            f"{seen.search_s:.1f}", f"{seen.recovery_s:.1f} s", "; ".join(seen.lost) or "nothing",
        ]  # fmt: skip
    return "| " + " | ".join([*cells, row.because]) + " |"


def _earlier(file: Path) -> dict[str, Seen]:
    """Rows of runs before: one that was not repeated keeps its figures."""
    if not file.exists():
        return {}
    figures = json.loads(file.read_text(encoding="utf-8"))
    return {name: Seen(**{**item, "lost": tuple(item["lost"])}) for name, item in figures.items()}


def write(rows: Sequence[Row], seen: dict[str, Seen], out: Path, document: Path | None) -> str:
    """The table, written to `out` with the figures as JSON, and into the marked part of `document`."""
    out.mkdir(parents=True, exist_ok=True)
    seen = {**_earlier(out / "faults.json"), **seen}
    text = table(rows, seen)
    (out / "faults.md").write_text(text, encoding="utf-8")
    figures = {name: asdict(item) for name, item in seen.items()}
    (out / "faults.json").write_text(json.dumps(figures, indent=1, ensure_ascii=False), encoding="utf-8")
    if document:
        before, _, rest = document.read_text(encoding="utf-8").partition(START)
        after = rest.partition(END)[2]
        document.write_text(f"{before}{START}\n{text}{END}{after}", encoding="utf-8")
    return text
