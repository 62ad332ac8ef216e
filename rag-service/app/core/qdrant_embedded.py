"""Qdrant's engine in this process: one folder, one owner."""

import asyncio
import fcntl
import os
import shutil
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import qdrant_edge as edge

from .edge_points import filter_of, nearest, page_of, scored, scroll, to_edge
from .qdrant import DENSE, SPARSE, Lookup, Match, Point, Scored, SparseVector, StoreFailed, StoreLocked, Where

T = TypeVar("T")
_READERS = 2
_LEAST_FREE = 64 * 1024 * 1024
"""Bytes of disk that must be free before a write: the engine maps its files, and a full disk would end the process."""


class EmbeddedQdrant:
    """A folder of shards, one for each collection. Writes go through one thread, reads through two.

    No graph is built: the engine's `optimize` stops all searches while it works (34 s at 30,000 points), and without it
    a search of 100,000 takes a tenth of what it may.
    """

    def __init__(self, path: Path, *, least_free: int = _LEAST_FREE) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._least_free = least_free
        self._failed: set[str] = set()
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
            self._failed.discard(collection)
            await self._write(lambda: self._remove(collection, shard))

    async def upsert(self, collection: str, points: Sequence[Point]) -> None:
        await self._change(collection, edge.UpdateOperation.upsert_points([to_edge(point) for point in points]))

    async def delete(self, collection: str, ids: Sequence[str]) -> None:
        await self._change(collection, edge.UpdateOperation.delete_points([UUID(point_id) for point_id in ids]))

    async def relabel(self, collection: str, payloads: Mapping[str, Mapping[str, Any]]) -> None:
        operations = [
            edge.UpdateOperation.set_payload([UUID(point_id)], dict(payload)) for point_id, payload in payloads.items()
        ]
        await self._change(collection, *operations)

    async def payloads(self, collection: str, *, fields: Sequence[str], where: Where) -> dict[str, Mapping[str, Any]]:
        shard = self._shard(collection)
        return await self._read(lambda: scroll(shard, list(fields), filter_of(where)))

    async def points(self, collection: str) -> AsyncIterator[list[Point]]:
        shard = self._shard(collection)
        offset: Any = None
        while True:
            page, offset = await self._read(partial(page_of, shard, offset))
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
                nearest(shard, list(dense), DENSE, where, limit) if dense is not None else [],
                nearest(shard, edge.SparseVector(sparse.indices, sparse.values), SPARSE, where, limit)
                if sparse is not None and sparse.indices
                else [],
            )
        )

    async def scores(self, collection: str, lookups: Sequence[Lookup]) -> list[Scored]:
        shard = self._shard(collection)
        return await self._read(lambda: [scored(shard, lookup) for lookup in lookups])

    async def close(self) -> None:
        """Ends what is under way, flushes, and gives the lock back."""
        self._readers.shutdown(wait=True)
        self._writer.shutdown(wait=True)
        for shard in self._shards.values():
            shard.flush()
            shard.close()
        self._shards = {}
        self._lock.release()

    async def _change(self, collection: str, *operations: edge.UpdateOperation) -> None:
        self._shard(collection)
        await self._write(lambda: self._apply(collection, operations))

    def _apply(self, collection: str, operations: Sequence[edge.UpdateOperation]) -> None:
        """A shard whose write failed takes no more of them: it is opened anew before the next one."""
        free = shutil.disk_usage(self._path).free
        if free < self._least_free:
            raise StoreFailed(f"the disk of {self._path} is full: {free:,} bytes are free")
        if collection in self._failed:
            self._reopen(collection)
        self._failed.add(collection)
        shard = self._shards[collection]
        for operation in operations:
            shard.update(operation)
        shard.flush()
        self._failed.discard(collection)

    def _reopen(self, collection: str) -> None:
        shard = self._shards[collection]
        with suppress(Exception):  # what it can't write any more; the engine raises bare `Exception` alone
            shard.close()
        self._shards[collection] = edge.EdgeShard.load(str(self._path / collection))

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
