"""One generation in this process: its pipeline, its state, and its log as the pipeline sees it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

from ..pipeline.draft import Draft
from ..pipeline.ports import Sink
from .log_writer import LogWriter

_ANSWER_POLL_S = 1.0


class PipelineRun(Protocol):
    async def run(self, draft: Draft, sink: Sink) -> None: ...


@dataclass(slots=True)
class Run:
    """One generation in this process."""

    draft: Draft
    work: asyncio.Task[None] | None = None
    """The pipeline alone: its cancellation leaves the writing of the end in peace."""
    created: bool = False
    stopped: bool = False
    cancelled: bool = False
    lost: bool = False
    ending: bool = False
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    def stop(self) -> None:
        self.stopped = True
        if self.work is not None:
            self.work.cancel()

    async def through(self, pipeline: PipelineRun, sink: Sink) -> None:
        """The pipeline, from its start to its end, however that comes."""
        self.work = asyncio.create_task(pipeline.run(self.draft, sink), name=f"pipeline-{self.draft.order.id}")
        if self.stopped:
            self.work.cancel()
        try:
            await self.work
        finally:
            self.ending = True


class RunSink:
    """A run's log as the pipeline sees it."""

    def __init__(self, run: Run, log: LogWriter, answer: Callable[[str, str], Awaitable[str | None]]) -> None:
        self._run, self._log, self._answer = run, log, answer
        self.emit = log.emit
        self.record = log.record
        self.room = log.room

    async def answer(self, question_id: str, *, within_s: float) -> str | None:
        """Woken by a notification; asks the store each second all the same."""
        until = time.monotonic() + within_s
        while True:
            self._run.answered.clear()
            value = await self._answer(self._run.draft.order.id, question_id)
            left = until - time.monotonic()
            if value is not None or left <= 0:
                return value
            try:
                async with asyncio.timeout(min(left, _ANSWER_POLL_S)):
                    await self._run.answered.wait()
            except TimeoutError:
                continue
