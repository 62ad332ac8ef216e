"""Brings the store to what the catalog says: only what changed is embedded, what is gone is deleted."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Literal, Protocol
from uuid import UUID

from ...core.catalog import Catalog
from ...core.entries import Entry
from ...core.glossary import reads_english_alone, shipped_glossary
from ...core.qdrant import KEYWORDS, Point, SparseVector, VectorStore, Where

PREFIX = "knowledge-"
_LAYOUT = "2"
"""Of the points: another one gets a collection of its own."""
_WHOLE_FROM = 0.9
"""The share of the entries that an earlier process must have stored; the rest is new since."""
_BATCH = 32
_PHRASE_BATCH = 256


class DocumentVectors(Protocol):
    """What an embedding answers for documents."""

    @property
    def fingerprint(self) -> str: ...
    @property
    def dense(self) -> list[list[float]]: ...
    @property
    def sparse(self) -> list[SparseVector]: ...


class DocumentEmbedder(Protocol):
    async def documents(self, dense: Sequence[str], sparse: Sequence[str]) -> DocumentVectors: ...
    async def phrases(self, texts: Sequence[str]) -> list[list[float]]: ...


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What one run did, in entries; an entry's phrases go with it."""

    embedded: int = 0
    deleted: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """How far a run is, in points: entries come first, then the phrases that they are asked by."""

    phase: Literal["waiting", "comparing", "entries", "phrases"]
    done: int = 0
    total: int = 0


Progress = Callable[[IndexProgress], None]


def untold(_progress: IndexProgress) -> None:
    """For runs that nobody follows."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A point as it has to be: of a whole entry, or of one phrase that it is asked by (`text`, as it is embedded)."""

    point_id: str
    framework: str
    entry: Entry
    hash: str
    text: str = ""

    @property
    def part(self) -> str:
        return "phrase" if self.text else "entry"


@dataclass(slots=True)
class IndexState:
    """Where the index stands; `collection` is empty until there is one that can be searched."""

    collection: str = ""
    fingerprint: str = ""
    indexed: dict[str, int] | None = None
    revision: int = 0
    places: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """Framework and id of the entry of each point, by the number that the point's id is."""
    changes: int = 0
    """Grows with all that makes searches find something else."""


