"""Runs that wrote no end: a job looks again, orphans are settled without delay; with fakes."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from app.runs.execution import Course
from app.runs.executor import Executor
from app.runs.keeper import Keeper
from app.runs.run import Run
from app.storage.orphans import AT_ONCE, FateOf, Settled


class FakeLeases:
    async def claim(self, _generation_id: str) -> int:
        return 2


class FakeExecution:
    """Ends as it is told."""

    def __init__(self, course: Course) -> None:
        self._course = course

    async def through(self, _run: Run, begun: Any, _on_lost: object) -> Course:
        await begun
        return self._course


class FakeHub:
    def nudge(self, _generation_id: str) -> None:
        pass


class Resuming(Executor):
    """Reads nothing back: the run is given."""

    async def _resumed(self, generation_id: str, epoch: int) -> Run:
        draft: Any = SimpleNamespace(order=SimpleNamespace(id=generation_id, deadline_at=None), until=0.0)
        return Run(draft, epoch=epoch)


@pytest.mark.parametrize(("course", "outcome"), [("lost", "busy"), ("ended", "over"), ("let_go", "over")])
async def test_a_job_is_over_only_when_its_run_has_written_an_end(course: Course, outcome: str) -> None:  # R2.3
    stores: Any = SimpleNamespace(leases=FakeLeases())
    hub, execution = FakeHub(), FakeExecution(course)
    executor = Resuming(stores=stores, hub=hub, execution=execution, limit_s=60)  # type: ignore[arg-type]
    assert await executor.run_job("g", attempt=1, first_try=True) == outcome
    assert executor.running == 0


class FakeOrphans:
    """Two rounds' worth of orphans, and a few more."""

    def __init__(self) -> None:
        self.left = 2 * AT_ONCE + 3
        self.settled = asyncio.Event()

    async def settle(self, _fate_of: FateOf) -> Settled:
        count = min(AT_ONCE, self.left)
        self.left -= count
        if not self.left:
            self.settled.set()
        return Settled(ended=["g"] * count, taken={})


async def test_the_orphans_of_a_busy_gateway_are_settled_at_once() -> None:  # R3.8, R1.9
    async def nothing(*_: object) -> dict[str, bool]:
        return {}

    orphans = FakeOrphans()
    others: Any = SimpleNamespace(catch_up=nothing, renew=nothing, seen=nothing, running=0, closing=False)
    keeper = Keeper(
        executor=others, hub=others, leases=others, orphans=orphans, processes=others, lease_s=5  # type: ignore[arg-type]
    )  # fmt: skip
    work = asyncio.create_task(keeper.run())
    try:
        await asyncio.wait_for(orphans.settled.wait(), 1.5)
    finally:
        work.cancel()
