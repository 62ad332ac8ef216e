"""How the indentation of an edit becomes the file's: the same, shifted, or in other units."""

import re
from collections.abc import Iterable
from math import gcd

_LEADING = re.compile(r"[ \t]*")


def leading(line: str) -> str:
    match = _LEADING.match(line)
    return match.group() if match else ""


class Indentation:
    """Read off lines that stand in both; `None` from `of` where it is not clear."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """`pairs`: a line of the edit, and the same line in the file; blank ones don't count."""
        self._known: dict[str, str] = {}
        self.consistent = True
        for edited, actual in pairs:
            if edited.strip() and self._known.setdefault(leading(edited), leading(actual)) != leading(actual):
                self.consistent = False
        self.same = self.consistent and all(edited == actual for edited, actual in self._known.items())

    def of(self, line: str) -> str | None:
        """The line as the file indents it."""
        if not line.strip() or self.same:
            return line
        if not self.consistent:
            return None
        before = leading(line)
        after = self._known.get(before)
        if after is None:
            after = self._shifted(before)
        if after is None:
            after = self._in_units(before)
        return None if after is None else after + line[len(before) :]

    def _shifted(self, before: str) -> str | None:
        """Where all lines are shifted by the same blanks, to the right or to the left."""
        if all(actual.endswith(edited) for edited, actual in self._known.items()):
            shifts = {actual[: len(actual) - len(edited)] for edited, actual in self._known.items()}
            return shifts.pop() + before if len(shifts) == 1 else None
        if all(edited.endswith(actual) for edited, actual in self._known.items()):
            shifts = {edited[: len(edited) - len(actual)] for edited, actual in self._known.items()}
            shift = shifts.pop()
            return before[len(shift) :] if not shifts and before.startswith(shift) else None
        return None

    def _in_units(self, before: str) -> str | None:
        """Where each level is so many blanks here and so many, or a tab, there."""
        edited_unit, actual_unit = _unit(self._known), _unit(self._known.values())
        if edited_unit is None or actual_unit is None:
            return None
        if any(
            len(edited) // len(edited_unit) != len(actual) // len(actual_unit) for edited, actual in self._known.items()
        ):
            return None
        levels, rest = divmod(len(before), len(edited_unit))
        return actual_unit * levels if not rest and before == edited_unit * levels else None


def _unit(indents: Iterable[str]) -> str | None:
    """One level: all indents are multiples of it, and of one character."""
    found = [indent for indent in indents if indent]
    if len(set("".join(found))) != 1:
        return None
    width = 0
    for indent in found:
        width = gcd(width, len(indent))
    return found[0][0] * width
