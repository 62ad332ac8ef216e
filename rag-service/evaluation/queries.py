"""The graded queries: language, query, relevant entries with grades 1 to 3.

Half of `queries.tsv` is held out, by hash; `tuning.tsv` was written after it, for tuning alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

FILE = Path(__file__).parent / "queries.tsv"
TUNING_FILE = Path(__file__).parent / "tuning.tsv"
RELEVANT_FROM = 2
"""A hit counts for recall from this grade on."""


@dataclass(frozen=True, slots=True)
class Query:
    language: str
    text: str
    grades: dict[str, int]
    held_out: bool
    """Never looked at while tuning: decided by the query's own hash."""

    @property
    def relevant(self) -> set[str]:
        return {entry for entry, grade in self.grades.items() if grade >= RELEVANT_FROM}


def read_queries() -> list[Query]:
    return [
        *_read(FILE, held_out=lambda text: blake2b(text.encode(), digest_size=1).digest()[0] % 2 == 1),
        *_read(TUNING_FILE, held_out=lambda _text: False),
    ]


def _read(file: Path, *, held_out: Callable[[str], bool]) -> list[Query]:
    queries = []
    for line in file.read_text(encoding="utf-8").splitlines():
        language, text, grades = line.split("\t")
        pairs = (item.rsplit(":", 1) for item in grades.split())
        queries.append(Query(language, text, {entry: int(grade) for entry, grade in pairs}, held_out(text)))
    return queries
