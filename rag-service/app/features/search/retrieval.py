"""Candidates of a query: from the store by vectors, from the catalog by names and phrases, or by keywords alone."""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ...core.catalog import Catalog
from ...core.entries import Entry
from ...core.glossary import reads_english_alone, shipped_glossary
from ...core.in_play import ScreenInPlay
from ...core.qdrant import Lookup, Scored, VectorStore, Where
from ...core.query_vectors import QueryEmbedder, combined
from .expansion import RELATED_WEIGHT, QueryExpander
from .fusion import Calibration, Candidate, EntryKey, calibrated, fused

_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]{2,}")
_PLAIN_WORD = 0.4
"""A name that is a plain word too says less than one that only code has."""
_PREFETCH = 100
_PHRASE_PREFETCH = 200
"""More, for an entry has several of them."""
_WIDER = 20
"""Times as many where most of them may be left out again."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where is searched; no kinds or components: in all of them."""

    frameworks: Sequence[str]
    kinds: Sequence[str] | None = None
    components: Sequence[str] | None = None
    origins: Sequence[str] | None = None
    """Known of an entry by the catalog alone: the store's candidates are held against it."""
    screen: ScreenInPlay | None = None
    """The screen that the search is for: what it needs is found however the query is worded."""

    def fits(self, entry: Entry) -> bool:
        return (
            (not self.kinds or entry.kind in self.kinds)
            and (not self.components or (entry.component or "") in self.components)
            and (not self.origins or entry.origin in self.origins)
        )

    @property
    def key(self) -> Hashable:
        """The same for the same scope."""
        lists = (self.frameworks, self.kinds, self.components, self.origins)
        return (*(tuple(part or ()) for part in lists), self.screen)

    def of(self, part: str) -> Where:
        fields = {"framework": self.frameworks, "kind": self.kinds, "component": self.components, "part": [part]}
        return Where({name: list(values) for name, values in fields.items() if values})


class IndexView(Protocol):
    """Where the searchable collection is; an empty name where there is none yet."""

    @property
    def collection(self) -> str: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def places(self) -> Mapping[int, EntryKey]: ...
    @property
    def changes(self) -> int: ...


class CurrentIndex(Protocol):
    @property
    def state(self) -> IndexView: ...


class VectorsUnusable(Exception):
    """There are no vectors to search by, or none to search in."""


class Retriever:
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

    @property
    def version(self) -> tuple[str, int]:
        """Another one wherever something else is indexed, or by another model."""
        state = self._index.state
        return state.fingerprint, state.changes

    async def by_vectors(self, text: str, scope: Scope) -> list[tuple[Candidate, float]]:
        """Candidates with their scores, best first.

        Raises:
            VectorsUnusable: nothing is indexed yet, or by another model.
            ServiceError: embedding-service did not answer.
            StoreFailed: the store did not answer.
        """
        candidates = await self.candidates(text, scope)
        scores = calibrated(candidates, related=self._catalog.related, calibration=self._calibration)
        return sorted(zip(candidates, scores, strict=True), key=lambda item: (-item[1], item[0].entry))

    async def candidates(self, text: str, scope: Scope) -> list[Candidate]:
        state = self._index.state
        if not state.collection:
            raise VectorsUnusable("nothing is indexed yet")
        query = self.expander().expand(text)
        read = query.english if reads_english_alone(state.fingerprint) else query.text
        vectors = await self._embedder.query(read or query.text, [query.text, *query.related])
        if vectors.fingerprint != state.fingerprint:
            self._index_is_stale()
            raise VectorsUnusable(f"indexed by {state.fingerprint}, asked by {vectors.fingerprint}")
        wider = _WIDER if scope.origins else 1
        sparse = combined(vectors.sparse[0], vectors.sparse[1:], weight=RELATED_WEIGHT)
        lookups = [Lookup(sparse, scope.of("entry"), _PREFETCH * wider)]
        if read:
            lookups.append(Lookup(vectors.dense[0], scope.of("entry"), _PREFETCH * wider))
            lookups.append(Lookup(vectors.dense[0], scope.of("phrase"), _PHRASE_PREFETCH * wider))
        terms, *meanings = [
            _known(found, state.places) for found in await self._store.scores(state.collection, lookups)
        ]
        dense, phrases = meanings or ([], [])
        exact = self._named(f"{text} {query.text}", scope.frameworks)
        asked = {
            (name, entry): share
            for name in scope.frameworks
            for entry, share in self._catalog.phrases(name)
            .search(query.text, query.related, related_weight=RELATED_WEIGHT)
            .items()
        }
        named = [(key, 0.0) for key in exact if self._fits(key, scope)]  # a name is always found
        play = self._in_play(scope)
        found = fused(dense, phrases, [*terms, *named], exact=exact, asked=asked, play=play)
        return [item for item in found if self._fits(item.entry, scope)] if scope.origins else found

    def by_keywords(self, text: str, scope: Scope) -> list[tuple[Candidate, float]]:
        """What the catalog alone finds, best first: words of the text, or of one of its phrases."""
        query = self.expander().expand(text)
        found: list[tuple[Candidate, float]] = []
        play = self._in_play(scope)
        for name in scope.frameworks:
            entries = self._catalog.entries(name)
            scores = dict(self._catalog.keywords(name).search(query.text, limit=_PREFETCH))
            phrases = self._catalog.phrases(name).search(query.text, query.related, related_weight=RELATED_WEIGHT)
            for entry in scores.keys() | phrases.keys() | {entry for framework, entry in play if framework == name}:
                if scope.fits(entries[entry]):
                    words = (scores.get(entry, 0.0) + phrases.get(entry, 0.0)) / 2
                    score = round(max(words, play.get((name, entry), 0.0)), 4)
                    found.append((Candidate((name, entry), sparse=score), score))
        return sorted(found, key=lambda item: (-item[1], item[0].entry))[:_PREFETCH]

    def _in_play(self, scope: Scope) -> dict[EntryKey, float]:
        if scope.screen is None:
            return {}
        return {
            (name, entry): worth
            for name in scope.frameworks
            for entry, worth in self._catalog.in_play(name, scope.screen).items()
            if self._fits((name, entry), scope)
        }

    def _fits(self, key: EntryKey, scope: Scope) -> bool:
        framework, entry_id = key
        entry = self._catalog.entries(framework).get(entry_id)
        return entry is not None and scope.fits(entry)

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

    def _named(self, text: str, frameworks: Sequence[str]) -> dict[EntryKey, float]:
        """Entries whose identifiers stand in the query, with how much that says."""
        plain = shipped_glossary().has
        found: dict[EntryKey, float] = {}
        for word in dict.fromkeys(_IDENTIFIER.findall(text)):
            worth = _PLAIN_WORD if plain(word) else 1.0
            for name in frameworks:
                for entry in self._catalog.named(name, word):
                    found[name, entry] = max(worth, found.get((name, entry), 0.0))
        return found


def _known(found: Scored, places: Mapping[int, EntryKey]) -> list[tuple[EntryKey, float]]:
    """Entries of the points; a point that the catalog has just lost is left out."""
    return [(key, score) for point, score in found if (key := places.get(point)) is not None]
