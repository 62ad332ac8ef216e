"""How a process stops: it takes nothing new, lets what runs end or go on elsewhere, and closes every stream."""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from chassis.errors import Unavailable

from ..runs.executor import Executor
from ..runs.hub import Hub
from ..storage.processes import ProcessStore
from ..storage.records import StoreUnavailable


class Drain:
    """Begins once: when the process is told to stop, before its server waits for open connections."""

    def __init__(self, *, executor: Executor, hub: Hub, processes: ProcessStore, limit_s: float) -> None:
        """`limit_s`: how long what runs may take to end by itself."""
        self._executor, self._hub, self._processes, self._limit_s = executor, hub, processes, limit_s
        self._work: asyncio.Task[None] | None = None

    @property
    def begun(self) -> bool:
        return self._work is not None

    async def probe(self) -> str:
        """Raises once this process takes nothing new."""
        if self.begun:
            raise Unavailable("The process is stopping.", code="gateway_stopping")
        return "yes"

    def begin(self) -> None:
        """Starts the drain in the background."""
        if self._work is None:
            self._work = asyncio.create_task(self._drain(self._limit_s), name="drain")

    async def finish(self) -> None:
        """Waits for the end of the drain; where it has not begun, nothing is waited for."""
        if self._work is None:
            self._work = asyncio.create_task(self._drain(0.0), name="drain")
        await self._work

    async def _drain(self, limit_s: float) -> None:
        self._executor.closing = True
        others = await self._leave()
        self._hub.drain(self._executor.runs)
        if others:
            self._executor.hand_over(waiting_only=True)
        try:
            async with asyncio.timeout(limit_s):
                await self._executor.idle()
        except TimeoutError:
            if others:
                self._executor.hand_over()
        await self._executor.aclose()

    async def _leave(self) -> bool:
        """Whether somebody else can go on with what runs here."""
        try:
            await self._processes.left()
            return await self._processes.others()
        except StoreUnavailable:
            return False


@contextmanager
def on_termination(callback: Callable[[], None]) -> Iterator[None]:
    """Calls back when this process is told to stop, and then lets its server hear of it.

    Outside the main thread there are no signals, and nothing happens.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    previous = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def handle(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(callback)
        earlier = previous[signal.Signals(number)]
        if callable(earlier):
            earlier(number, frame)

    for number in previous:
        signal.signal(number, handle)
    try:
        yield
    finally:
        for number, earlier in previous.items():
            signal.signal(number, earlier)
