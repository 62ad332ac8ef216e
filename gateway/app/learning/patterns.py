"""What is taken out of a text, in the order in which it is looked for."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pattern:
    """One kind. Group `value`, where there is one, is what goes; `holds` tells a real one from what looks like it.

    Where there are `hints`, in lower case, only lines that have one are searched, each with the line after. Forms are
    ASCII's: Korean may stand right beside a token. Every repetition is bounded, or gives nothing back, so that the
    time grows with the length of a text alone.
    """

    kind: str
    form: re.Pattern[str]
    holds: Callable[[re.Match[str]], bool] = lambda _match: True
    hints: tuple[str, ...] = ()


def regions(lower: str, hints: tuple[str, ...]) -> list[tuple[int, int]]:
    """Lines with a hint, each with the line after: where they begin and end."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(span for hint in hints for span in _lines_with(hint, lower)):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _lines_with(hint: str, lower: str) -> Iterator[tuple[int, int]]:
    end = 0
    while (at := lower.find(hint, end)) >= 0:
        end = _line_end(lower, at)
        yield lower.rfind("\n", 0, at) + 1, _line_end(lower, end + 1)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end