class KnowledgeIndexer:
    """One collection for each embedding fingerprint: vectors of two models never stand side by side."""

    def __init__(self, *, catalog: Catalog, store: VectorStore, embedder: DocumentEmbedder) -> None:
        self._catalog = catalog
        self._store = store
        self._embedder = embedder
        self.state = IndexState()

    async def adopt(self) -> None:
        """Takes up the collection that an earlier process left, so that search works before embedding does.

        Not one that it left half filled: keywords find more than that.
        """
        names = [name for name in await self._store.collections() if name.startswith(PREFIX)]
        if self.state.collection or len(names) != 1:
            return
        stored = await self._stored(names[0])
        fingerprints = {str(payload.get("fingerprint", "")) for payload in stored.values()}
        if len(fingerprints) != 1 or names[0] != collection_name(fingerprint := fingerprints.pop()):
            return
        wanted = list(self._wanted(fingerprint))
        entries = {item.point_id for item in wanted if item.part == "entry"}
        if len(entries & stored.keys()) >= _WHOLE_FROM * len(entries):
            self.state = IndexState(names[0], fingerprint, _counted(stored), 0, _places(wanted), 1)

    async def run(self, *, everything: bool = False, tell: Progress = untold) -> IndexReport:
        """One pass; idempotent, and safe to break off anywhere. Entries are searchable before their phrases are.

        `everything` embeds what has not changed too, in its place: searches go on meanwhile.

        Raises:
            ServiceError: embedding-service did not answer.
            StoreFailed: the store did not answer.
        """
        tell(IndexProgress("comparing"))
        revision = self._catalog.revision
        probe = await self._embedder.documents(["probe"], ["probe"])
        fingerprint, collection = probe.fingerprint, collection_name(probe.fingerprint)
        wanted = {item.point_id: item for item in self._wanted(fingerprint)}
        await self._store.ensure(collection, dimension=len(probe.dense[0]), keywords=KEYWORDS)
        stored = await self._stored(collection)
        same = {} if everything else {point_id: payload.get("hash") for point_id, payload in stored.items()}
        changed = [item for item in wanted.values() if same.get(item.point_id) != item.hash]
        entries = [item for item in changed if item.part == "entry"]
        phrases = [item for item in changed if item.part == "phrase"]
        for done, batch in _batches(entries, _BATCH):
            tell(IndexProgress("entries", done, len(changed)))
            await self._embed_entries(collection, fingerprint, batch)
            self.state.changes += 1
        gone = [point_id for point_id in stored if point_id not in wanted]
        if gone:
            await self._store.delete(collection, gone)
        indexed = {name: len(self._catalog.entries(name)) for name in self._catalog.frameworks}
        places, changes = _places(wanted.values()), self.state.changes + 1
        self.state = IndexState(collection, fingerprint, indexed, revision, places, changes)
        for done, batch in _batches(phrases, _PHRASE_BATCH):
            tell(IndexProgress("phrases", len(entries) + done, len(changed)))
            await self._embed_phrases(collection, fingerprint, batch)
            self.state.changes += 1
        await self._drop_others(collection)
        deleted = sum(stored[point_id].get("part") == "entry" for point_id in gone)
        return IndexReport(len(entries), deleted, sum(indexed.values()) - len(entries))

    def _wanted(self, fingerprint: str) -> Iterator[_Wanted]:
        in_english = shipped_glossary().in_english if reads_english_alone(fingerprint) else str
        for framework in self._catalog.frameworks:
            for entry in self._catalog.entries(framework).values():
                yield _Wanted(entry.point_id(framework), framework, entry, entry.content_hash())
                for text in dict.fromkeys(in_english(phrase) for phrase in entry.phrases()):
                    if text:
                        point_id = entry.phrase_id(framework, text)
                        yield _Wanted(point_id, framework, entry, _hash(f"{entry.kind}\0{text}"), text)

    async def _embed_entries(self, collection: str, fingerprint: str, items: Sequence[_Wanted]) -> None:
        vectors = await self._embedder.documents(
            [item.entry.dense_text() for item in items], [item.entry.sparse_text() for item in items]
        )
        points = [
            Point(item.point_id, dense, sparse, _payload(item, fingerprint))
            for item, dense, sparse in zip(items, vectors.dense, vectors.sparse, strict=True)
        ]
        await self._store.upsert(collection, points)

    async def _embed_phrases(self, collection: str, fingerprint: str, items: Sequence[_Wanted]) -> None:
        vectors = await self._embedder.phrases([item.text for item in items])
        points = [
            Point(item.point_id, dense, None, _payload(item, fingerprint))
            for item, dense in zip(items, vectors, strict=True)
        ]
        await self._store.upsert(collection, points)

    async def _stored(self, collection: str) -> dict[str, Mapping[str, Any]]:
        return await self._store.payloads(
            collection, fields=["hash", "fingerprint", "framework", "part"], where=Where()
        )

    async def _drop_others(self, collection: str) -> None:
        for name in await self._store.collections():
            if name.startswith(PREFIX) and name != collection:
                await self._store.drop(name)


def collection_name(fingerprint: str) -> str:
    return PREFIX + blake2b(f"{fingerprint}\0{_LAYOUT}".encode(), digest_size=6).hexdigest()


def _places(wanted: Iterable[_Wanted]) -> dict[int, tuple[str, str]]:
    return {UUID(item.point_id).int: (item.framework, item.entry.id) for item in wanted}


def _payload(item: _Wanted, fingerprint: str) -> dict[str, Any]:
    """What is stored beside the vectors; the text itself stays in the catalog."""
    return {
        "entry": item.entry.id,
        "framework": item.framework,
        "kind": item.entry.kind,
        "component": item.entry.component or "",
        "names": [name.lower() for name in item.entry.names],
        "part": item.part,
        "hash": item.hash,
        "fingerprint": fingerprint,
    }


def _batches(items: Sequence[_Wanted], size: int) -> Iterator[tuple[int, Sequence[_Wanted]]]:
    """Each with the number of those before it."""
    return ((start, items[start : start + size]) for start in range(0, len(items), size))


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _counted(stored: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    return dict(Counter(str(item.get("framework", "")) for item in stored.values() if item.get("part") == "entry"))
