"""Lexical relevance: how much of the query's weight a document covers."""

import math
from collections import Counter
from collections.abc import Sequence

from ...core.bm25 import K1, B


def lexical_scores(query: Sequence[str], documents: Sequence[Sequence[str]]) -> list[float]:
    """BM25 of lists of terms among the documents themselves, as a share of the best that a document could reach."""
    wanted = Counter(query)
    average = sum(map(len, documents)) / len(documents) or 1.0
    idf = {term: _idf(sum(term in document for document in documents), len(documents)) for term in wanted}
    best = sum(idf[term] * (K1 + 1) * count for term, count in wanted.items())
    scores = []
    for document in documents:
        counts = Counter(document)
        norm = K1 * (1 - B + B * len(document) / average)
        score = sum(
            idf[term] * count * counts[term] * (K1 + 1) / (counts[term] + norm) for term, count in wanted.items()
        )
        scores.append(round(min(1.0, score / best), 6) if best else 0.0)
    return scores


def _idf(documents_with: int, documents: int) -> float:
    return math.log(1 + (documents - documents_with + 0.5) / (documents_with + 0.5))
