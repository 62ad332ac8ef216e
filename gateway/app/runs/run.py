"""One generation in this process: its pipeline, its state, and its log as the pipeline sees it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from ..pipeline.draft import Draft
from ..pipeline.ports import Sink
from .log_writer import LogWriter
from .resumption import Prior

_ANSWER_POLL_S = 1.0
_COUNTED = frozenset({"delta", "reset"})

Letting = Literal["", "hand_over", "queue_again"]
"""How a run is let go before its end: not at all, to any replica, or to a job."""


class PipelineRun(Protocol):
    async def run(self, draft: Draft, sink: Sink) -> None: ...


@dataclass(slots=True)
class Run:
    """One generation in this process, under the epoch of its lease. `retries_left`: of the job that runs it."""

    draft: Draft
    epoch: int = 1
    prior: Prior = field(default_factory=lambda: Prior(seq=1))
    retries_left: int = 0
    queue: str = ""
    taken_over: bool = False
    """Whether an earlier owner was lost, and the client should hear of it."""
    work: asyncio.Task[None] | None = None
    """The pipeline alone: its cancellation leaves the writing of the end in peace."""
    created: bool = False
    stopped: bool = False
    cancelled: bool = False
    lost: bool = False
    letting: Letting = ""
    ending: bool = False
    waiting: bool = False
    """Whether the user was asked, and nothing has come since."""
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    def stop(self) -> None:
        self.stopped = True
        if self.work is not None:
            self.work.cancel()

    async def through(self, pipeline: PipelineRun, sink: Sink) -> None:
        """The pipeline, from its start to its end, however that comes.

        Raises:
            TimeoutError: the caller's time was over first.
        """
        self.work = asyncio.create_task(pipeline.run(self.draft, sink), name=f"pipeline-{self.draft.order.id}")
        if self.stopped:
            self.work.cancel()
        left = self.draft.left_s()
        try:
            async with asyncio.timeout(left if left < float("inf") else None):
                await self.work
        finally:
            self.ending = True


class RunSink:
    """A run's log as the pipeline sees it; attempts go on counting where an earlier owner's ended."""

    def __init__(self, run: Run, log: LogWriter, answer: Callable[[str, str], Awaitable[str | None]]) -> None:
        self._run, self._log, self._answer = run, log, answer
        self.record = log.record
        self.room = log.room
        self.stage = ""

    def emit(self, type_: str, data: Mapping[str, Any]) -> None:
        if type_ == "stage":
            self.stage = str(data["stage"])
        if self._run.prior.attempts and type_ in _COUNTED:
            data = {**data, "attempt": data["attempt"] + self._run.prior.attempts}
        self._log.emit(type_, data)

    async def answer(self, question_id: str, *, within_s: float) -> str | None:
        """Woken by a notification; asks the store each second all the same."""
        until = time.monotonic() + within_s
        self._run.waiting = True
        try:
            return await self._awaited(question_id, until)
        finally:
            self._run.waiting = False

    async def _awaited(self, question_id: str, until: float) -> str | None:
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
