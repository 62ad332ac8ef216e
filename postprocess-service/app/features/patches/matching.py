"""Where the text that an edit searches for stands: exact, then without regard to blanks, indentation, drift.

Each level is tried only where the one before found nothing; a level that finds two places ends the search.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from ...sources.lines import Splice, Text
from ...sources.opcodes import line_opcodes
from .edits import EditFailure, Level, Place
from .indentation import Indentation, leading
from .merging import merged
from .regions import Region, apart, is_significant, key_of, region_of

_MOST_PLACES = 10
_SHORTEST = 3
"""Characters that a search for a part of a line has at least."""
_ANCHORED_SCORE = 0.5
_FUZZY_SCORE = 0.8
_FUZZY_MARGIN = 0.1
_FREQUENT = 50
"""A line that stands in the file more often says nothing of a place."""
_MOST_CANDIDATES = 12
_LONGEST_FUZZY = 20_000
_MOST_COMPARED = 3_000_000
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Found:
    level: Level
    splice: Splice


class Matcher:
    """Finds places in one file; what is read off the file is kept for all its edits."""

    def __init__(self, text: Text) -> None:
        self._text = text

    def find(self, search: str, replace: str, line: int | None = None) -> Found:
        """The place, with what it becomes. `line` (from 1) is the one meant where exact places are many.

        Raises:
            EditFailure: not found, ambiguous, or what is found is not what the edit says.
        """
        wanted, wished = Text.read(search), Text.read(replace)
        if not search.strip():
            raise EditFailure("empty_search")
        if wanted.lines == wished.lines:
            raise EditFailure("no_change")
        found = self._exact(wanted.lines, wished.lines, line) or self._part(wanted, wished, search)
        if found is None:
            wanted_lines, wished_lines = _trimmed(wanted.lines, wished.lines)
            found = self._keyed(wanted_lines, wished_lines) or self._drifted(wanted_lines, wished_lines)
        if found is None:
            raise EditFailure("not_found", self._nearest(wanted.lines))
        return found

    def _exact(self, search: Sequence[str], replace: Sequence[str], line: int | None) -> Found | None:
        places = self._places_of(search)
        if not places:
            return None
        if len(places) > 1 and line is not None and line - 1 in places:
            places = [line - 1]
        if len(places) > 1:
            raise self._ambiguous(places)
        start = places[0]
        if self._is_there(replace, start, len(search)):
            return Found("already_applied", Splice(start, start, ()))
        alignment = range(start, start + len(search))
        return Found("exact", merged(self._text.lines, search, replace, alignment, exact=True))

    def _places_of(self, lines: Sequence[str]) -> list[int]:
        """Where these whole lines stand, one after the other; some more than are shown, at most."""
        haystack, needle = self._framed, "\n" + "\n".join(lines) + "\n"
        places: list[int] = []
        at, line, counted = 0, 0, 0
        while (at := haystack.find(needle, at)) >= 0 and len(places) <= _MOST_PLACES:
            line += haystack.count("\n", counted, at)
            counted = at
            places.append(line)
            at += 1
        return places

    def _is_there(self, replace: Sequence[str], start: int, length: int) -> bool:
        """Whether the file has the new lines already, around the old ones that they hold."""
        if len(replace) <= length:
            return False
        return any(place <= start and start + length <= place + len(replace) for place in self._places_of(replace))

    def _part(self, wanted: Text, wished: Text, search: str) -> Found | None:
        """A part of a line, or lines whose first or last is a part."""
        needle = "\n".join(wanted.lines)
        haystack = self._text.joined
        at = haystack.find(needle)
        if at < 0:
            return None
        if len(needle.strip()) < _SHORTEST:
            raise EditFailure("search_too_short")
        starts = [at]
        while (at := haystack.find(needle, at + 1)) >= 0 and len(starts) <= _MOST_PLACES:
            starts.append(at)
        if len(starts) > 1:
            raise self._ambiguous([haystack.count("\n", 0, start) for start in starts])
        return self._part_at(starts[0], wanted.lines, wished.lines, whole=search.endswith(("\n", "\r")))

    def _part_at(self, start: int, search: Sequence[str], replace: Sequence[str], *, whole: bool) -> Found | None:
        """`whole`: the search ended a line, so that nothing but its indentation may stand around it."""
        haystack, needle = self._text.joined, "\n".join(search)
        first = haystack.count("\n", 0, start)
        last = first + needle.count("\n") + 1
        region = "\n".join(self._text.lines[first:last])
        offset = start - (haystack.rfind("\n", 0, start) + 1)
        before, after = region[:offset], region[offset + len(needle) :]
        if _cuts_a_word(before, needle) or _cuts_a_word(needle, after) or (whole and (before.strip() or after.strip())):
            return None
        if before.strip() or after.strip():
            lines = (before + "\n".join(replace) + after).split("\n")
        elif not any(line.strip() for line in search[1:]):
            return None  # a whole line but for its indentation, which new lines take too
        else:
            lines = _with_first_indented(search, replace, before)
        return Found("exact", merged(self._text.lines, region.split("\n"), lines, range(first, last), exact=True))

    def _keyed(self, search: Sequence[str], replace: Sequence[str]) -> Found | None:
        """The same lines but for blanks within and behind them; then also for their indentation."""
        keys = [key_of(line) for line in search]
        starts = self._starts(keys)
        for level, fits in (("whitespace", _same_indents), ("indentation", _consistent_indents)):
            fitting = [start for start in starts if fits(search, self._text.lines[start : start + len(search)])]
            if len(fitting) > 1:
                raise self._ambiguous(fitting)
            if fitting:
                alignment = range(fitting[0], fitting[0] + len(search))
                splice = merged(self._text.lines, search, replace, alignment, exact=False)
                return Found("whitespace" if level == "whitespace" else "indentation", splice)
        return None

    def _starts(self, keys: Sequence[str]) -> list[int]:
        """Where all keys stand in a row, by way of the rarest of them."""
        rarest = min(range(len(keys)), key=lambda index: len(self._index.get(keys[index], ())))
        places = self._index.get(keys[rarest], ())
        if len(places) * len(keys) > _MOST_COMPARED:
            return []
        found: list[int] = []
        for place in places:
            start = place - rarest
            if start >= 0 and self._keys[start : start + len(keys)] == list(keys):
                found.append(start)
                if len(found) > _MOST_PLACES:
                    break
        return found

    def _drifted(self, search: Sequence[str], replace: Sequence[str]) -> Found | None:
        """Lines of the search are not in the file, or the file has more: by anchors, else by likeness."""
        if sum(map(len, search)) > _LONGEST_FUZZY:
            return None
        keys = [key_of(line) for line in search]
        candidates = self._candidates(keys)
        if not candidates:
            return None
        best = candidates[0]
        level: Level = "anchor" if best.anchored else "fuzzy"
        if best.score < (_ANCHORED_SCORE if best.anchored else _FUZZY_SCORE):
            return None
        rivals = [item for item in candidates[1:] if item.score > best.score - _FUZZY_MARGIN]
        if rivals:
            raise self._ambiguous([item.first for item in (best, *rivals)])
        self._check_nothing_elsewhere(keys, best)
        self._check_places(search, replace, best, len(keys))
        return Found(level, merged(self._text.lines, search, replace, best.alignment, exact=False))

    def _check_nothing_elsewhere(self, keys: Sequence[str], found: Region) -> None:
        """What the region lacks of the search stands nowhere else either: else the other place may be meant.

        Raises:
            EditFailure: `ambiguous`.
        """
        for key, index in zip(keys, found.alignment, strict=True):
            elsewhere = self._index.get(key, ()) if index is None and key else ()
            if elsewhere:
                raise self._ambiguous([found.first, elsewhere[0]])

    def _check_places(self, search: Sequence[str], replace: Sequence[str], found: Region, length: int) -> None:
        """Lines that change, with those between which others are put, must stand once in and around the region.

        Raises:
            EditFailure: `ambiguous`: they could be taken for others that look the same.
        """
        slack = 3 + length // 4 + length
        first = max(0, found.first - slack)
        window = self._keys[first : found.last + slack]
        for keys in _touched([line.rstrip() for line in search], [line.rstrip() for line in replace]):
            last = len(window) - len(keys)
            places = [first + at for at in range(last + 1) if window[at : at + len(keys)] == keys]
            if len(places) > 1:
                raise self._ambiguous(places)

    def _candidates(self, keys: Sequence[str]) -> list[Region]:
        """Regions that share rare lines with the search, the most alike first; no two of them overlap."""
        votes: Counter[int] = Counter()
        for index, key in enumerate(keys):
            places = self._index.get(key, ())
            if is_significant(key) and len(places) <= _FREQUENT:
                votes.update(place - index for place in places)
        slack = 3 + len(keys) // 4
        found: list[Region] = []
        for offset, _ in votes.most_common(_MOST_CANDIDATES * 3):
            first, last = max(0, offset - slack), min(len(self._keys), offset + len(keys) + slack)
            candidate = region_of(keys, self._keys[first:last], first)
            if candidate is not None and candidate.first not in {item.first for item in found}:
                found.append(candidate)
            if len(found) == _MOST_CANDIDATES:
                break
        return apart(sorted(found, key=lambda item: (-item.score, item.first)))

    def _nearest(self, search: Sequence[str]) -> tuple[Place, ...]:
        """What is most like the search, to be shown to who wrote it."""
        keys = [key_of(line) for line in search]
        if sum(map(len, keys)) > _LONGEST_FUZZY:
            return ()
        candidates = self._candidates(keys)
        if candidates:
            first, last = candidates[0].first, min(candidates[0].last, candidates[0].first + _MOST_PLACES)
            return tuple(Place(index + 1, self._text.lines[index]) for index in range(first, last))
        longest = max(keys, key=len)
        sample = self._keys[:_LONGEST_FUZZY]
        best = max(range(len(sample)), key=lambda index: fuzz.ratio(longest[:200], sample[index][:200]), default=None)
        return () if best is None else (Place(best + 1, self._text.lines[best]),)

    def _ambiguous(self, places: Sequence[int]) -> EditFailure:
        shown = sorted(dict.fromkeys(places))[:_MOST_PLACES]
        count = f"{_MOST_PLACES}+" if len(places) > _MOST_PLACES else str(len(places))
        return EditFailure("ambiguous", tuple(Place(line + 1, self._text.lines[line]) for line in shown), count=count)

    @cached_property
    def _framed(self) -> str:
        return f"\n{self._text.joined}\n"

    @cached_property
    def _keys(self) -> list[str]:
        return [key_of(line) for line in self._text.lines]

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = defaultdict(list)
        for number, key in enumerate(self._keys):
            index[key].append(number)
        return dict(index)


def _touched(search: Sequence[str], replace: Sequence[str]) -> Iterator[list[str]]:
    """Keys of the runs of lines that an edit changes; of an insertion the lines on both sides."""
    for tag, i1, i2, _, _ in line_opcodes(search, replace):
        if tag == "replace":
            first, last = (i1, i2) if i2 > i1 else (max(0, i1 - 1), min(len(search), i1 + 1))
            yield [key_of(line) for line in search[first:last]]


def _with_first_indented(search: Sequence[str], replace: Sequence[str], indent: str) -> list[str]:
    """Models leave out the indentation of the first line alone: it gets it back, in the new lines too.

    Raises:
        EditFailure: `indentation_unclear`, where other new lines may lack it as well.
    """
    lines = []
    for number, line in enumerate(replace):
        if line == search[0] or (number == 0 and line.strip() and leading(line) == leading(search[0])):
            lines.append(indent + line)
        elif line not in search and line.strip() and len(leading(line)) < len(indent):
            raise EditFailure("indentation_unclear")
        else:
            lines.append(line)
    return lines


def _cuts_a_word(left: str, right: str) -> bool:
    return bool(left and right and _WORD.match(left[-1]) and _WORD.match(right[0]))


def _same_indents(search: Sequence[str], lines: Sequence[str]) -> bool:
    return all(leading(left) == leading(right) for left, right in zip(search, lines, strict=True) if left.strip())


def _consistent_indents(search: Sequence[str], lines: Sequence[str]) -> bool:
    return Indentation(zip(search, lines, strict=True)).consistent


def _trimmed(search: Sequence[str], replace: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Without blank lines around both, as models add them."""
    while len(search) > 1 and replace and not search[0].strip() and not replace[0].strip():
        search, replace = search[1:], replace[1:]
    while len(search) > 1 and replace and not search[-1].strip() and not replace[-1].strip():
        search, replace = search[:-1], replace[:-1]
    return search, replace
