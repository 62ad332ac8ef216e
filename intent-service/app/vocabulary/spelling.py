"""Misspelt names of the vocabulary mended: `custmer managment` is `customer management`, 거래쳐 is 거래처."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[A-Za-z]{5,40}|[가-힣]{3,12}")
_LONG = 9
"""English words of so many letters may have two slips."""


class Speller:
    """Read-only after construction. Short words are left alone: too many others are near them."""

    def __init__(self, english: Iterable[str], korean: Iterable[str], known: Iterable[str]) -> None:
        """`known`: words that are right as they are, beside the two lists that are mended to."""
        self._english: dict[int, list[str]] = defaultdict(list)
        self._korean: dict[int, list[tuple[str, str]]] = defaultdict(list)
        names = {word.lower() for word in english}
        self._known = names | {word.lower() for word in known}
        for word in sorted(names):
            if len(word) >= 5:
                self._english[len(word)].append(word)
        for name in sorted(set(korean)):
            if len(name) >= 3:
                self._korean[len(name)].append((name, letters(name)))
        self._nearest = lru_cache(maxsize=4096)(self._find)

    def mended(self, text: str) -> str:
        """The text with the words mended that have one nearest name."""
        return _WORD.sub(lambda match: self._nearest(match.group().lower()) or match.group(), text)

    def _find(self, word: str) -> str | None:
        return self._find_english(word) if word.isascii() else self._find_korean(word)

    def _find_english(self, word: str) -> str | None:
        base = word.removesuffix("s")
        if word in self._known or base in self._known:
            return None
        for slips in range(1, 3 if len(word) >= _LONG else 2):
            for form in dict.fromkeys((word, base)):
                sizes = range(len(form) - slips, len(form) + slips + 1)
                near = [
                    name
                    for size in sizes
                    for name in self._english.get(size, ())
                    if name[0] == form[0] and distance(form, name, slips) <= slips
                ]
                if near:
                    return near[0] if len(near) == 1 else None
        return None

    def _find_korean(self, word: str) -> str | None:
        """The name at the word's start, one letter (자모) away; what stands behind it stays: 거래쳐관리."""
        for size in range(len(word), 2, -1):
            if word[:size] in self._known:
                return None
            head = letters(word[:size])
            near = [name for name, spelt in self._korean.get(size, ()) if distance(head, spelt, 1) <= 1]
            if len(near) == 1:
                return near[0] + word[size:]
        return None


def letters(text: str) -> str:
    """Korean syllables as their letters: 거 is ㄱ and ㅓ."""
    return unicodedata.normalize("NFD", text)


def distance(one: str, other: str, limit: int) -> int:
    """How many letters are wrong, missing, too many or swapped; over the limit, any number above it."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    current = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        older, before, current = before, current, [row]
        for column, match in enumerate(other, start=1):
            cost = min(before[column] + 1, current[-1] + 1, before[column - 1] + (letter != match))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == match:
                cost = min(cost, older[column - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
    return current[-1]
