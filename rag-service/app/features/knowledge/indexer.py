"""Brings the store to what the catalog says: only what changed is embedded, what is gone is deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Protocol

from ...core.catalog import Catalog
from ...core.entries import Entry
from ...core.qdrant import KEYWORDS, Point, SparseVector, VectorStore, Where

PREFIX = "knowledge-"
_BATCH = 32


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


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What one run did."""

    embedded: int = 0
    deleted: int = 0
    unchanged: int = 0


@dataclass(slots=True)
class IndexState:
    """Where the index stands; `collection` is empty until there is one that can be searched."""

    collection: str = ""
    fingerprint: str = ""
    indexed: dict[str, int] | None = None
    revision: int = 0


class KnowledgeIndexer:
    """One collection for each embedding fingerprint: vectors of two models never stand side by side."""

    def __init__(self, *, catalog: Catalog, store: VectorStore, embedder: DocumentEmbedder) -> None:
        self._catalog = catalog
        self._store = store
        self._embedder = embedder
        self.state = IndexState()

    async def adopt(self) -> None:
        """Takes up the collection that an earlier process left, so that search works before embedding does."""
        names = [name for name in await self._store.collections() if name.startswith(PREFIX)]
        if not self.state.collection and len(names) == 1:
            stored = await self._stored(names[0])
            fingerprints = {payload.get("fingerprint", "") for payload in stored.values()}
            if len(fingerprints) == 1:
                self.state = IndexState(names[0], fingerprints.pop(), _counted(stored), 0)

    async def run(self) -> IndexReport:
        """One pass; idempotent, and safe to break off anywhere.

        Raises:
            ServiceError: embedding-service did not answer.
            StoreFailed: the store did not answer.
        """
        revision = self._catalog.revision
        wanted = {
            entry.point_id(framework): (framework, entry)
            for framework in self._catalog.frameworks
            for entry in self._catalog.entries(framework).values()
        }
        probe = await self._embedder.documents(["probe"], ["probe"])
        collection = collection_name(probe.fingerprint)
        await self._store.ensure(collection, dimension=len(probe.dense[0]), keywords=KEYWORDS)
        stored = await self._stored(collection)
        hashes = {point_id: payload.get("hash") for point_id, payload in stored.items()}
        changed = [
            (point_id, *item) for point_id, item in wanted.items() if hashes.get(point_id) != item[1].content_hash()
        ]
        for start in range(0, len(changed), _BATCH):
            await self._embed(collection, probe.fingerprint, changed[start : start + _BATCH])
        gone = [point_id for point_id in stored if point_id not in wanted]
        if gone:
            await self._store.delete(collection, gone)
        indexed = {name: len(self._catalog.entries(name)) for name in self._catalog.frameworks}
        self.state = IndexState(collection, probe.fingerprint, indexed, revision)
        await self._drop_others(collection)
        return IndexReport(len(changed), len(gone), len(wanted) - len(changed))

    async def _embed(self, collection: str, fingerprint: str, items: Sequence[tuple[str, str, Entry]]) -> None:
        entries = [entry for _, _, entry in items]
        vectors = await self._embedder.documents(
            [entry.dense_text() for entry in entries], [entry.sparse_text() for entry in entries]
        )
        points = [
            Point(point_id, dense, sparse, payload_of(framework, entry, fingerprint))
            for (point_id, framework, entry), dense, sparse in zip(items, vectors.dense, vectors.sparse, strict=True)
        ]
        await self._store.upsert(collection, points)

    async def _stored(self, collection: str) -> dict[str, Any]:
        return dict(await self._store.payloads(collection, fields=["hash", "fingerprint", "framework"], where=Where()))

    async def _drop_others(self, collection: str) -> None:
        for name in await self._store.collections():
            if name.startswith(PREFIX) and name != collection:
                await self._store.drop(name)


def collection_name(fingerprint: str) -> str:
    return PREFIX + blake2b(fingerprint.encode(), digest_size=6).hexdigest()


def payload_of(framework: str, entry: Entry, fingerprint: str) -> dict[str, Any]:
    """What is stored beside the vectors; the text itself stays in the catalog."""
    return {
        "entry": entry.id,
        "framework": framework,
        "kind": entry.kind,
        "component": entry.component or "",
        "names": [name.lower() for name in entry.names],
        "hash": entry.content_hash(),
        "fingerprint": fingerprint,
    }


def _counted(stored: dict[str, Any]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for payload in stored.values():
        framework = str(payload.get("framework", ""))
        counts[framework] = counts.get(framework, 0) + 1
    return counts
