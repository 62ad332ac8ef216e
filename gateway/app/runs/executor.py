"""Runs generations as tasks of their own, detached from whoever asked for them."""

import asyncio
from collections.abc import Awaitable, Mapping
from datetime import UTC, datetime
from math import inf
from time import monotonic
from typing import Literal

from chassis.deadlines import clear_deadline
from chassis.errors import Unavailable, problem
from chassis.logging import get_logger

from ..pipeline.draft import Draft
from ..storage.records import Event, LeaseLost, now
from .execution import RETRIES, Course, Execution, Stores
from .hub import Hub
from .resumption import draft_of, order_of, prior_of
from .rows import CALLER_BOUND, columns_of, first_event
from .run import Letting, Run

_log = get_logger(__name__)


class Executor:
    """The runs of this process. `limit_s`: how long one may take, questions included."""

    def __init__(self, *, stores: Stores, hub: Hub, execution: Execution, limit_s: float) -> None:
        self._stores, self._hub, self._execution, self._limit_s = stores, hub, execution, limit_s
        self._runs: dict[str, Run] = {}
        self._tasks: set[asyncio.Task[Course]] = set()
        self._resuming: set[str] = set()
        self.closing = False

    @property
    def running(self) -> int:
        return len(self._runs) + len(self._resuming)

    async def start(self, draft: Draft) -> Event:
        """Creates the generation and starts it; gives its first event, which is committed.

        The pipeline starts beside the creation, not behind it; its events are committed when there is a row.
        """
        if self.closing:
            raise Unavailable("The gateway is stopping.", code="gateway_stopping", retry_after_s=1)
        first = first_event(draft.order)
        run = Run(draft)
        creation = asyncio.create_task(self._create(run, first), name=f"creation-{draft.order.id}")
        self._begin(run, creation)
        await asyncio.shield(creation)
        return first

    async def resume(self, generation_id: str, epoch: int) -> None:
        """Goes on with a generation that this process has just taken over; its lease is renewed from now on."""
        run = await self._resumed(generation_id, epoch)
        if run is not None:
            run.taken_over = run.prior.begun
            self._begin(run, _nothing())

    async def run_job(self, generation_id: str, *, attempt: int, first_try: bool) -> Literal["over", "busy"]:
        """Runs a queued generation to its end, or until it is let go; `busy`: a live process has it, or may have it.

        A run that lost its lease, or its database for too long, has written no end: the job has to look again.

        `first_try`: False where an earlier run of the same job was broken off.
        """
        epoch = await self._stores.leases.claim(generation_id)
        if epoch is None:
            return "busy" if await self._stores.leases.holds(generation_id) else "over"
        run = await self._resumed(generation_id, epoch)
        if run is None:
            return "over"
        run.taken_over = run.prior.begun and not first_try
        run.retries_left = max(0, RETRIES - attempt + 1)
        task = self._begin(run, _nothing())
        try:
            course = await asyncio.shield(task)
        except asyncio.CancelledError:
            self._let_go(run, "queue_again")
            await asyncio.wait({task})
            raise
        return "busy" if course == "lost" else "over"

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
        return {generation_id for generation_id, run in self._runs.items() if run.created} | self._resuming

    def check(self, before: set[str], held: Mapping[str, bool]) -> None:
        """After a renewal (id → cancel requested): of those that ran `before` it, what is not held is let go."""
        for generation_id, run in list(self._runs.items()):
            if held.get(generation_id):
                self.cancel(generation_id)
            elif generation_id in before and generation_id not in held and not run.ending:
                _lose(run)

    def hand_over(self, *, waiting_only: bool = False) -> None:
        """Lets other replicas go on with what runs here; whose caller would not follow it there, that ends."""
        for run in list(self._runs.values()):
            if (run.waiting or not waiting_only) and not run.ending:
                self._let_go(run, "hand_over" if run.draft.order.channel not in CALLER_BOUND else "")

    async def idle(self) -> None:
        """Waits until nothing runs any more."""
        while self._tasks:
            await asyncio.wait(self._tasks)  # whose cancellation, unlike a gathering's, leaves them running

    async def aclose(self) -> None:
        """Ends what still runs, as failed, with the reason."""
        self.closing = True
        for run in self._runs.values():
            run.stop()
        await self.idle()

    def _begin(self, run: Run, begun: Awaitable[None]) -> "asyncio.Task[Course]":
        draft = run.draft
        deadline = draft.order.deadline_at
        left = (deadline - datetime.now(UTC)).total_seconds() if deadline else inf
        draft.until = monotonic() + min(self._limit_s, left)
        self._runs[draft.order.id] = run
        task = asyncio.create_task(self._execute(run, begun), name=f"generation-{draft.order.id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _execute(self, run: Run, begun: Awaitable[None]) -> Course:
        clear_deadline()
        generation_id = run.draft.order.id
        try:
            return await self._execution.through(run, begun, lambda: _lose(run))
        finally:
            del self._runs[generation_id]
            self._hub.nudge(generation_id)

    async def _create(self, run: Run, first: Event) -> None:
        try:
            await self._stores.leases.create(columns_of(run.draft.order), first)
        except Exception:
            _lose(run)
            raise
        run.created = True

    async def _resumed(self, generation_id: str, epoch: int) -> Run | None:
        """The run of a generation that is ours; None where it can't be done, which is then its end."""
        self._resuming.add(generation_id)
        try:
            return await self._read_back(generation_id, epoch)
        finally:
            self._resuming.discard(generation_id)

    async def _read_back(self, generation_id: str, epoch: int) -> Run | None:
        prior = await prior_of(self._stores.events, generation_id)
        row = await self._stores.generations.get(generation_id, user_id=None)
        order = await order_of(row, lambda base: self._stores.generations.get(base, user_id=None)) if row else None
        if order is not None:
            return Run(
                draft_of(order, prior), epoch=epoch, prior=prior, queue=(row.queue if row else "") or "", created=True
            )
        error = Unavailable("The generation can't be taken up again.", code="owner_lost")
        document = problem(error, instance=f"/api/v1/generations/{generation_id}")
        end = Event(prior.seq + 1, "failed", now(), {"problem": document})
        try:
            await self._stores.leases.finish(generation_id, epoch, [end], {"status": "failed", "problem": document})
        except LeaseLost:
            _log.warning("lease_lost", generation_id=generation_id)
        return None

    @staticmethod
    def _let_go(run: Run, letting: Letting) -> None:
        run.letting = letting
        run.stop()


async def _nothing() -> None:
    """The log is there already."""


def _lose(run: Run) -> None:
    run.lost = True
    run.stop()
