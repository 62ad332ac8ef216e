"""Sparse embeddings: BM25 weights of Korean, English and code terms."""

from collections.abc import Sequence

from ...core.bm25 import SparseVector, document_vector, query_vector
from ...core.limits import InputLimits
from ...core.loading import Loading
from ...core.morphemes import MorphemeAnalyzer
from ...core.terms import TermExtractor
from ...core.text_worker import TextWorker

_SHORT = 1000
"""Characters of English that the event loop itself makes terms of."""


class SparseService:
    def __init__(
        self, *, analyzer: Loading[MorphemeAnalyzer], worker: TextWorker, limits: InputLimits, average_length: float
    ) -> None:
        self._analyzer = analyzer
        self._worker = worker
        self._limits = limits
        self._average_length = average_length

    async def embed(self, texts: Sequence[str], *, query: bool) -> list[SparseVector]:
        """One vector for each text; a text without a term gets an empty one."""
        extractor = TermExtractor(self._analyzer.get())
        self._limits.check(texts)
        return await self._worker.run(lambda: self._vectors(extractor, texts, query=query), texts=texts)

    async def embed_query(self, texts: Sequence[str]) -> list[SparseVector]:
        """As `embed` for queries; no text is answered too. What has no Korean is done at once: it needs no analyser."""
        if not texts:
            return []
        if all(map(str.isascii, texts)) and sum(map(len, texts)) <= _SHORT:
            self._limits.check(texts)
            return self._vectors(TermExtractor(self._analyzer.get()), texts, query=True)
        return await self.embed(texts, query=True)

    def _vectors(self, extractor: TermExtractor, texts: Sequence[str], *, query: bool) -> list[SparseVector]:
        lists = extractor.terms(texts)
        if query:
            return [query_vector(terms) for terms in lists]
        return [document_vector(terms, average_length=self._average_length) for terms in lists]
