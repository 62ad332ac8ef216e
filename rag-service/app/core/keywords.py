"""Keyword search in memory: what is left when no vectors can be had. It needs no model and no store."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping

_WORD = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*|\d+|[가-힣]+")
_PARTS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_K1, _B = 1.2, 0.75
_UNKNOWN = 0.25
"""Weight of a term that no text has: half a Korean ending is one, and so is a word of another subject."""
_STOP = frozenset(
    """
    a an and are do for from how i in is it me my of on or please the this to use what when with
    """.split()  # noqa: SIM905 - they read better as text
)


class KeywordIndex:
    """BM25 over identifiers, words and pairs of Hangul syllables (which see through particles and endings)."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        counts = {key: Counter(keyword_terms(text)) for key, text in texts.items()}
        lengths = {key: sum(count.values()) for key, count in counts.items()}
        average = sum(lengths.values()) / len(lengths) if lengths else 1.0
        self._postings: dict[str, dict[str, float]] = defaultdict(dict)
        for key, count in counts.items():
            norm = _K1 * (1 - _B + _B * lengths[key] / (average or 1.0))
            for term, times in count.items():
                self._postings[term][key] = times * (_K1 + 1) / (times + norm)
        self._size = len(texts)

    def search(self, query: str, *, limit: int) -> list[tuple[str, float]]:
        """Keys with a score of 0 to 1: the share of the query's weight that a text covers; best first."""
        scores: dict[str, float] = defaultdict(float)
        best = 0.0
        for term, times in Counter(keyword_terms(query)).items():
            postings = self._postings.get(term, {})
            idf = math.log(1 + (self._size - len(postings) + 0.5) / (len(postings) + 0.5))
            best += idf * times * (_K1 + 1) / 2 * (1 if postings else _UNKNOWN)
            for key, weight in postings.items():
                scores[key] += idf * times * weight
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:limit]
        return [(key, round(min(1.0, score / best), 4)) for key, score in ranked]


def keyword_terms(text: str) -> list[str]:
    terms: list[str] = []
    for word in _WORD.findall(text):
        if word[0] >= "가":
            terms.extend(word[place : place + 2] for place in range(max(1, len(word) - 1)))
        else:
            terms.extend(_code_terms(word))
    return terms


def _code_terms(word: str) -> list[str]:
    whole = word.lower()
    if whole in _STOP:
        return []
    parts = [part.lower() for part in _PARTS.findall(word)]
    return [whole] if len(parts) <= 1 else [whole, *(part for part in parts if len(part) > 1)]
