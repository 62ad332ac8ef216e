"""Search over the knowledge: hits at or above the threshold; by keywords alone where vectors can't be had."""

from dataclasses import dataclass
from itertools import islice

from chassis.errors import FieldError, ServiceError, Unprocessable
from chassis.logging import get_logger

from ...core.catalog import Catalog
from ...core.entries import Entry, Language, Origin
from ...core.hits import Hit, SearchResult, Warned, language_of
from ...core.in_play import ScreenInPlay
from ...core.qdrant import StoreFailed
from .answers import Answers
from .fusion import Candidate
from .reranking import Rereader, Scored, reranked
from .retrieval import Retriever, Scope, VectorsUnusable

_DEFAULT_LIMIT = 8
_QUERY_CHARACTERS = 2000  # what stands later in a long prompt is a data model, not a question
_KEYWORDS_ONLY = {
    "ko": "벡터 검색을 쓸 수 없어 키워드로만 찾았습니다.",
    "en": "Vector search was not available: only keywords were searched.",
}
_NOT_RERANKED = {
    "ko": "재순위 모델을 쓸 수 없어 처음 순서대로 보여 줍니다.",
    "en": "The reranking model was not available: the first order stands.",
}
_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Wanted:
    limit: int
    threshold: float | None
    language: Language


class SearchService:
    def __init__(self, *, catalog: Catalog, retriever: Retriever, reader: Rereader | None) -> None:
        """`reader`: a cross-encoder that reads the first candidates again; None where none is set."""
        self._catalog = catalog
        self._retriever = retriever
        self._reader = reader
        self._answers = Answers()

    async def search(
        self,
        query: str,
        *,
        framework: str | None,
        kinds: list[str] | None = None,
        limit: int | None = None,
        model_class: str | None = None,
        threshold: float | None = None,
        language: Language | None = None,
        components: list[str] | None = None,
        origins: list[Origin] | None = None,
        screen: ScreenInPlay | None = None,
    ) -> SearchResult:
        """Hits at or above the threshold (the given one, else the model class's, else none), best first.

        Raises:
            Unprocessable: the framework is not known.
        """
        scope = Scope(self._frameworks(framework), kinds, components, origins, screen)
        limits = self._catalog.limits(model_class)
        threshold = threshold if threshold is not None else (limits.threshold if limits else None)
        limit = limit or (limits.limit if limits else _DEFAULT_LIMIT)
        language = language or language_of(query)
        text = query[:_QUERY_CHARACTERS]
        key = (text, scope.key, limit, threshold, language, self._catalog.revision, self._retriever.version)
        result = self._answers.get(key)
        if result is None:
            result = await self._found(text, scope, _Wanted(limit, threshold, language))
            self._answers.keep(key, result)
        return result

    async def _found(self, text: str, scope: Scope, wanted: _Wanted) -> SearchResult:
        warnings: list[Warned] = []
        try:
            scored = await self._retriever.by_vectors(text, scope)
        except (ServiceError, StoreFailed, VectorsUnusable) as error:
            _log.warning("keyword_search_only", reason=str(error))
            warnings.append(Warned("keyword_search_only", _KEYWORDS_ONLY[wanted.language]))
            scored = self._retriever.by_keywords(text, scope)
        else:
            scored = await self._reranked(text, scored, wanted.language, warnings)
        least = wanted.threshold or 0.0
        hits = (self._hit(candidate, score, wanted.language) for candidate, score in scored if score >= least)
        return SearchResult(
            list(islice((hit for hit in hits if hit is not None), wanted.limit)),
            wanted.threshold,
            len(scored),
            warnings,
        )

    async def _reranked(self, text: str, scored: Scored, language: Language, warnings: list[Warned]) -> Scored:
        if self._reader is None:
            return scored
        try:
            return await reranked(text, scored, reader=self._reader, entry_of=self._entry, language=language)
        except ServiceError as error:
            _log.warning("not_reranked", reason=str(error))
            warnings.append(Warned("not_reranked", _NOT_RERANKED[language]))
            return scored

    def _entry(self, candidate: Candidate) -> Entry | None:
        """None where it is gone from the catalog, and still in the store for a moment."""
        framework, entry_id = candidate.entry
        return self._catalog.entries(framework).get(entry_id)

    def _frameworks(self, framework: str | None) -> list[str]:
        known = self._catalog.frameworks
        if framework is None:
            return known
        if framework not in known:
            message = f"is not known; there are {', '.join(known) or 'none'}"
            raise Unprocessable(
                f"The framework {framework} {message}.",
                code="unknown_framework",
                errors=[FieldError("framework", message)],
            )
        return [framework]

    def _hit(self, candidate: Candidate, score: float, language: Language) -> Hit | None:
        entry = self._entry(candidate)
        if entry is None:
            return None
        return Hit(
            id=entry.id,
            title=entry.title.in_language(language),
            kind=entry.kind,
            text=entry.shown(language),
            score=round(score, 4),
            dense=round(max(candidate.dense, candidate.phrase), 4),
            sparse=round(candidate.sparse, 4),
            source=entry.source,
            framework=candidate.entry[0],
            origin=entry.origin,
        )
