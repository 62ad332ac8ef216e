"""How the indentation of an edit becomes the file's: the same, shifted, or in other units."""

import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

_LEADING = re.compile(r"[ \t]*")
_TAB_WIDTHS = (4, 2, 8)
Rule = Callable[[str], str | None]


def leading(line: str) -> str:
    match = _LEADING.match(line)
    return match.group() if match else ""


class Indentation:
    """Read off lines that stand in both. `consistent`: one rule gives the file's indentation of all of them."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """`pairs`: a line of the edit, and the same line in the file; blank ones don't count."""
        known: dict[str, str] = {}
        clear = True
        for edited, actual in pairs:
            if edited.strip() and known.setdefault(leading(edited), leading(actual)) != leading(actual):
                clear = False
        self._known = known
        self._rule = _rule(known) if clear else None
        self.same = clear and all(edited == actual for edited, actual in known.items())

    @property
    def consistent(self) -> bool:
        return self._rule is not None

    def of(self, line: str) -> str | None:
        """The line as the file indents it; None where that is not clear."""
        if not line.strip() or self.same:
            return line
        if self._rule is None:
            return None
        before = leading(line)
        after = self._known.get(before)
        if after is None:
            after = self._rule(before)
        return None if after is None else after + line[len(before) :]


def _rule(known: Mapping[str, str]) -> Rule | None:
    """All lines shifted by the same blanks to the right or the left, or each level of other blanks; else None."""
    if all(actual.endswith(edited) for edited, actual in known.items()):
        shifts = {actual[: len(actual) - len(edited)] for edited, actual in known.items()}
        if len(shifts) <= 1:
            shift = next(iter(shifts), "")
            return lambda before: shift + before
    if all(edited.endswith(actual) for edited, actual in known.items()):
        shifts = {edited[: len(edited) - len(actual)] for edited, actual in known.items()}
        if len(shifts) == 1:
            away = shifts.pop()
            return lambda before: before[len(away) :] if before.startswith(away) else None
    for width in _TAB_WIDTHS:
        if all(edited.expandtabs(width) == actual for edited, actual in known.items()):
            return lambda before, width=width: before.expandtabs(width)  # type: ignore[misc]
    return _linear_rule(known)


def _linear_rule(known: Mapping[str, str]) -> Rule | None:
    """Each level so many blanks here, so many there, and perhaps all of it further right: two levels tell."""
    if any(len(set("".join(indents))) > 1 for indents in (known, known.values())):
        return None
    widths = {len(edited): len(actual) for edited, actual in known.items()}
    first, *others = sorted(widths)
    steps = {Fraction(widths[other] - widths[first], other - first) for other in others}
    if len(widths) < len(known) or len(steps) > 1:
        return None
    if not steps and first:  # one level alone: its blanks go by its blanks, and nothing is known of others
        steps = {Fraction(widths[first], first)}
    if not steps or min(steps) <= 0:
        return None
    step = steps.pop()
    mark, blank = "".join(known)[:1], "".join(known.values())[:1] or " "

    def rule(before: str) -> str | None:
        width = widths[first] + (len(before) - first) * step
        return blank * int(width) if before.strip(mark) == "" and width >= 0 and width.denominator == 1 else None

    return rule
