"""Documents by their relevance to a query: by a cross-encoder where one is set and loaded, else by their words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ...core.bm25 import MODEL as LEXICAL_MODEL
from ...core.limits import InputLimits
from ...core.loading import Loading
from ...core.morphemes import MorphemeAnalyzer
from ...core.terms import TermExtractor
from ...core.text_worker import TextWorker
from .cross_encoder import RelevanceModel
from .lexical import lexical_scores

Method = Literal["lexical", "cross-encoder"]


@dataclass(frozen=True, slots=True)
class Ranked:
    index: int
    relevance_score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Best first; `method` says what made it."""

    model: str
    method: Method
    results: list[Ranked]


class RerankService:
    def __init__(
        self,
        *,
        analyzer: Loading[MorphemeAnalyzer],
        cross_encoder: Loading[RelevanceModel] | None,
        worker: TextWorker,
        model_worker: TextWorker,
        limits: InputLimits,
    ) -> None:
        """`model_worker` runs the cross-encoder, `worker` the analysis of words."""
        self._analyzer = analyzer
        self._cross_encoder = cross_encoder
        self._worker = worker
        self._model_worker = model_worker
        self._limits = limits

    async def rerank(self, query: str, documents: Sequence[str], *, top_n: int | None) -> Ranking:
        """All documents, or the `top_n` best. While a cross-encoder is being loaded, words decide.

        Raises:
            Unavailable: the morpheme analyser is still being loaded.
            PayloadTooLarge: more documents or characters than a request may bring.
            TooManyRequests: too much waits already.
        """
        self._limits.check(documents, field="documents")
        self._limits.check([query], field="query")
        texts = [query, *documents]
        if self._cross_encoder is not None and self._cross_encoder.ready:
            model = self._cross_encoder.get()
            scores = await self._model_worker.run(lambda: model.scores(query, documents), texts=texts)
            return Ranking(model.name, "cross-encoder", _ordered(scores)[:top_n])
        extractor = TermExtractor(self._analyzer.get())
        scores = await self._worker.run(lambda: _lexical(extractor, texts), texts=texts)
        return Ranking(LEXICAL_MODEL, "lexical", _ordered(scores)[:top_n])


def _lexical(extractor: TermExtractor, texts: Sequence[str]) -> list[float]:
    query, *documents = extractor.terms(texts)
    return lexical_scores(query, documents)


def _ordered(scores: Sequence[float]) -> list[Ranked]:
    ranked = [Ranked(index, score) for index, score in enumerate(scores)]
    return sorted(ranked, key=lambda item: (-item.relevance_score, item.index))
