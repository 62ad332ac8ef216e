"""The vector store: one port, two implementations (embedded, and a Qdrant server), chosen by settings."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from .settings import RagSettings

DENSE = "dense"
SPARSE = "sparse"
KEYWORDS = ("framework", "kind", "component", "names", "part")
"""Payload fields that searches filter by, each with an index."""
CODE_PREFIX = "code-"
CODE_KEYWORDS = ("scope", "path", "names", "language")
"""The same of collections of code."""


class StoreFailed(Exception):
    """The store could not be reached, or refused."""


class StoreLocked(Exception):
    """The embedded store has another owner; the message names the lock."""


@dataclass(frozen=True, slots=True)
class SparseVector:
    indices: list[int]
    values: list[float]


@dataclass(frozen=True, slots=True)
class Point:
    """A point with both vectors, or with a dense one alone; `id` is a UUID."""

    id: str
    dense: list[float]
    sparse: SparseVector | None
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Match:
    """A point found by one of the vectors, with that vector's score."""

    id: str
    score: float
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Where:
    """Each named field must have one of the values; empty: everything."""

    any_of: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lookup:
    """The points that fit and are nearest to a dense vector, or to a sparse one."""

    vector: Sequence[float] | SparseVector
    where: Where
    limit: int


Scored = list[tuple[int, float]]
"""Points by the numbers that their ids are, with scores; best first."""


class VectorStore(Protocol):
    """Collections of points with a dense (cosine) and a sparse (idf) vector. All errors are `StoreFailed`."""

    async def check(self) -> str:
        """A short state for people; raises where the store is not usable."""
        ...

    async def collections(self) -> list[str]: ...

    async def ensure(self, collection: str, *, dimension: int, keywords: Sequence[str]) -> None:
        """Makes the collection where there is none, with an index on each of the payload fields `keywords`."""
        ...

    async def drop(self, collection: str) -> None: ...

    async def upsert(self, collection: str, points: Sequence[Point]) -> None: ...

    async def delete(self, collection: str, ids: Sequence[str]) -> None: ...

    async def relabel(self, collection: str, payloads: Mapping[str, Mapping[str, Any]]) -> None:
        """Sets fields of the payloads of points that are there, by id; vectors and other fields stay."""
        ...

    async def payloads(self, collection: str, *, fields: Sequence[str], where: Where) -> dict[str, Mapping[str, Any]]:
        """The named payload fields of all points that fit, by id."""
        ...

    def points(self, collection: str) -> AsyncIterator[list[Point]]:
        """All points with their vectors, page by page: for a backup."""
        ...

    async def search(
        self,
        collection: str,
        *,
        dense: Sequence[float] | None,
        sparse: SparseVector | None,
        where: Where,
        limit: int,
    ) -> tuple[list[Match], list[Match]]:
        """The best by the dense and the best by the sparse vector, in one round trip; none for a vector not given."""
        ...

    async def scores(self, collection: str, lookups: Sequence[Lookup]) -> list[Scored]:
        """Of each lookup the points with their scores, in one round trip; who knows the payloads saves their way."""
        ...

    async def close(self) -> None: ...


def point_of(record: Any) -> Point:
    """The point of a record as Qdrant returns it, in process or from a server, with vectors and payload."""
    vectors: Any = record.vector
    sparse = vectors.get(SPARSE)
    return Point(
        str(record.id),
        list(vectors[DENSE]),
        SparseVector(list(sparse.indices), list(sparse.values)) if sparse is not None else None,
        record.payload or {},
    )


def keywords_of(collection: str) -> tuple[str, ...]:
    """The payload fields with an index, by what the collection holds."""
    return CODE_KEYWORDS if collection.startswith(CODE_PREFIX) else KEYWORDS


def open_store(settings: RagSettings) -> VectorStore:
    """The store that the settings name. It is usable at once; a server may still be away.

    Raises:
        StoreLocked: the embedded store is in use by another process.
    """
    if settings.server_url:
        from .qdrant_server import QdrantServer

        key = settings.qdrant_api_key.get_secret_value() if settings.qdrant_api_key else None
        return QdrantServer.connect(settings.server_url, api_key=key)
    from .qdrant_embedded import EmbeddedQdrant

    return EmbeddedQdrant(settings.qdrant_path)
