"""Misspelt names of fields: 거레처코드 is 거래처코드, `custmer id` is `customer id`."""

import re
from collections import defaultdict
from collections.abc import Iterable

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
        self._words: dict[str, set[str]] = defaultdict(set)
        for word in {word.lower() for word in english if len(word) >= _SHORTEST}:
            for form in (word, *_with_one_slip(word)):
                self._words[form].add(word)
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
        near = self._words.get(word.lower(), {word})
        return next(iter(near)) if len(near) == 1 and word.lower() not in near else word

    def _korean(self, name: str) -> str | None:
        spelt = letters(name)
        candidates = {*self._near.get(f"^{spelt[:_SAME]}", ()), *self._near.get(f"{spelt[-_SAME:]}$", ())}
        near = [known for known, other in candidates if len(known) == len(name) and distance(spelt, other, 1) == 1]
        return near[0] if len(near) == 1 else None


def _with_one_slip(word: str) -> set[str]:
    """The word with a letter missing or twice, or two letters swapped; not at its ends, where other words differ."""
    forms = set()
    for at in range(1, len(word) - 1):
        forms.add(word[:at] + word[at + 1 :])
        forms.add(word[:at] + word[at] + word[at:])
        if at < len(word) - 2:
            forms.add(word[:at] + word[at + 1] + word[at] + word[at + 2 :])
    return forms - {word}
