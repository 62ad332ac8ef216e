"""Misspelt names of fields: 거레처코드 is 거래처코드, `custmer id` is `customer id`."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from string import ascii_lowercase

from .spelling import distance, letters

_KOREAN = re.compile(r"[가-힣]{4,12}")
_ENGLISH = re.compile(r"[A-Za-z]{2,40}(?: [A-Za-z]{2,40}){0,3}")
_SHORTEST = 6
"""Letters of an English word that may be misspelt."""
_SAME = 4
"""Letters (자모) that a name and its misspelling share at the start or at the end."""


class FieldSpeller:
    """Read-only after construction. What may be another word is left alone: `skipper` is no misspelt shipper."""

    def __init__(self, korean: Iterable[str], english: Iterable[str]) -> None:
        self._words = {word.lower() for word in english}
        self._near: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name in sorted(set(korean)):
            if _KOREAN.fullmatch(name):
                spelt = letters(name)
                self._near[f"^{spelt[:_SAME]}"].append((name, spelt))
                self._near[f"{spelt[-_SAME:]}$"].append((name, spelt))

    def nearest(self, name: str) -> str | None:
        """The one name that is a slip away; None where there is none, or more."""
        if _ENGLISH.fullmatch(name):
            mended = re.sub(r"[A-Za-z]+", lambda match: self._word(match.group()), name)
            return mended if mended != name else None
        return self._korean(name) if _KOREAN.fullmatch(name) else None

    def _word(self, word: str) -> str:
        if word.lower() in self._words:
            return word
        near = {right for right in _without_slip(word.lower()) if right in self._words and len(right) >= _SHORTEST}
        return near.pop() if len(near) == 1 else word

    def _korean(self, name: str) -> str | None:
        spelt = letters(name)
        candidates = {*self._near.get(f"^{spelt[:_SAME]}", ()), *self._near.get(f"{spelt[-_SAME:]}$", ())}
        near = [known for known, other in candidates if len(known) == len(name) and distance(spelt, other, 1) == 1]
        return near[0] if len(near) == 1 else None


def _without_slip(word: str) -> Iterator[str]:
    """The word with a letter more, one of two same letters, or two letters swapped; its ends stay as they are."""
    for at in range(1, len(word)):
        yield from (word[:at] + letter + word[at:] for letter in ascii_lowercase)
        if word[at] == word[at - 1]:
            yield word[:at] + word[at + 1 :]
        if 1 < at < len(word) - 1:
            yield word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
