"""The course of one generation in this process: its pipeline, and what becomes of it in the end."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

from chassis.errors import ServiceError, Unavailable, UpstreamTimedOut, problem
from chassis.logging import get_logger

from ..pipeline.result import completed, record
from ..storage.events import EventStore
from ..storage.generations import GenerationStore
from ..storage.jobs import RUN_GENERATION, Job
from ..storage.leases import LeaseStore
from ..storage.orphans import OrphanStore
from ..storage.records import Event, LeaseLost, StoreUnavailable, now
from .hub import Hub
from .log_writer import LogWriter
from .measures import Measures
from .run import PipelineRun, Run, RunSink

PATIENCE_S = 10.0
"""How long a run waits for a database that is away."""
RETRIES, RETRY_PAUSE_S = 3, 10
"""R2.2: what a job does again, and after how many seconds."""
DEADLINE_EXCEEDED = "deadline_exceeded"
UNEXPECTED = "The gateway failed on this request; its log has the reason."
_RETRY_S = 0.25
_log = get_logger(__name__)

Course = Literal["ended", "let_go", "lost"]


@dataclass(frozen=True, slots=True)
class Stores:
    events: EventStore
    generations: GenerationStore
    leases: LeaseStore
    orphans: OrphanStore


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the pipeline ended; `stopped`: somebody else goes on with it."""

    type: Literal["completed", "failed", "cancelled", "stopped"]
    error: ServiceError | None = None


