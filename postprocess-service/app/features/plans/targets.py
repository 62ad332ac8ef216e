"""What an intent is about in the files, and the snippets around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...sources.languages import language_of_path
from ...sources.lines import Text
from .symbols import Symbol, symbols_of

FEWEST_LINES, MOST_LINES = 20, 30
_WORD = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*|[\uac00-\ud7a3]{2,}")
_QUOTED = re.compile(r"[\"'“‘`]([^\"'”’`\n]{1,100})[\"'”’`]")
_MOST_TARGETS = 8
_LARGEST_SCANNED = 1_000_000


@dataclass(frozen=True, slots=True)
class Target:
    """Lines from 0, `last` within. `symbol` is empty where lines are meant that no definition holds."""

    path: str
    symbol: str
    first: int
    last: int
    score: int


@dataclass(frozen=True, slots=True)
class Snippet:
    path: str
    symbol: str
    first: int
    last: int
    text: str


class Source:
    """One file, read once."""

    def __init__(self, path: str, content: str) -> None:
        self.path = path
        self.language = language_of_path(path)
        self.text = Text.read(content)
        self.symbols = symbols_of(self.language, "\n".join(self.text.lines))

    def targets(self, intent: str, names: Sequence[str]) -> list[Target]:
        """The best first. `names` are symbols that an engine chose."""
        words = set(_WORD.findall(intent))
        quoted = [text for text in _QUOTED.findall(intent) if text.strip()]
        found = [
            Target(self.path, symbol.name, symbol.first, symbol.last, score)
            for symbol in self.symbols
            if (score := _score(symbol, words, quoted, names))
        ]
        if not found and len(self.text.joined) <= _LARGEST_SCANNED:
            found = list(self._lines(words, quoted))
        return sorted(found, key=lambda item: (-item.score, item.last - item.first, item.first))[:_MOST_TARGETS]

    def _lines(self, words: set[str], quoted: Sequence[str]) -> list[Target]:
        """Lines that hold a quoted text of the intent, or one of its longer words."""
        wanted = [*quoted, *(word for word in words if len(word) > 3 or not word.isascii())]
        found = []
        for number, line in enumerate(self.text.lines):
            score = 2 * sum(text in line for text in quoted) + sum(text in line for text in wanted)
            if score:
                found.append(Target(self.path, "", number, number, score))
        return found

    def snippet(self, target: Target, room: int) -> Snippet | None:
        """20 to 30 lines around the target, within `room` characters; None where not even its line fits."""
        first, last = self._window(target)
        lines = self.text.lines
        while last >= first and sum(len(line) + 1 for line in lines[first : last + 1]) > room:
            if last > target.last or first >= target.first:
                last -= 1
            else:
                first += 1
        if last < first:
            return None
        return Snippet(self.path, target.symbol, first, last, "\n".join(lines[first : last + 1]))

    def _window(self, target: Target) -> tuple[int, int]:
        end = len(self.text.lines) - 1
        length = target.last - target.first + 1
        if length >= MOST_LINES:
            return target.first, min(end, target.first + MOST_LINES - 1)
        missing = max(0, FEWEST_LINES - length)
        first = max(0, target.first - missing // 2)
        last = min(end, max(target.last, first + max(FEWEST_LINES, length) - 1))
        return max(0, min(first, last - FEWEST_LINES + 1)), last


def _score(symbol: Symbol, words: set[str], quoted: Sequence[str], names: Sequence[str]) -> int:
    if symbol.name in names:
        return 20
    if symbol.name in words or symbol.name in quoted:
        return 10
    lowered = symbol.name.lower()
    return 5 if any(len(word) > 3 and word.lower() == lowered for word in words) else 0


def snippets_of(sources: Sequence[Source], targets: Sequence[Target], *, room: int) -> list[Snippet]:
    """The targets' snippets that fit, without overlaps; the beginning of each file where nothing is meant."""
    known = {source.path: source for source in sources}
    wanted = list(targets) or [Target(source.path, "", 0, 0, 0) for source in sources]
    found: list[Snippet] = []
    for target in wanted:
        overlaps = any(
            item.path == target.path and target.first <= item.last and item.first <= target.last for item in found
        )
        snippet = None if overlaps else known[target.path].snippet(target, room)
        if snippet is not None:
            found.append(snippet)
            room -= len(snippet.text) + 1
    return found
