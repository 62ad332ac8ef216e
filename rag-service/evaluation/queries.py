"""The graded queries: language, query, relevant entries with grades 1 to 3; half of them held out by hash."""

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

FILE = Path(__file__).parent / "queries.tsv"
RELEVANT_FROM = 2
"""A hit counts for recall from this grade on."""


@dataclass(frozen=True, slots=True)
class Query:
    language: str
    text: str
    grades: dict[str, int]

    @property
    def held_out(self) -> bool:
        """Never looked at while tuning: decided by the query's own hash."""
        return blake2b(self.text.encode(), digest_size=1).digest()[0] % 2 == 1

    @property
    def relevant(self) -> set[str]:
        return {entry for entry, grade in self.grades.items() if grade >= RELEVANT_FROM}


def read_queries(file: Path = FILE) -> list[Query]:
    queries = []
    for line in file.read_text(encoding="utf-8").splitlines():
        language, text, grades = line.split("\t")
        pairs = (item.rsplit(":", 1) for item in grades.split())
        queries.append(Query(language, text, {entry: int(grade) for entry, grade in pairs}))
    return queries
