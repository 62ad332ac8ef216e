"""A Qdrant server by qdrant-client; the same code runs on the client's local mode in tests."""

from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

import httpx
from qdrant_client import AsyncQdrantClient, models
from qdrant_client.http.exceptions import ApiException

from .qdrant import DENSE, SPARSE, Lookup, Match, Point, Scored, SparseVector, StoreFailed, Where, point_of

T = TypeVar("T")
_LIMIT_S = 10
_PAGE = 1000


class QdrantServer:
    """Collections of a server, or of the client's local mode."""

    def __init__(self, client: AsyncQdrantClient) -> None:
        self._client = client

    @classmethod
    def connect(cls, url: str, *, api_key: str | None) -> "QdrantServer":
        return cls(AsyncQdrantClient(url=url, api_key=api_key, timeout=_LIMIT_S, check_compatibility=False))

    async def check(self) -> str:
        return f"server, {len(await self.collections())} collections"

    async def collections(self) -> list[str]:
        answer = await _guarded(self._client.get_collections())
        return sorted(collection.name for collection in answer.collections)

    async def ensure(self, collection: str, *, dimension: int, keywords: Sequence[str]) -> None:
        if await _guarded(self._client.collection_exists(collection)):
            return
        await _guarded(
            self._client.create_collection(
                collection,
                vectors_config={DENSE: models.VectorParams(size=dimension, distance=models.Distance.COSINE)},
                sparse_vectors_config={SPARSE: models.SparseVectorParams(modifier=models.Modifier.IDF)},
            )
        )
        for name in keywords:
            await _guarded(
                self._client.create_payload_index(collection, name, models.PayloadSchemaType.KEYWORD, wait=True)
            )

    async def drop(self, collection: str) -> None:
        await _guarded(self._client.delete_collection(collection))

    async def upsert(self, collection: str, points: Sequence[Point]) -> None:
        await _guarded(self._client.upsert(collection, [_to_struct(point) for point in points], wait=True))

    async def delete(self, collection: str, ids: Sequence[str]) -> None:
        await _guarded(self._client.delete(collection, models.PointIdsList(points=list(ids)), wait=True))

    async def relabel(self, collection: str, payloads: Mapping[str, Mapping[str, Any]]) -> None:
        operations = [
            models.SetPayloadOperation(set_payload=models.SetPayload(payload=dict(payload), points=[point_id]))
            for point_id, payload in payloads.items()
        ]
        if operations:
            await _guarded(self._client.batch_update_points(collection, operations, wait=True))

    async def payloads(self, collection: str, *, fields: Sequence[str], where: Where) -> dict[str, Mapping[str, Any]]:
        found: dict[str, Mapping[str, Any]] = {}
        offset: Any = None
        while True:
            records, offset = await _guarded(
                self._client.scroll(collection, _filter(where), limit=_PAGE, offset=offset, with_payload=list(fields))
            )
            found.update({str(record.id): record.payload or {} for record in records})
            if offset is None:
                return found

    async def points(self, collection: str) -> AsyncIterator[list[Point]]:
        offset: Any = None
        while True:
            records, offset = await _guarded(
                self._client.scroll(collection, limit=_PAGE, offset=offset, with_payload=True, with_vectors=True)
            )
            yield [point_of(record) for record in records]
            if offset is None:
                return

    async def search(
        self,
        collection: str,
        *,
        dense: Sequence[float] | None,
        sparse: SparseVector | None,
        where: Where,
        limit: int,
    ) -> tuple[list[Match], list[Match]]:
        queries: dict[str, Any] = {}
        if dense is not None:
            queries[DENSE] = list(dense)
        if sparse is not None and sparse.indices:
            queries[SPARSE] = models.SparseVector(indices=sparse.indices, values=sparse.values)
        requests = [
            models.QueryRequest(query=vector, using=name, filter=_filter(where), limit=limit, with_payload=True)
            for name, vector in queries.items()
        ]
        answers = await _guarded(self._client.query_batch_points(collection, requests)) if requests else []
        matches = {
            name: [Match(str(found.id), found.score, found.payload or {}) for found in answer.points]
            for name, answer in zip(queries, answers, strict=True)
        }
        return matches.get(DENSE, []), matches.get(SPARSE, [])

    async def scores(self, collection: str, lookups: Sequence[Lookup]) -> list[Scored]:
        asked = [place for place, lookup in enumerate(lookups) if not _is_empty(lookup.vector)]
        requests = [_request(lookups[place]) for place in asked]
        answers = await _guarded(self._client.query_batch_points(collection, requests)) if requests else []
        scored: list[Scored] = [[] for _ in lookups]
        for place, answer in zip(asked, answers, strict=True):
            scored[place] = [(UUID(str(found.id)).int, found.score) for found in answer.points]
        return scored

    async def close(self) -> None:
        await self._client.close()


def _to_struct(point: Point) -> models.PointStruct:
    vectors: dict[str, Any] = {DENSE: point.dense}
    if point.sparse is not None:
        vectors[SPARSE] = models.SparseVector(indices=point.sparse.indices, values=point.sparse.values)
    return models.PointStruct(id=point.id, vector=vectors, payload=dict(point.payload))


def _is_empty(vector: Sequence[float] | SparseVector) -> bool:
    return isinstance(vector, SparseVector) and not vector.indices


def _request(lookup: Lookup) -> models.QueryRequest:
    vector: Any = lookup.vector
    is_sparse = isinstance(vector, SparseVector)
    query = models.SparseVector(indices=vector.indices, values=vector.values) if is_sparse else list(vector)
    return models.QueryRequest(
        query=query,
        using=SPARSE if is_sparse else DENSE,
        filter=_filter(lookup.where),
        limit=lookup.limit,
        with_payload=False,
    )


def _filter(where: Where) -> models.Filter | None:
    conditions: list[Any] = [
        models.FieldCondition(key=name, match=models.MatchAny(any=list(values)))
        for name, values in where.any_of.items()
    ]
    return models.Filter(must=conditions) if conditions else None


async def _guarded(call: Awaitable[T]) -> T:
    try:
        return await call
    except (ApiException, httpx.HTTPError, ValueError, OSError) as error:
        raise StoreFailed(f"{type(error).__name__}: {error}") from error
