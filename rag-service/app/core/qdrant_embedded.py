"""Qdrant's engine in this process: one folder, one owner."""

import asyncio
import fcntl
import os
import shutil
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import qdrant_edge as edge

from .qdrant import DENSE, SPARSE, Match, Point, SparseVector, StoreFailed, StoreLocked, Where, point_of

T = TypeVar("T")
_PAGE = 1000
_READERS = 2


class EmbeddedQdrant:
    """A folder of shards, one for each collection. Writes go through one thread, reads through two."""

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._lock = _Lock(path / "store.lock")
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="store-read")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store-write")
        self._shards: dict[str, edge.EdgeShard] = {
            folder.name: edge.EdgeShard.load(str(folder))
            for folder in sorted(path.iterdir())
            if (folder / "edge_config.json").is_file()
        }

    async def check(self) -> str:
        return f"embedded, {len(self._shards)} collections"

    async def collections(self) -> list[str]:
        return sorted(self._shards)

    async def ensure(self, collection: str, *, dimension: int, keywords: Sequence[str]) -> None:
        if collection not in self._shards:
            await self._write(lambda: self._create(collection, dimension, keywords))

    async def drop(self, collection: str) -> None:
        shard = self._shards.pop(collection, None)
        if shard is not None:
            await self._write(lambda: self._remove(collection, shard))

    async def upsert(self, collection: str, points: Sequence[Point]) -> None:
        shard = self._shard(collection)
        operation = edge.UpdateOperation.upsert_points([_to_edge(point) for point in points])
        await self._write(lambda: _apply(shard, operation))

    async def delete(self, collection: str, ids: Sequence[str]) -> None:
        shard = self._shard(collection)
        operation = edge.UpdateOperation.delete_points([UUID(point_id) for point_id in ids])
        await self._write(lambda: _apply(shard, operation))

    async def relabel(self, collection: str, payloads: Mapping[str, Mapping[str, Any]]) -> None:
        shard = self._shard(collection)
        operations = [
            edge.UpdateOperation.set_payload([UUID(point_id)], dict(payload)) for point_id, payload in payloads.items()
        ]
        await self._write(lambda: _apply(shard, *operations))

    async def payloads(self, collection: str, *, fields: Sequence[str], where: Where) -> dict[str, Mapping[str, Any]]:
        shard = self._shard(collection)
        return await self._read(lambda: _scroll(shard, list(fields), _filter(where)))

    async def settle(self, collection: str) -> None:
        shard = self._shard(collection)
        await self._write(lambda: _optimize(shard))

    async def points(self, collection: str) -> AsyncIterator[list[Point]]:
        shard = self._shard(collection)
        offset: Any = None
        while True:
            page, offset = await self._read(partial(_page, shard, offset))
            yield page
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
        shard = self._shard(collection)
        return await self._read(
            lambda: (
                _nearest(shard, list(dense), DENSE, where, limit) if dense is not None else [],
                _nearest(shard, edge.SparseVector(sparse.indices, sparse.values), SPARSE, where, limit)
                if sparse is not None and sparse.indices
                else [],
            )
        )

    async def close(self) -> None:
        """Ends what is under way, flushes, and gives the lock back."""
        self._readers.shutdown(wait=True)
        self._writer.shutdown(wait=True)
        for shard in self._shards.values():
            shard.flush()
            shard.close()
        self._shards = {}
        self._lock.release()

    def _shard(self, collection: str) -> edge.EdgeShard:
        try:
            return self._shards[collection]
        except KeyError:
            raise StoreFailed(f"there is no collection {collection}") from None

    def _create(self, collection: str, dimension: int, keywords: Sequence[str]) -> None:
        folder = self._path / collection
        shutil.rmtree(folder, ignore_errors=True)  # what a crash left half made
        folder.mkdir()
        config = edge.EdgeConfig(
            vectors={DENSE: edge.EdgeVectorParams(dimension, edge.Distance.Cosine)},
            sparse_vectors={SPARSE: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf)},
        )
        shard = edge.EdgeShard.create(str(folder), config)
        for name in keywords:
            shard.update(edge.UpdateOperation.create_field_index(name, edge.PayloadSchemaType.Keyword))
        shard.flush()
        self._shards[collection] = shard

    def _remove(self, collection: str, shard: edge.EdgeShard) -> None:
        shard.close()
        shutil.rmtree(self._path / collection)

    async def _read(self, work: Callable[[], T]) -> T:
        return await _in_thread(self._readers, work)

    async def _write(self, work: Callable[[], None]) -> None:
        await _in_thread(self._writer, work)


class _Lock:
    """An advisory lock on a file; the kernel gives it back when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.seek(0)
            owner = self._file.read().strip() or "unknown"
            self._file.close()
            raise StoreLocked(
                f"The embedded vector store is in use: lock {path}, held by process {owner}. Stop that process, give "
                "this one another folder (QDRANT_PATH), or run a Qdrant server for both (QDRANT_URL)."
            ) from None
        self._file.truncate(0)
        self._file.write(str(os.getpid()))
        self._file.flush()

    def release(self) -> None:
        self._file.close()


async def _in_thread(executor: ThreadPoolExecutor, work: Callable[[], T]) -> T:
    try:
        return await asyncio.get_running_loop().run_in_executor(executor, work)
    except OSError as error:
        raise StoreFailed(str(error)) from error
    except Exception as error:
        if type(error) is not Exception:
            raise
        raise StoreFailed(str(error)) from error  # the engine raises bare `Exception` alone


def _apply(shard: edge.EdgeShard, *operations: edge.UpdateOperation) -> None:
    for operation in operations:
        shard.update(operation)
    shard.flush()


def _optimize(shard: edge.EdgeShard) -> None:
    """Builds the graph of what has none yet; below the engine's own limit of size nothing is done."""
    shard.optimize()
    shard.flush()


def _to_edge(point: Point) -> edge.Point:
    vectors: Any = {DENSE: point.dense}
    if point.sparse is not None:
        vectors[SPARSE] = edge.SparseVector(point.sparse.indices, point.sparse.values)
    return edge.Point(UUID(point.id), vectors, dict(point.payload))


def _nearest(shard: edge.EdgeShard, vector: Any, using: str, where: Where, limit: int) -> list[Match]:
    query = edge.Query.Nearest(vector, using)
    request = edge.QueryRequest(limit, query=query, with_payload=True, filter=_filter(where))
    return [Match(str(found.id), found.score, found.payload or {}) for found in shard.query(request)]


def _scroll(shard: edge.EdgeShard, fields: list[str], where: edge.Filter | None) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    offset = None
    while True:
        request = edge.ScrollRequest(
            offset=offset, limit=_PAGE, filter=where, with_payload=edge.PayloadSelector.Include(fields)
        )
        records, offset = shard.scroll(request)
        found.update({str(record.id): record.payload or {} for record in records})
        if offset is None:
            return found


def _page(shard: edge.EdgeShard, offset: Any) -> tuple[list[Point], Any]:
    request = edge.ScrollRequest(offset=offset, limit=_PAGE, with_payload=True, with_vector=True)
    records, following = shard.scroll(request)
    return [point_of(record) for record in records], following


def _filter(where: Where) -> edge.Filter | None:
    conditions: list[Any] = [
        edge.FieldCondition(name, match=edge.MatchAny(list(values))) for name, values in where.any_of.items()
    ]
    return edge.Filter(must=conditions) if conditions else None
