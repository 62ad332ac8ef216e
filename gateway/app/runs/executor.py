"""Runs generations as tasks of their own, detached from whoever asked for them."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from chassis.deadlines import clear_deadline
from chassis.errors import ServiceError, Unavailable, problem
from chassis.logging import get_logger

from ..pipeline.draft import Draft
from ..pipeline.ports import Sink
from ..pipeline.result import completed, record
from ..storage.events import EventStore
from ..storage.generations import GenerationStore
from ..storage.leases import LeaseStore
from ..storage.records import Event, LeaseLost, StoreUnavailable
from .hub import Hub
from .log_writer import LogWriter
from .measures import Measures

PATIENCE_S = 10.0
"""How long a run waits for a database that is away."""
_ANSWER_POLL_S = 1.0
_RETRY_S = 0.25
_log = get_logger(__name__)


class PipelineRun(Protocol):
    async def run(self, draft: Draft, sink: Sink) -> None: ...


@dataclass(frozen=True, slots=True)
class Stores:
    events: EventStore
    generations: GenerationStore
    leases: LeaseStore


@dataclass(slots=True)
class Run:
    """One generation in this process."""

    draft: Draft
    work: asyncio.Task[None] | None = None
    """The pipeline alone: its cancellation leaves the writing of the end in peace."""
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


class Executor:
    def __init__(self, *, stores: Stores, hub: Hub, pipeline: PipelineRun, measures: Measures, window_s: float) -> None:
        self._stores, self._hub, self._pipeline = stores, hub, pipeline
        self._measures, self._window_s = measures, window_s
        self._runs: dict[str, Run] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False

    @property
    def running(self) -> int:
        return len(self._runs)

    async def start(self, draft: Draft) -> Event:
        """Creates the generation and starts it; gives its first event, which is committed."""
        if self._closing:
            raise Unavailable("The gateway is stopping.", retry_after_s=2)
        order = draft.order
        first = Event(1, "created", order.created_at, {
            "generation_id": order.id, "session_id": order.session_id, "prompt": order.prompt,
            "framework": order.framework, "mode": order.mode, "model": order.model,
        })  # fmt: skip
        await self._stores.leases.create(_columns(draft), first)
        run = Run(draft)
        self._runs[order.id] = run
        task = asyncio.create_task(self._execute(run), name=f"generation-{order.id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return first

    def cancel(self, generation_id: str) -> None:
        """Cancels where this process runs it; does nothing elsewhere."""
        run = self._runs.get(generation_id)
        if run is not None:
            run.cancelled = True
            run.stop()

    def answered(self, generation_id: str) -> None:
        """An answer may have come."""
        run = self._runs.get(generation_id)
        if run is not None:
            run.answered.set()

    def runs(self, generation_id: str) -> bool:
        """Whether this process runs it, and so publishes its events itself."""
        return generation_id in self._runs

    def ids(self) -> set[str]:
        return set(self._runs)

    def check(self, before: set[str], held: Mapping[str, bool]) -> None:
        """After a renewal (id → cancel requested): of those that ran `before` it, what is not held is let go."""
        for generation_id, run in list(self._runs.items()):
            if held.get(generation_id):
                self.cancel(generation_id)
            elif generation_id in before and generation_id not in held and not run.ending:
                self._lose(run)

    async def aclose(self) -> None:
        """Ends what still runs, as failed, with the reason."""
        self._closing = True
        for run in self._runs.values():
            run.stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _execute(self, run: Run) -> None:
        clear_deadline()
        generation_id = run.draft.order.id
        log = LogWriter(
            generation_id,
            epoch=1,
            log=self._stores.events,
            publish=self._hub.publish,
            window_s=self._window_s,
            patience_s=PATIENCE_S,
            on_lost=lambda: self._lose(run),
        )
        try:
            type_, trouble = await self._outcome(run, log)
            events, columns = await log.close()
            if not run.lost:
                columns |= record(run.draft, type_, trouble)
                data = {"problem": trouble} if trouble else completed(run.draft) if type_ == "completed" else {}
                await self._finish(generation_id, [*events, log.next_event(type_, data)], columns)
                self._measures.ended(run.draft, type_)
        except LeaseLost:
            _log.warning("lease_lost", generation_id=generation_id)
        finally:
            del self._runs[generation_id]

    async def _outcome(self, run: Run, log: LogWriter) -> tuple[str, dict[str, Any] | None]:
        """How the pipeline ended: the terminal event's type, and the problem where it failed."""
        sink = RunSink(run, log, self._stores.generations.answer)
        try:
            await run.through(self._pipeline, sink)
        except asyncio.CancelledError:
            if run.cancelled:
                return "cancelled", None
            return "failed", _problem(run, Unavailable(run.draft.say("stopped"), code="gateway_stopped"))
        except ServiceError as error:
            return "failed", _problem(run, error)
        except Exception as error:  # noqa: BLE001 - the outermost loop of a run: its end has to be written
            _log.error("generation_failed_unexpectedly", generation_id=run.draft.order.id, exc_info=error)
            return "failed", _problem(run, ServiceError("The gateway failed on this request; its log has the reason."))
        return "completed", None

    async def _finish(self, generation_id: str, events: list[Event], columns: dict[str, Any]) -> None:
        give_up = time.monotonic() + PATIENCE_S
        while True:
            try:
                await self._stores.leases.finish(generation_id, 1, events, columns)
                break
            except StoreUnavailable:
                if time.monotonic() > give_up:
                    raise LeaseLost(generation_id) from None
                await asyncio.sleep(_RETRY_S)
        self._hub.publish(generation_id, events)

    @staticmethod
    def _lose(run: Run) -> None:
        run.lost = True
        run.stop()


def _problem(run: Run, error: ServiceError) -> dict[str, Any]:
    return problem(error, instance=f"/api/v1/generations/{run.draft.order.id}")


def _columns(draft: Draft) -> dict[str, Any]:
    order = draft.order
    return {
        "id": order.id,
        "created_at": order.created_at,
        "user_id": order.user_id,
        "role": order.role,
        "session_id": order.session_id,
        "base_generation_id": order.base.generation_id if order.base else None,
        "channel": order.channel,
        "prompt": order.prompt,
        "request": order.request,
        "mode": order.mode,
        "model": order.model,
        "framework": order.framework,
        "status": "running",
    }
