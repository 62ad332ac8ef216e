"""Backup and restore of the vector store, collection by collection, embedded or server."""

import asyncio
import gzip
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from chassis.errors import FieldError, NotFound, Unavailable, Unprocessable, UpstreamFailed
from chassis.logging import get_logger

from ...core.qdrant import Point, StoreFailed, VectorStore, keywords_of
from .disk import append_part, counted, removed, text_of, write_page
from .files import (
    BrokenSnapshot,
    SnapshotLine,
    read_lines,
    write_end,
    write_head,
    write_repository,
)

_NAME = re.compile(r"^[0-9]{8}T[0-9]{12}Z\.jsonl\.gz$")
_BATCH = 256
_KEPT = 5
"""Snapshots that stay in the folder: a backup takes its own away, and the next one must find room."""
_PAUSE_S = 2.0
_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Snapshot:
    name: str
    size: int
    points: dict[str, int]


class RepositoryRecords(Protocol):
    """What is known of the indexed repositories: their vectors can't be found without it."""

    def documents(self) -> list[dict[str, Any]]: ...

    def restore(self, documents: Sequence[Mapping[str, Any]]) -> None:
        """Puts these in the place of those that are there."""
        ...


class SnapshotService:
    def __init__(
        self, *, store: VectorStore, records: RepositoryRecords, folder: Path, restored: Callable[[], None]
    ) -> None:
        """`restored` is called after a restore: the index has to be looked at again."""
        self._store = store
        self._records = records
        self._folder = folder
        self._restored = restored
        self._mark = folder / "restoring"
        self._lock = asyncio.Lock()

    async def create(self) -> Snapshot:
        """Writes all collections to a new file; it gets its name when it is whole."""
        async with self._lock:
            now = datetime.now(UTC)
            path = self._folder / f"{now:%Y%m%dT%H%M%S%f}Z.jsonl.gz"
            partial = path.with_suffix(".partial")
            try:
                await asyncio.to_thread(self._folder.mkdir, parents=True, exist_ok=True)
                counts = await self._write(partial, created_at=now.isoformat())
                await asyncio.to_thread(partial.rename, path)
                for name, _ in (await self.names())[_KEPT:]:
                    await asyncio.to_thread(removed, self._folder / name)
            except StoreFailed as error:
                raise UpstreamFailed(f"The vector store did not answer: {error}.") from error
            except OSError as error:
                raise Unavailable(f"The snapshot can't be written: {error.strerror}.") from error
            finally:
                await asyncio.to_thread(removed, partial)
            return Snapshot(path.name, path.stat().st_size, counts)

    async def names(self) -> list[tuple[str, int]]:
        """Names and sizes, newest first."""
        return await asyncio.to_thread(self._names)

    def path_of(self, name: str) -> Path:
        """Where a snapshot is.

        Raises:
            NotFound: there is none of that name.
        """
        path = self._folder / name
        if not _NAME.match(name) or not path.is_file():
            raise NotFound(f"There is no snapshot {name}.")
        return path

    async def restore(self, name: str) -> Snapshot:
        """Puts the snapshot's collections in the place of those that are there. The file is read whole before that.

        Raises:
            NotFound: there is no such snapshot.
            Unprocessable: the file is damaged; nothing was changed.
            UpstreamFailed: the store did not answer; `finish` goes on with it.
            Unavailable: the disk is full.
        """
        path = self.path_of(name)
        async with self._lock:
            try:
                counts = await asyncio.to_thread(counted, path)
                await asyncio.to_thread(self._mark.write_text, name, encoding="utf-8")
                await self._replace(path, counts)
                await asyncio.to_thread(removed, self._mark)
            except BrokenSnapshot as error:
                raise Unprocessable(f"The snapshot can't be restored: {error}.", code="broken_snapshot") from error
            except StoreFailed as error:
                raise UpstreamFailed(f"The vector store did not answer: {error}.") from error
            except OSError as error:
                raise Unavailable(f"The restore can't be noted: {error.strerror}.") from error
            self._restored()
            return Snapshot(name, path.stat().st_size, counts)

    async def finish(self) -> None:
        """Goes on with a restore that an end of the process broke off; tries until the store answers."""
        while name := await asyncio.to_thread(text_of, self._mark):
            _log.warning("restore_goes_on", snapshot=name)
            try:
                await self.restore(name)
            except (NotFound, Unprocessable) as error:
                _log.error("restore_given_up", snapshot=name, reason=str(error))
                await asyncio.to_thread(removed, self._mark)
            except (UpstreamFailed, Unavailable) as error:
                _log.warning("restore_waits", snapshot=name, reason=str(error))
                await asyncio.sleep(_PAUSE_S)

    async def receive(self, name: str, *, offset: int, content: bytes) -> int:
        """Writes a part of a file that comes from elsewhere; its size so far. A first part starts it anew.

        Raises:
            Unprocessable: the name is no snapshot's, or the part does not follow the one before.
            Unavailable: the disk is full.
        """
        if not _NAME.match(name):
            message = "must be a snapshot's own name"
            raise Unprocessable(f"`name` {message}.", errors=[FieldError("name", message)])
        try:
            return await asyncio.to_thread(append_part, self._folder, name, offset, content)
        except OSError as error:
            raise Unavailable(f"The part can't be written: {error.strerror}.") from error

    async def received(self, name: str) -> Snapshot:
        """Takes a file up among the snapshots, when all its parts are there.

        Raises:
            NotFound: no part of it has come.
            Unprocessable: it is damaged, or not all of it has come.
        """
        partial = self._folder / f"{name}.part"
        if not _NAME.match(name) or not partial.is_file():
            raise NotFound(f"No part of {name} has come.")
        try:
            counts = await asyncio.to_thread(counted, partial)
        except BrokenSnapshot as error:
            raise Unprocessable(f"It can't be taken up: {error}.", code="broken_snapshot") from error
        await asyncio.to_thread(partial.rename, self._folder / name)
        return Snapshot(name, self.path_of(name).stat().st_size, counts)

    async def _write(self, path: Path, *, created_at: str) -> dict[str, int]:
        counts: dict[str, int] = {}
        with gzip.open(path, "wb", compresslevel=3) as file:
            write_head(file, created_at=created_at)
            for collection in await self._store.collections():
                counts[collection] = 0
                async for page in self._store.points(collection):
                    await asyncio.to_thread(write_page, file, collection, page)
                    counts[collection] += len(page)
            counts = {collection: count for collection, count in counts.items() if count}
            documents = self._records.documents()
            for document in documents:
                write_repository(file, document)
            write_end(file, counts, len(documents))
        return counts

    async def _replace(self, path: Path, counts: dict[str, int]) -> None:
        for collection in set(counts) & set(await self._store.collections()):
            await self._store.drop(collection)
        lines = read_lines(path)
        repositories: list[dict[str, Any]] = []
        while batch := await asyncio.to_thread(lambda: list(islice(lines, _BATCH))):
            points: dict[str, list[Point]] = {}
            for line in batch:
                if isinstance(line, SnapshotLine):
                    points.setdefault(line.collection, []).append(line.point)
                else:
                    repositories.append(line.document)
            for collection, found in points.items():
                await self._store.ensure(collection, dimension=len(found[0].dense), keywords=keywords_of(collection))
                await self._store.upsert(collection, found)
        await asyncio.to_thread(self._records.restore, repositories)

    def _names(self) -> list[tuple[str, int]]:
        if not self._folder.is_dir():
            return []
        files = [(path.name, path.stat().st_size) for path in self._folder.iterdir() if _NAME.match(path.name)]
        return sorted(files, reverse=True)
