"""Runs generations as tasks of their own, detached from whoever asked for them."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chassis.deadlines import clear_deadline
from chassis.errors import ServiceError, Unavailable, problem
from chassis.logging import get_logger

from ..pipeline.draft import Draft
from ..pipeline.result import completed, record
from ..storage.events import EventStore
from ..storage.generations import GenerationStore
from ..storage.leases import LeaseStore
from ..storage.records import Event, LeaseLost, StoreUnavailable
from .hub import Hub
from .log_writer import LogWriter
from .measures import Measures
from .run import PipelineRun, Run, RunSink

PATIENCE_S = 10.0
"""How long a run waits for a database that is away."""
_RETRY_S = 0.25
_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Stores:
    events: EventStore
    generations: GenerationStore
    leases: LeaseStore


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
        """Creates the generation and starts it; gives its first event, which is committed.

        The pipeline starts beside the creation, not behind it; its events are committed when there is a row.
        """
        if self._closing:
            raise Unavailable("The gateway is stopping.", retry_after_s=2)
        order = draft.order
        first = Event(1, "created", order.created_at, {
            "generation_id": order.id, "session_id": order.session_id, "prompt": order.prompt,
            "framework": order.framework, "mode": order.mode, "model": order.model,
        })  # fmt: skip
        run = Run(draft)
        self._runs[order.id] = run
        creation = asyncio.create_task(self._create(run, first), name=f"creation-{order.id}")
        task = asyncio.create_task(self._execute(run, creation), name=f"generation-{order.id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await asyncio.shield(creation)
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
        """The generations that have a row, and so a lease."""
        return {generation_id for generation_id, run in self._runs.items() if run.created}

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

    async def _create(self, run: Run, first: Event) -> None:
        try:
            await self._stores.leases.create(_columns(run.draft), first)
        except StoreUnavailable:
            self._lose(run)
            raise
        run.created = True

    async def _execute(self, run: Run, creation: "asyncio.Task[None]") -> None:
        clear_deadline()
        generation_id = run.draft.order.id
        log = LogWriter(
            generation_id,
            epoch=1,
            begun=creation,
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
