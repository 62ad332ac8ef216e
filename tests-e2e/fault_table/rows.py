"""The rows of the fault table: what is done to whom, and what has to come of it (`rows.toml`)."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "rows.toml"
SERVICES = (
    "gateway", "gateway-worker", "intent-service", "rag-service", "embedding-service", "llm-proxy",
    "postprocess-service", "admin-service",
)  # fmt: skip
CLOCK = "clock"
SERVICE_FAULTS = ("killed", "hung", "slow", "500", "garbage", "cut")
OUTCOMES = ("completed", "weaker", "failed", "refused", "waits")
"""Of a generation: `completed` as ever; `weaker`: completed, and says what is missing; `failed`: ended, names the
culprit; `refused`: not taken, with a problem; `waits`: taken, and goes on when the fault is over."""
SEARCHES = ("answered", "weaker", "refused")


@dataclass(frozen=True, slots=True)
class Row:
    """A fault holds for `holds_s`; a generation ends within `within_s`; all is well `recovers_s` after."""

    subject: str
    fault: str
    generation: tuple[str, ...]
    search: tuple[str, ...]
    because: str
    within_s: float = 30.0
    recovers_s: float = 15.0
    holds_s: float = 0.0
    running: bool = False
    """Whether the fault comes in the middle of an answer, and not before the request."""

    @property
    def name(self) -> str:
        return f"{self.subject} {self.fault}"


def read_rows(path: Path = FILE) -> list[Row]:
    """All rows, checked.

    Raises:
        ValueError: a row says what no test can mean.
    """
    return [_row(item) for item in tomllib.loads(path.read_text(encoding="utf-8"))["row"]]


def _row(item: dict[str, Any]) -> Row:
    row = Row(**{**item, "generation": tuple(item["generation"]), "search": tuple(item["search"])})
    if not row.generation or not set(row.generation) <= set(OUTCOMES):
        raise ValueError(f"{row.name}: a generation ends as one of {OUTCOMES}")
    if not row.search or not set(row.search) <= set(SEARCHES):
        raise ValueError(f"{row.name}: a search ends as one of {SEARCHES}")
    if not row.because:
        raise ValueError(f"{row.name}: why?")
    return row
