"""What differs between two lists of lines, in time that has a bound."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

_MOST_WORK = 4_000_000
"""Steps that the thorough comparison of one gap between anchors may take at worst."""
Tag = Literal["equal", "replace"]
Opcode = tuple[Tag, int, int, int, int]


def line_opcodes(before: Sequence[str], after: Sequence[str]) -> list[Opcode]:
    """Blocks `(tag, i1, i2, j1, j2)`, as difflib's, where deleted and inserted lines are `replace` too.

    Lines that both have once are taken as anchors first (patience diff); what lies between is compared thoroughly.
    """
    merged: list[Opcode] = []
    for opcode in _blocks(list(before), list(after)):
        if merged and merged[-1][0] == opcode[0]:
            tag, i1, _, j1, _ = merged[-1]
            merged[-1] = (tag, i1, opcode[2], j1, opcode[4])
        else:
            merged.append(opcode)
    return merged


def _blocks(before: list[str], after: list[str]) -> Iterator[Opcode]:
    i = j = _shared(before, after)
    if i:
        yield "equal", 0, i, 0, j
    tail = _shared(before[i:][::-1], after[j:][::-1])
    last_i, last_j = len(before) - tail, len(after) - tail
    for at_i, at_j in _anchors(before[i:last_i], after[j:last_j], i, j):
        yield from _gap(before[i:at_i], after[j:at_j], i, j)
        yield "equal", at_i, at_i + 1, at_j, at_j + 1
        i, j = at_i + 1, at_j + 1
    yield from _gap(before[i:last_i], after[j:last_j], i, j)
    if tail:
        yield "equal", last_i, len(before), last_j, len(after)


def _shared(before: Sequence[str], after: Sequence[str]) -> int:
    count = 0
    for left, right in zip(before, after, strict=False):
        if left != right:
            break
        count += 1
    return count


def _anchors(before: list[str], after: list[str], base_i: int, base_j: int) -> list[tuple[int, int]]:
    """The longest run, in order in both, of lines that each side has exactly once."""
    once_before, once_after = Counter(before), Counter(after)
    places = {line: index for index, line in enumerate(after) if once_after[line] == 1 and line.strip()}
    pairs = [(index, places[line]) for index, line in enumerate(before) if line in places and once_before[line] == 1]
    ends: list[int] = []
    chain: list[int] = []
    previous: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        previous.append(chain[length - 1] if length else -1)
        if length == len(ends):
            ends.append(place)
            chain.append(number)
        else:
            ends[length], chain[length] = place, number
    found: list[tuple[int, int]] = []
    number = chain[-1] if chain else -1
    while number >= 0:
        found.append((pairs[number][0] + base_i, pairs[number][1] + base_j))
        number = previous[number]
    return found[::-1]


def _gap(left: list[str], right: list[str], i: int, j: int) -> Iterator[Opcode]:
    """Blocks of what lies between two anchors; it begins at lines `i` and `j`."""
    if not left and not right:
        return
    counts = Counter(right)
    if len(left) * (sum(counts[line] for line in left) + 1) > _MOST_WORK:
        yield "replace", i, i + len(left), j, j + len(right)
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        yield "equal" if tag == "equal" else "replace", i + i1, i + i2, j + j1, j + j2
