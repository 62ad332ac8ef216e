"""Lexical reranking: how much of the query's weight a document covers."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ...core.bm25 import K1, B
from ...core.limits import InputLimits
from ...core.loading import Loading
from ...core.morphemes import MorphemeAnalyzer
from ...core.terms import TermExtractor
from ...core.text_worker import TextWorker

METHOD = "lexical"


@dataclass(frozen=True, slots=True)
class Ranked:
    index: int
    relevance_score: float


class RerankService:
    """There is no cross-encoder here: the answer's `method` says so."""

    def __init__(self, *, analyzer: Loading[MorphemeAnalyzer], worker: TextWorker, limits: InputLimits) -> None:
        self._analyzer = analyzer
        self._worker = worker
        self._limits = limits

    async def rerank(self, query: str, documents: Sequence[str], *, top_n: int | None) -> list[Ranked]:
        extractor = TermExtractor(self._analyzer.get())
        self._limits.check(documents, field="documents")
        texts = [query, *documents]
        ranked = await self._worker.run(lambda: _rank(*_split(extractor.terms(texts))), texts=texts)
        return ranked[:top_n]


def _split(lists: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    return lists[0], lists[1:]


def _rank(query: list[str], documents: list[list[str]]) -> list[Ranked]:
    """BM25 among the documents themselves, as a share of the best that a document could reach."""
    wanted = Counter(query)
    average = sum(map(len, documents)) / len(documents) or 1.0
    idf = {term: _idf(sum(term in document for document in documents), len(documents)) for term in wanted}
    best = sum(idf[term] * (K1 + 1) * count for term, count in wanted.items())
    ranked = []
    for index, document in enumerate(documents):
        counts = Counter(document)
        norm = K1 * (1 - B + B * len(document) / average)
        score = sum(
            idf[term] * count * counts[term] * (K1 + 1) / (counts[term] + norm) for term, count in wanted.items()
        )
        ranked.append(Ranked(index, round(min(1.0, score / best), 6) if best else 0.0))
    return sorted(ranked, key=lambda item: (-item.relevance_score, item.index))


def _idf(documents_with: int, documents: int) -> float:
    return math.log(1 + (documents - documents_with + 0.5) / (documents_with + 0.5))