class Execution:
    """What all runs of a process share: from the start of a pipeline to the commit that ends or releases it."""

    def __init__(self, *, stores: Stores, hub: Hub, pipeline: PipelineRun, measures: Measures, window_s: float) -> None:
        self._stores, self._hub, self._pipeline = stores, hub, pipeline
        self._measures, self._window_s = measures, window_s

    async def through(self, run: Run, begun: Awaitable[None], on_lost: Callable[[], None]) -> Course:
        """Runs the pipeline and writes its end, unless the generation has become somebody else's."""
        generation_id = run.draft.order.id
        log = LogWriter(
            generation_id,
            epoch=run.epoch,
            seq=run.prior.seq,
            begun=begun,
            log=self._stores.events,
            publish=self._hub.publish,
            window_s=self._window_s,
            patience_s=PATIENCE_S,
            on_lost=on_lost,
        )
        try:
            return await self._to_its_end(run, log)
        except LeaseLost:
            _log.warning("lease_lost", generation_id=generation_id)
            return "lost"

    async def _to_its_end(self, run: Run, log: LogWriter) -> Course:
        outcome = await self._outcome(run, log)
        try:
            events, columns = await log.close()
            return "lost" if run.lost else await self._settle(run, log, outcome, events, columns)
        except LeaseLost:
            raise
        except Exception as error:  # noqa: BLE001 - what can't be written would be written again by each next owner
            _log.error("end_refused", generation_id=run.draft.order.id, exc_info=error)
            return await self._end_barely(run, log)

    async def _outcome(self, run: Run, log: LogWriter) -> Outcome:
        sink = RunSink(run, log, self._stores.generations.answer)
        draft = run.draft
        if run.prior.voided:
            sink.emit("reset", {"stage": "engine", "attempt": 0, "reason": draft.say("taken_over")})
        if run.taken_over:
            draft.warn(sink, "taken_over", draft.say("taken_over"))
        try:
            await run.through(self._pipeline, sink)
        except asyncio.CancelledError:
            return _stopped(run)
        except TimeoutError:
            message = draft.say("deadline", stage=sink.stage or "–")
            return Outcome("failed", UpstreamTimedOut(message, code=DEADLINE_EXCEEDED))
        except ServiceError as error:
            return Outcome("failed", error)
        except Exception as error:  # noqa: BLE001 - the outermost loop of a run: its end has to be written
            _log.error("generation_failed_unexpectedly", generation_id=draft.order.id, exc_info=error)
            return Outcome("failed", ServiceError(UNEXPECTED))
        return Outcome("completed")

    async def _settle(
        self, run: Run, log: LogWriter, outcome: Outcome, events: list[Event], columns: dict[str, Any]
    ) -> Course:
        generation_id, leases = run.draft.order.id, self._stores.leases
        columns.pop("status", None)
        if outcome.type == "stopped":
            if run.letting == "hand_over":
                await self._persist(lambda: leases.hand_over(generation_id, run.epoch, events, columns))
            else:
                await self._persist(lambda: leases.queue_again(generation_id, run.epoch, events, columns, None))
            self._publish(generation_id, events)
            return "let_go"
        if outcome.error is not None and run.retries_left and _passing(outcome.error):
            await self._retry_later(run, log, outcome.error, events, columns)
            return "let_go"
        trouble = _problem(run, outcome.error) if outcome.error else None
        data = {"problem": trouble} if trouble else completed(run.draft) if outcome.type == "completed" else {}
        events = [*events, log.next_event(outcome.type, data)]
        columns |= record(run.draft, outcome.type, trouble)
        await self._persist(lambda: leases.finish(generation_id, run.epoch, events, columns))
        self._publish(generation_id, events)
        self._measures.ended(run.draft, outcome.type)
        return "ended"

    async def _end_barely(self, run: Run, log: LogWriter) -> Course:
        """Ends the generation as failed, with nothing of what PostgreSQL refused."""
        generation_id = run.draft.order.id
        trouble = _problem(run, ServiceError(UNEXPECTED))
        end = Event(log.committed_seq + 1, "failed", now(), {"problem": trouble})
        columns = {"status": "failed", "problem": trouble, "duration_ms": run.draft.elapsed_ms()}
        await self._persist(lambda: self._stores.leases.finish(generation_id, run.epoch, [end], columns))
        self._publish(generation_id, [end])
        self._measures.ended(run.draft, "failed")
        return "ended"

    async def _retry_later(
        self, run: Run, log: LogWriter, error: ServiceError, events: list[Event], columns: dict[str, Any]
    ) -> None:
        """The generation goes back into its queue, with a job that runs it after a pause."""
        draft, attempt = run.draft, RETRIES - run.retries_left + 1
        message = draft.say(
            "retrying", seconds=RETRY_PAUSE_S, attempt=attempt, attempts=RETRIES, reason=error.detail
        )  # fmt: skip
        reset = {"stage": "engine", "attempt": run.prior.attempts, "reason": error.detail}
        events = [
            *events,
            log.next_event("reset", reset),
            log.next_event("warning", {"code": "retrying", "message": message}),
        ]
        arguments = {"generation_id": draft.order.id, "attempt": attempt + 1}
        job = Job(RUN_GENERATION, run.queue, arguments, delay_s=RETRY_PAUSE_S)
        leases = self._stores.leases
        await self._persist(lambda: leases.queue_again(draft.order.id, run.epoch, events, columns, job))
        self._publish(draft.order.id, events)

    async def _persist(self, write: Callable[[], Awaitable[None]]) -> None:
        """Writes, again and again while the database is away.

        Raises:
            LeaseLost: the generation is not ours any more, or the database was away for too long.
        """
        give_up = time.monotonic() + PATIENCE_S
        while True:
            try:
                await write()
            except StoreUnavailable:
                if time.monotonic() > give_up:
                    raise LeaseLost from None
                await asyncio.sleep(_RETRY_S)
            else:
                return

    def _publish(self, generation_id: str, events: list[Event]) -> None:
        if events:
            self._hub.publish(generation_id, events)


def _stopped(run: Run) -> Outcome:
    if run.cancelled:
        return Outcome("cancelled")
    if run.letting:
        return Outcome("stopped")
    return Outcome("failed", Unavailable(run.draft.say("stopped"), code="gateway_stopped"))


def _passing(error: ServiceError) -> bool:
    """Whether the same request may fare better later."""
    return error.status >= 500 and error.code != DEADLINE_EXCEEDED


def _problem(run: Run, error: ServiceError) -> dict[str, Any]:
    return problem(error, instance=f"/api/v1/generations/{run.draft.order.id}")
