"""Misspelt words: the nearest known word stands in, where there is one near enough."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[가-힣]+")
_ENGLISH_FROM, _KOREAN_FROM = 5, 2
_NEAR = 0.8
_LONGEST = 40
_MOST_WORDS = 20
"""A longer text says in other words what one of them fails to say."""


class Speller:
    """Knows the words of the knowledge. Hangul is compared by letters, so that 팝엎 is one letter off 팝업."""

    def __init__(self, texts: Iterable[str]) -> None:
        words = {word.lower() for text in texts for word in _WORD.findall(text)}
        self._english = {word for word in words if word.isascii() and len(word) >= _ENGLISH_FROM}
        self._all = words
        korean = {word for word in words if not word.isascii() and len(word) >= _KOREAN_FROM}
        self._korean = {_letters(word): word for word in korean}

    def corrections(self, text: str) -> list[str]:
        """For each word of the text that nobody knows, the known word that was probably meant."""
        words = _WORD.findall(text)
        if len(words) > _MOST_WORDS:
            return []
        found = (self._correction(word) for word in words if len(word) <= _LONGEST)
        return [word for word in found if word]

    def _correction(self, word: str) -> str | None:
        lowered = word.lower()
        if lowered in self._all:
            return None
        if lowered.isascii():
            if len(lowered) < _ENGLISH_FROM:
                return None
            near = process.extractOne(
                lowered, self._english, scorer=OSA.normalized_similarity, score_cutoff=_NEAR, processor=None
            )
            return str(near[0]) if near else None
        return self._korean_correction(lowered)

    def _korean_correction(self, word: str) -> str | None:
        """Not of a known word with an ending; of an unknown one the beginnings are tried, the longest first."""
        if any(word[:length] in self._all for length in range(_KOREAN_FROM, len(word))):
            return None
        for length in range(len(word), 1, -1):
            near = process.extractOne(
                _letters(word[:length]),
                self._korean.keys(),
                scorer=OSA.normalized_similarity,
                score_cutoff=_NEAR,
                processor=None,
            )
            if near:
                meant: str = self._korean[str(near[0])]
                return meant
        return None


def _letters(word: str) -> str:
    return unicodedata.normalize("NFD", word)
