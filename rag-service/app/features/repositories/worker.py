"""Indexes repositories in the background, one after the other; what a restart broke off goes on."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from chassis.errors import ServiceError
from chassis.logging import get_logger

from ...core.qdrant import StoreFailed
from .cloning import CloneFailed, clone
from .indexer import CodeIndexer, Stopped
from .records import Progress, Record, Registry

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 15.0
_log = get_logger(__name__)


class _SourceGone(Exception):
    """The files are not where the record says."""


class RepositoryWorker:
    def __init__(self, *, registry: Registry, indexer: CodeIndexer, git_limit_s: float) -> None:
        self._registry = registry
        self._indexer = indexer
        self._git_limit_s = git_limit_s
        self._wanted = asyncio.Event()
        self._wanted.set()

    def request(self) -> None:
        """Says that there is something queued."""
        self._wanted.set()

    async def run_forever(self) -> None:
        for record in self._registry:
            if record.state == "indexing":  # a process that ended left it so
                self._registry.put(replace(record, state="queued"))
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            while (queued := self._next()) is not None:
                try:
                    await self._until_done(queued)
                except OSError as error:  # of the record itself: the disk is full
                    _log.error("repository_state_not_written", repository=queued.name, reason=str(error))
                    self._registry.remember(replace(queued, state="queued", message=f"Waiting: {error.strerror}"))
                    await asyncio.sleep(_LONGEST_PAUSE_S)

    def _next(self) -> Record | None:
        return next((record for record in self._registry if record.state == "queued"), None)

    async def _until_done(self, queued: Record) -> None:
        """Again and again while a peer is away; what is done meanwhile stays done."""
        pause = _FIRST_PAUSE_S
        record = self._registry.put(replace(queued, state="indexing", message=""))
        while True:
            try:
                await self._index(record)
            except (ServiceError, StoreFailed) as error:
                _log.info("repository_waits", repository=record.name, reason=str(error))
                current = self._registry.get(record.id)
                if current is None or not self._is_wanted(record):
                    return
                record = self._registry.put(replace(current, message=f"Waiting: {error}"))
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_S)
                continue
            except Stopped:
                await self._purged(record.id)
            except (_SourceGone, CloneFailed, OSError) as error:
                self._end(record, state="failed", message=str(error))
            except Exception as error:  # noqa: BLE001 - the outermost loop: one repository must not end the worker
                _log.error("repository_index_failed", repository=record.name, exc_info=error)
                self._end(record, state="failed", message=f"{type(error).__name__}")
            return

    async def _index(self, record: Record) -> None:
        root = await self._root(record)

        def report(progress: Progress) -> None:
            if not self._is_wanted(record):
                raise Stopped
            self._registry.progress(record.id, progress)

        report(Progress())
        indexed = await self._indexer.run(record, root, report)
        await asyncio.to_thread(self._keep, record, root, indexed.whole)
        report((self._registry.get(record.id) or record).progress)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._end(record, state="ready", message="", fingerprint=indexed.fingerprint, indexed_at=now)
        await asyncio.to_thread(self._registry.clear_tree, record.id)
        await self._indexer.drop_others({item.fingerprint for item in self._registry if item.fingerprint})

    def _keep(self, record: Record, root: Path, paths: list[str]) -> None:
        """Before a tree of ours goes. A search does without: a full disk takes no repository from it."""
        if record.source == "path":
            self._registry.kept.remove(record.id)
            return
        try:
            self._registry.kept.keep(record.id, root, paths)
        except (OSError, ValueError) as error:
            self._registry.kept.remove(record.id)
            _log.warning("repository_files_not_kept", repository=record.name, reason=str(error))

    def _is_wanted(self, record: Record) -> bool:
        """Not where it was deleted, nor where it was deleted and given anew."""
        current = self._registry.get(record.id)
        return current is not None and current.state == "indexing"

    def _end(self, record: Record, **changes: object) -> None:
        current = self._registry.get(record.id)
        if current is not None:
            self._registry.put(replace(current, **changes))  # type: ignore[arg-type]

    async def _purged(self, repository_id: str) -> None:
        self._registry.kept.remove(repository_id)
        try:
            await self._indexer.purge(repository_id)
        except StoreFailed as error:
            _log.warning("repository_not_purged", reason=str(error))

    async def _root(self, record: Record) -> Path:
        if record.source == "path":
            root = Path(record.location)
        else:
            root = self._registry.tree(record.id)
            if record.source == "git" and not root.is_dir():
                filled = await asyncio.to_thread(self._registry.new_tree, record.id)
                await clone(record.location, record.branch, filled, limit_s=self._git_limit_s)
                await asyncio.to_thread(self._registry.take_tree, record.id, filled)
        if not root.is_dir():
            raise _SourceGone("The files are not there any more.")
        return root
