"""Regions of a file that are like a search, though not all of its lines stand there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from ...sources.opcodes import line_opcodes
from .merging import Alignment

_SIGNIFICANT = 4
"""Letters and digits that a line has at least to be an anchor: `}` and `/**` are none."""
_COMPLETE_SCORE = 0.9
"""Of a region that has every line of the search in order, with a few of its own between."""
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Region:
    score: float
    anchored: bool
    alignment: Alignment
    first: int
    last: int


def region_of(keys: Sequence[str], window: Sequence[str], base: int) -> Region | None:
    alignment: list[int | None] = [None] * len(keys)
    for tag, i1, i2, j1, _ in line_opcodes(keys, window):
        if tag == "equal":
            alignment[i1:i2] = range(base + j1, base + j1 + i2 - i1)
    _close_gaps(alignment, keys, window, base)
    aligned = [index for index in alignment if index is not None]
    if not any(is_significant(keys[place]) for place, index in enumerate(alignment) if index is not None):
        return None
    region = window[aligned[0] - base : aligned[-1] + 1 - base]
    score = fuzz.ratio("\n".join(keys), "\n".join(region)) / 100
    ends = (alignment[0] is not None, alignment[-1] is not None)
    anchored = len(keys) > 1 and all(ends) and is_significant(keys[0]) and is_significant(keys[-1])
    if anchored and len(aligned) == len(keys) and len(region) <= 2 * len(keys) + 2:
        score = max(score, _COMPLETE_SCORE)
    return Region(score, anchored and len(keys) > 2, alignment, aligned[0], aligned[-1] + 1)


def _close_gaps(alignment: list[int | None], keys: Sequence[str], window: Sequence[str], base: int) -> None:
    """Of equal lines the one beside its neighbour is meant, from the last line back: blank lines look all the same."""
    for place in range(len(keys) - 2, -1, -1):
        index, following = alignment[place], alignment[place + 1]
        if index is None or following is None or index == following - 1:
            continue
        if window[following - 1 - base] == keys[place]:
            alignment[place] = following - 1


def apart(candidates: Sequence[Region]) -> list[Region]:
    kept: list[Region] = []
    for item in candidates:
        if all(item.last <= other.first or item.first >= other.last for other in kept):
            kept.append(item)
    return kept


def key_of(line: str) -> str:
    return " ".join(line.split())


def is_significant(key: str) -> bool:
    return len(_WORD.findall(key)) >= _SIGNIFICANT
