"""How a process stops, with fakes, and how it hears of it."""

import asyncio
import os
import signal
from types import FrameType

import pytest
from app.core.draining import Drain, on_termination
from app.storage.records import StoreUnavailable

from chassis.errors import Unavailable


class FakeExecutor:
    """Runs that end by themselves after a while, or never; `done` is what was asked of it."""

    def __init__(self, *, ends_after_s: float | None = None) -> None:
        self.closing = False
        self.done: list[str] = []
        self._ends_after_s = ends_after_s

    def runs(self, generation_id: str) -> bool:
        return generation_id == "mine"

    def hand_over(self, *, waiting_only: bool = False) -> None:
        self.done.append("waiting handed over" if waiting_only else "all handed over")

    async def idle(self) -> None:
        if self._ends_after_s is None:
            await asyncio.Event().wait()
        else:
            await asyncio.sleep(self._ends_after_s)

    async def aclose(self) -> None:
        self.done.append("closed")


class FakeHub:
    def __init__(self) -> None:
        self.drained = False

    def drain(self, served: object) -> None:
        self.drained = True


class FakeProcesses:
    """Others live, or not, or nobody can say."""

    def __init__(self, others: bool | None) -> None:
        self._others = others

    async def left(self) -> None:
        if self._others is None:
            raise StoreUnavailable("away")

    async def others(self) -> bool:
        return bool(self._others)


def drain_of(executor: FakeExecutor, others: bool | None) -> Drain:
    return Drain(executor=executor, hub=FakeHub(), processes=FakeProcesses(others), limit_s=0.02)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("others", "ends_after_s", "done"),
    [
        (True, 0.0, ["waiting handed over", "closed"]),
        (True, None, ["waiting handed over", "all handed over", "closed"]),
        (False, None, ["closed"]),
        (None, None, ["closed"]),
    ],
)
async def test_what_does_not_end_in_time_goes_on_elsewhere_or_is_ended(
    others: bool | None, ends_after_s: float | None, done: list[str]
) -> None:
    executor = FakeExecutor(ends_after_s=ends_after_s)
    drain = drain_of(executor, others)
    assert await drain.probe() == "yes"
    drain.begin()
    drain.begin()
    with pytest.raises(Unavailable):
        await drain.probe()
    await drain.finish()
    assert executor.closing
    assert executor.done == done


async def test_a_process_that_was_not_told_before_waits_for_nothing() -> None:
    executor = FakeExecutor()
    async with asyncio.timeout(1):
        await drain_of(executor, False).finish()
    assert executor.done == ["closed"]


async def test_the_drain_begins_with_the_signal_and_the_server_hears_it_too() -> None:
    heard: list[str] = []

    def server(number: int, frame: FrameType | None) -> None:
        heard.append("server")

    before = signal.signal(signal.SIGTERM, server)
    try:
        with on_termination(lambda: heard.append("drain")):
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.sleep(0.05)
        assert sorted(heard) == ["drain", "server"]
        assert signal.getsignal(signal.SIGTERM) is server
    finally:
        signal.signal(signal.SIGTERM, before)


async def test_outside_the_main_thread_there_are_no_signals() -> None:
    def in_a_thread() -> bool:
        async def work() -> bool:
            with on_termination(lambda: None):
                return True

        return asyncio.run(work())

    assert await asyncio.to_thread(in_a_thread)
