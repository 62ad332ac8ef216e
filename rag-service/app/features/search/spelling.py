"""Misspelt words: the nearest known word stands in, where there is one near enough."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[가-힣]+")
_ENGLISH_FROM, _KOREAN_FROM = 5, 2
_RARE_KOREAN_FROM = 3
"""A word of two syllables has too many neighbours to be mended to a rare one."""
_NEAR = 0.79
"""One letter of five may be wrong."""
_COMMON_ENGLISH_FROM, _COMMON_NEAR = 4, 0.74
"""Of the glossary's words one letter of four may be: they are few, and asked for most."""
_LONGEST = 40
_MOST_WORDS = 20
"""A longer text says in other words what one of them fails to say."""


class Speller:
    """Knows the words of the knowledge. Hangul is compared by letters, so that 팝엎 is one letter off 팝업."""

    def __init__(self, texts: Iterable[str], common: Iterable[str] = ()) -> None:
        """`common` are words that are asked for often: they are tried first, and more is forgiven."""
        frequent = {word.lower() for text in common for word in _WORD.findall(text)}
        words = {word.lower() for text in texts for word in _WORD.findall(text)}
        self._all = words | frequent
        self._common_english = {word for word in frequent if word.isascii() and len(word) >= _COMMON_ENGLISH_FROM}
        self._common_korean = _korean_by_letters(frequent)
        self._english = {word for word in self._all if word.isascii() and len(word) >= _ENGLISH_FROM}
        self._korean = _korean_by_letters(self._all)

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
        if not lowered.isascii():
            return self._korean_correction(lowered)
        if len(lowered) < _COMMON_ENGLISH_FROM or lowered.rstrip("s") in self._all:
            return None
        if len(lowered) < _ENGLISH_FROM:
            near = _nearest(lowered, [word for word in self._common_english if _slip(lowered, word)], _COMMON_NEAR)
        else:
            near = _nearest(lowered, self._common_english, _NEAR) or _nearest(lowered, self._english, _NEAR)
        return near if near and (near[0] == lowered[0] or len(lowered) > _ENGLISH_FROM) else None

    def _korean_correction(self, word: str) -> str | None:
        """Not of a known word with an ending; an unknown one's beginnings are tried too, the longest first."""
        if any(word[:length] in self._all for length in range(_KOREAN_FROM, len(word))):
            return None
        for length in range(len(word), 1, -1):
            letters = _letters(word[:length])
            near = _nearest(letters, self._common_korean.keys(), _NEAR)
            if near:
                return self._common_korean[near]
        near = _nearest(_letters(word), self._korean.keys(), _NEAR) if len(word) >= _RARE_KOREAN_FROM else None
        return self._korean[near] if near else None


def _nearest(word: str, known: Iterable[str], least: float) -> str | None:
    near = process.extractOne(word, known, scorer=OSA.normalized_similarity, score_cutoff=least, processor=None)
    return str(near[0]) if near else None


def _slip(word: str, meant: str) -> bool:
    """Two letters changed places, or one is missing or too many: another letter makes a short word another word."""
    return len(word) != len(meant) or sorted(word) == sorted(meant)


def _korean_by_letters(words: Iterable[str]) -> dict[str, str]:
    return {_letters(word): word for word in words if not word.isascii() and len(word) >= _KOREAN_FROM}


def _letters(word: str) -> str:
    return unicodedata.normalize("NFD", word)
