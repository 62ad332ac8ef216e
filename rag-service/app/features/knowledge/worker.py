"""Background work: index at the start and after changes, poll the admin's overlays."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from chassis.errors import ServiceError
from chassis.logging import get_logger

from ...core.catalog import Catalog
from ...core.clients.admin import Revision
from ...core.qdrant import StoreFailed
from .indexer import IndexProgress, IndexReport, KnowledgeIndexer, Progress, untold

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.25, 2.0
"""Short, for searches have keywords alone meanwhile; most often the embedding model is being loaded."""
_PAUSE_AFTER_A_BUG_S = 15.0
_log = get_logger(__name__)


class IndexWorker:
    """Runs the indexer whenever the catalog has changed, and again until it has succeeded."""

    def __init__(self, indexer: KnowledgeIndexer) -> None:
        self._indexer = indexer
        self._wanted = asyncio.Event()
        self._wanted.set()
        self._lock = asyncio.Lock()

    def request(self) -> None:
        """Asks for a run soon; may be called often."""
        self._wanted.set()

    async def run_now(
        self, prepare: Callable[[], Awaitable[None]] | None = None, *, everything: bool = False, tell: Progress = untold
    ) -> IndexReport:
        """One run, after `prepare`; runs never overlap."""
        if self._lock.locked():
            tell(IndexProgress("waiting"))
        async with self._lock:
            if prepare is not None:
                await prepare()
            return await self._indexer.run(everything=everything, tell=tell)

    async def run_forever(self) -> None:
        pause = _FIRST_PAUSE_S
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            try:
                if not self._indexer.state.collection:
                    await self._indexer.adopt()
                report = await self.run_now()
                _log.info("knowledge_indexed", embedded=report.embedded, deleted=report.deleted)
                pause = _FIRST_PAUSE_S
            except (ServiceError, StoreFailed) as error:
                _log.info("knowledge_not_indexed_yet", reason=str(error))
                self._wanted.set()
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_S)
            except Exception as error:  # noqa: BLE001 - the outermost loop: one bad run must not end the worker
                _log.error("knowledge_index_failed", exc_info=error)
                await asyncio.sleep(_PAUSE_AFTER_A_BUG_S)
                self._wanted.set()


class OverlayPoller:
    """Polls admin-service by ETag; what was known last goes on holding while it is away."""

    def __init__(self, *, admin: Any, catalog: Catalog, every_s: float) -> None:
        self._every_s = every_s
        self._etags: dict[str, str] = {}
        self._sources: dict[str, tuple[Callable[[str], Awaitable[Revision[Any] | None]], Callable[[Any], None]]] = {
            "settings": (admin.settings, catalog.set_settings),
            "templates": (admin.templates, catalog.set_templates),
            "knowledge": (admin.knowledge, catalog.set_knowledge),
        }

    async def poll(self) -> None:
        """One round; a source that fails is left as it was."""
        for name, (read, take) in self._sources.items():
            try:
                revision = await read(self._etags.get(name, ""))
            except ServiceError as error:
                _log.debug("overlay_not_read", source=name, reason=str(error))
                continue
            if revision is not None:
                self._etags[name] = revision.etag
                take(revision.document)

    async def run_forever(self) -> None:
        while True:
            try:
                await self.poll()
            except Exception as error:  # noqa: BLE001 - the outermost loop: polling goes on
                _log.error("overlay_poll_failed", exc_info=error)
            await asyncio.sleep(self._every_s)
