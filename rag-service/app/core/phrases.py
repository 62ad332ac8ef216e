"""What people ask an entry by: titles and aliases, each compared with a query as a whole."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from .keywords import keyword_terms


class PhraseIndex:
    """Cosine of idf-weighted terms between a query and each phrase; an entry counts by the best of its phrases.

    A long text hides a short question that it would answer; its phrases don't. It needs no model and no store.
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        listed = [(key, frozenset(keyword_terms(text))) for key, texts in phrases.items() for text in texts]
        found = Counter(term for _, terms in listed for term in terms)
        self._idf = {term: math.log(1 + (len(listed) - count + 0.5) / (count + 0.5)) for term, count in found.items()}
        self._unknown = math.log(1 + 2 * len(listed))
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._keys = [key for key, _ in listed]
        for place, (_, terms) in enumerate(listed):
            norm = math.sqrt(sum(self._idf[term] ** 2 for term in terms)) or 1.0
            for term in terms:
                self._postings[term].append((place, self._idf[term] / norm))

    def search(self, query: str, related: Iterable[str] = (), *, related_weight: float = 0.0) -> dict[str, float]:
        """Entries with a score of 0 to 1; words related to the query's count `related_weight` of its own."""
        weights = dict.fromkeys(keyword_terms(" ".join(related)), related_weight)
        weights |= dict.fromkeys(keyword_terms(query), 1.0)
        norm = math.sqrt(
            sum(
                (self._idf.get(term, self._unknown / 2) * weight) ** 2
                for term, weight in weights.items()
                if weight == 1
            )
        )
        scores: dict[int, float] = defaultdict(float)
        for term, weight in weights.items():
            for place, share in self._postings.get(term, ()):
                scores[place] += self._idf[term] * weight * share
        best: dict[str, float] = {}
        for place, score in scores.items():
            key = self._keys[place]
            best[key] = max(best.get(key, 0.0), min(1.0, score / norm) if norm else 0.0)
        return best
