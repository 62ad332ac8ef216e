"""The parts of a screen that a prompt names, and the clauses that tell of them."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from .declared import DeclaredField

HIDDEN = "§"
"""Stands for what is in brackets where only the words around them are read."""
_OPEN, _CLOSE = "(（[", ")）]"
Place = tuple[int, int]
"""Column and row of a part: left before right, top before bottom."""


@dataclass(slots=True)
class Part:
    """`name`: what it shows (`사용자 목록`), if that is said. `start`, `end`: of the words that tell of it.

    `told`: of a sentence elsewhere that lists its fields. `beside`: whether one place holds it with the part before.
    """

    name: str
    place: Place | None
    start: int
    end: int
    fields: list[DeclaredField] = field(default_factory=list)
    told: tuple[int, int] | None = None
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """`text` has its brackets hidden. `goes_on`: whether only a comma stands between it and the clause before."""

    text: str
    start: int
    goes_on: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def without_brackets(text: str) -> str:
    """The text with marks for closed brackets and what they hold, every other place as it was."""
    hidden = list(text)
    opened: list[int] = []
    for position, character in enumerate(text):
        if character in _OPEN:
            opened.append(position)
        elif character in _CLOSE and opened:
            start = opened.pop()
            if not opened:
                hidden[start : position + 1] = HIDDEN * (position + 1 - start)
    return "".join(hidden)


def clauses_of(text: str, separators: re.Pattern[str]) -> list[Clause]:
    """`separators`: what parts clauses; a comma alone lets one go on."""
    hidden = without_brackets(text)
    marks = list(separators.finditer(hidden))
    starts = [0, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(hidden)]
    commas = [False, *(mark.group().strip() in {",", "，", "and"} for mark in marks)]
    return [
        Clause(hidden[start:end], start, comma)
        for start, end, comma in zip(starts, ends, commas, strict=True)
        if hidden[start:end].strip()
    ]


def bracket_at(hidden: str, at: int) -> tuple[int, int] | None:
    """What the bracket holds that begins here, blanks aside: its first place, and behind its last."""
    match = re.compile(rf"\s*({HIDDEN}+)").match(hidden, at)
    return (match.start(1) + 1, match.end(1) - 1) if match is not None else None


def in_order(parts: list[Part]) -> list[Part]:
    """The parent's part first: as they are placed, else as they are named."""
    return sorted(parts, key=lambda part: part.place or (0, 0)) if all(part.place for part in parts) else parts


def apart(parts: list[Part]) -> bool:
    """Whether no two parts lie in the same place."""
    placed = sorted(part.place for part in parts if part.place is not None)
    return all(first != second for first, second in pairwise(placed))
