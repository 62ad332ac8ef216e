"""Search over the knowledge: hits at or above the threshold; by keywords alone where vectors can't be had."""

from chassis.errors import FieldError, ServiceError, Unprocessable
from chassis.logging import get_logger

from ...core.catalog import Catalog
from ...core.entries import Entry, Language
from ...core.hits import Hit, SearchResult, Warned, language_of
from ...core.qdrant import StoreFailed
from .fusion import Candidate
from .retrieval import Retriever, VectorsUnusable

_DEFAULT_LIMIT = 8
_QUERY_CHARACTERS = 2000  # what stands later in a long prompt is a data model, not a question
_KEYWORDS_ONLY = {
    "ko": "벡터 검색을 쓸 수 없어 키워드로만 찾았습니다.",
    "en": "Vector search was not available: only keywords were searched.",
}
_log = get_logger(__name__)


class SearchService:
    def __init__(self, *, catalog: Catalog, retriever: Retriever) -> None:
        self._catalog = catalog
        self._retriever = retriever

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
    ) -> SearchResult:
        """Hits at or above the threshold (the given one, else the model class's, else none), best first.

        Raises:
            Unprocessable: the framework is not known.
        """
        frameworks = self._frameworks(framework)
        limits = self._catalog.limits(model_class)
        threshold = threshold if threshold is not None else (limits.threshold if limits else None)
        limit = limit or (limits.limit if limits else _DEFAULT_LIMIT)
        language = language or language_of(query)
        text = query[:_QUERY_CHARACTERS]
        warnings: list[Warned] = []
        try:
            scored = await self._retriever.by_vectors(text, frameworks, kinds)
        except (ServiceError, StoreFailed, VectorsUnusable) as error:
            _log.warning("keyword_search_only", reason=str(error))
            warnings.append(Warned("keyword_search_only", _KEYWORDS_ONLY[language]))
            scored = self._retriever.by_keywords(text, frameworks, kinds)
        hits = [
            hit
            for candidate, score in scored
            if (threshold is None or score >= threshold) and (hit := self._hit(candidate, score, language)) is not None
        ]
        return SearchResult(hits[:limit], threshold, len(scored), warnings)

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
        framework, entry_id = candidate.entry
        entry: Entry | None = self._catalog.entries(framework).get(entry_id)
        if entry is None:  # gone from the catalog, still in the store for a moment
            return None
        return Hit(
            id=entry.id,
            title=entry.title.in_language(language),
            kind=entry.kind,
            text=entry.shown(language),
            score=score,
            dense=round(max(candidate.dense, candidate.phrase), 4),
            sparse=round(candidate.sparse, 4),
            source=entry.source,
            framework=framework,
        )
