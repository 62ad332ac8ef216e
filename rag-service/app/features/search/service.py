"""Hybrid search over the knowledge: both vectors, exact names, a threshold; by keywords alone where need be."""

import re
from collections.abc import Callable, Sequence
from typing import Protocol

from chassis.errors import FieldError, ServiceError, Unprocessable
from chassis.logging import get_logger

from ...core.catalog import Catalog
from ...core.entries import Entry, Language
from ...core.hits import Hit, SearchResult, Warned, language_of
from ...core.qdrant import Match, StoreFailed, VectorStore, Where
from ...core.query_vectors import QueryEmbedder
from .expansion import RELATED_WEIGHT, QueryExpander, combined
from .fusion import Calibration, Candidate, calibrated, fused
from .glossary import shipped_glossary

_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]{2,}")
_PREFETCH = 100
_DEFAULT_LIMIT = 8
_QUERY_CHARACTERS = 2000  # what stands later in a long prompt is a data model, not a question
_KEYWORDS_ONLY = {
    "ko": "벡터 검색을 쓸 수 없어 키워드로만 찾았습니다.",
    "en": "Vector search was not available: only keywords were searched.",
}
_log = get_logger(__name__)


class IndexView(Protocol):
    """Where the searchable collection is; an empty name where there is none yet."""

    @property
    def collection(self) -> str: ...
    @property
    def fingerprint(self) -> str: ...


class CurrentIndex(Protocol):
    @property
    def state(self) -> IndexView: ...


class VectorsUnusable(Exception):
    """There are no vectors to search by, or none to search in."""


class SearchService:
    def __init__(
        self,
        *,
        catalog: Catalog,
        store: VectorStore,
        embedder: QueryEmbedder,
        index: CurrentIndex,
        calibration: Calibration,
        index_is_stale: Callable[[], None],
    ) -> None:
        """`index_is_stale` is called where the embedding model is not the one that made the index."""
        self._catalog = catalog
        self._store = store
        self._embedder = embedder
        self._index = index
        self._calibration = calibration
        self._index_is_stale = index_is_stale
        self._expander: QueryExpander | None = None
        self._expander_revision = 0

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
            scored = await self._by_vectors(text, frameworks, kinds)
        except (ServiceError, StoreFailed, VectorsUnusable) as error:
            _log.warning("keyword_search_only", reason=str(error))
            warnings.append(Warned("keyword_search_only", _KEYWORDS_ONLY[language]))
            scored = self._by_keywords(text, frameworks, kinds)
        hits = [
            hit
            for name, candidate, score in scored
            if (threshold is None or score >= threshold)
            and (hit := self._hit(name, candidate, score, language)) is not None
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

    async def _by_vectors(
        self, text: str, frameworks: Sequence[str], kinds: list[str] | None
    ) -> list[tuple[str, Candidate, float]]:
        state = self._index.state
        if not state.collection:
            raise VectorsUnusable("nothing is indexed yet")
        query = self.expander().expand(text)
        vectors = await self._embedder.query(query.english or query.text, [query.text, query.related])
        if vectors.fingerprint != state.fingerprint:
            self._index_is_stale()
            raise VectorsUnusable(f"indexed by {state.fingerprint}, asked by {vectors.fingerprint}")
        where = Where({"framework": list(frameworks), **({"kind": kinds} if kinds else {})})
        dense, sparse = await self._store.search(
            state.collection,
            dense=vectors.dense[0] if query.english else None,
            sparse=combined(vectors.sparse[0], vectors.sparse[1], weight=RELATED_WEIGHT),
            where=where,
            limit=_PREFETCH,
        )
        exact = self.named(text, frameworks)
        candidates = fused(dense, [*sparse, *self._missing(exact, frameworks, kinds, [*dense, *sparse])], exact)
        best = max((candidate.sparse for candidate in candidates), default=0.0)
        scored = [
            (
                str(candidate.payload["framework"]),
                candidate,
                calibrated(candidate, best_sparse=best, calibration=self._calibration),
            )
            for candidate in candidates
        ]
        return sorted(scored, key=lambda item: -item[2])

    def expander(self) -> QueryExpander:
        """Made anew when the catalog has changed, for its words are what spelling is mended to."""
        if self._expander is None or self._expander_revision != self._catalog.revision:
            texts = [
                entry.sparse_text()
                for name in self._catalog.frameworks
                for entry in self._catalog.entries(name).values()
            ]
            self._expander = QueryExpander(glossary=shipped_glossary(), texts=texts)
            self._expander_revision = self._catalog.revision
        return self._expander

    def _by_keywords(
        self, text: str, frameworks: Sequence[str], kinds: list[str] | None
    ) -> list[tuple[str, Candidate, float]]:
        scored = []
        for name in frameworks:
            entries = self._catalog.entries(name)
            for entry_id, score in self._catalog.keywords(name).search(text, limit=_PREFETCH):
                if kinds is None or entries[entry_id].kind in kinds:
                    scored.append((name, Candidate(entry_id, {"entry": entry_id}, sparse=score), score))
        return sorted(scored, key=lambda item: -item[2])

    def named(self, text: str, frameworks: Sequence[str]) -> list[str]:
        """Entries whose identifiers stand in the query."""
        words = dict.fromkeys(_IDENTIFIER.findall(text))
        return [entry for word in words for name in frameworks for entry in self._catalog.named(name, word)]

    def _missing(
        self, exact: Sequence[str], frameworks: Sequence[str], kinds: list[str] | None, found: Sequence[Match]
    ) -> list[Match]:
        """Entries that are named in the query but stand in neither list: a name is always found."""
        there = {str(match.payload.get("entry")) for match in found}
        missing = []
        for name in frameworks:
            for entry_id in exact:
                entry = self._catalog.entries(name).get(entry_id)
                if entry is not None and entry_id not in there and (kinds is None or entry.kind in kinds):
                    missing.append(Match(entry.point_id(name), 0.0, {"entry": entry_id, "framework": name}))
        return missing

    def _hit(self, framework: str, candidate: Candidate, score: float, language: Language) -> Hit | None:
        entry: Entry | None = self._catalog.entries(framework).get(str(candidate.payload["entry"]))
        if entry is None:  # gone from the catalog, still in the store for a moment
            return None
        return Hit(
            id=entry.id,
            title=entry.title.in_language(language),
            kind=entry.kind,
            text=entry.shown(language),
            score=score,
            dense=round(candidate.dense, 4),
            sparse=round(candidate.sparse, 4),
            source=entry.source,
            framework=framework,
        )
