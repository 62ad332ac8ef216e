"""The state of the knowledge index, and indexing on request."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from time import perf_counter

from chassis.errors import ServiceError, UpstreamFailed

from ...core.catalog import Catalog
from ...core.qdrant import StoreFailed
from .indexer import IndexProgress, IndexReport, KnowledgeIndexer, Progress, untold
from .worker import IndexWorker, OverlayPoller


@dataclass(frozen=True, slots=True)
class FrameworkState:
    entries: int
    indexed: int
    revision: int
    embedding_fingerprint: str


@dataclass(frozen=True, slots=True)
class WholeScreen:
    """An example that is a whole screen: prompts for its pattern may carry it."""

    id: str
    framework: str
    pattern: str
    title: str
    origin: str
    source: str
    indexed: bool


@dataclass(frozen=True, slots=True)
class IndexEnd:
    """How a run that was followed ended: with a report, or with what went wrong."""

    ms: float
    report: IndexReport | None = None
    error: ServiceError | None = None


class KnowledgeService:
    def __init__(
        self, *, catalog: Catalog, indexer: KnowledgeIndexer, worker: IndexWorker, poller: OverlayPoller
    ) -> None:
        self._catalog = catalog
        self._indexer = indexer
        self._worker = worker
        self._poller = poller
        self._runs: set[asyncio.Task[None]] = set()

    def status(self) -> dict[str, FrameworkState]:
        state = self._indexer.state
        return {
            name: FrameworkState(
                entries=len(self._catalog.entries(name)),
                indexed=(state.indexed or {}).get(name, 0),
                revision=state.revision,
                embedding_fingerprint=state.fingerprint,
            )
            for name in self._catalog.frameworks
        }

    def examples(self, *, framework: str | None, pattern: str | None, origin: str | None) -> list[WholeScreen]:
        """Whole screens: the packs' own, and those that were accepted and approved; `indexed`: searches find it."""
        indexed = self._indexer.state.revision >= self._catalog.revision
        return [
            WholeScreen(entry_id, name, screen.pattern, entry.title.en, entry.origin, entry.source, indexed)
            for name in self._catalog.frameworks
            if framework in {None, name}
            for entry_id, screen in self._catalog.screens(name).items()
            if pattern in {None, screen.pattern}
            and (entry := self._catalog.entries(name)[entry_id]).origin == (origin or entry.origin)
        ]

    async def index(self, *, everything: bool = False, tell: Progress = untold) -> IndexReport:
        """Reads packs and overlays again, and brings the store to them.

        Raises:
            UpstreamFailed: the store did not answer (embedding-service's errors pass as they are).
        """
        try:
            return await self._worker.run_now(self._refresh, everything=everything, tell=tell)
        except StoreFailed as error:
            raise UpstreamFailed(f"The vector store did not answer: {error}.") from error

    async def follow_index(self, *, everything: bool) -> AsyncIterator[IndexProgress | IndexEnd]:
        """A run as it goes; its last item is its end. Whoever stops listening does not stop the run."""
        heard: asyncio.Queue[IndexProgress | IndexEnd] = asyncio.Queue()
        task = asyncio.create_task(self._told_run(heard, everything=everything), name="index-on-request")
        self._runs.add(task)
        task.add_done_callback(self._runs.discard)
        while True:
            item = await heard.get()
            yield item
            if isinstance(item, IndexEnd):
                return

    async def _told_run(self, heard: asyncio.Queue[IndexProgress | IndexEnd], *, everything: bool) -> None:
        started = perf_counter()
        report, failure = None, None
        try:
            report = await self.index(everything=everything, tell=heard.put_nowait)
        except ServiceError as error:
            failure = error
        heard.put_nowait(IndexEnd((perf_counter() - started) * 1000, report, failure))

    async def _refresh(self) -> None:
        await asyncio.to_thread(self._catalog.reload_packs)
        await self._poller.poll()
