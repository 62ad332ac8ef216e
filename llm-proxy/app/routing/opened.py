"""An answer that has begun, and the engine that is busy with it until it ends."""

import time
from dataclasses import dataclass
from typing import Any

from ..engines.errors import EngineFailed
from ..engines.protocol import Batch, EngineCall, EngineStream, Usage
from .asking import Progress
from .context_guard import check_read
from .slots import Slot


@dataclass(frozen=True, slots=True)
class Route:
    """Which engine answers, why it is not the one that was asked for, and what was done to the request."""

    engine: str
    model: str
    degraded: bool = False
    fallback_reason: str = ""
    cut: tuple[int, ...] = ()
    structure: str = ""
    adapter: str = ""

    def document(self) -> dict[str, Any]:
        """The member `framewright` of an answer."""
        result: dict[str, Any] = {"engine": self.engine, "model": self.model, "degraded": self.degraded}
        if self.fallback_reason:
            result["fallback_reason"] = self.fallback_reason
        if self.cut:
            result["cut"] = list(self.cut)
        if self.adapter:
            result["adapter"] = self.adapter
        if self.structure:
            result["structure"] = self.structure
        return result


async def enter(slot: Slot, user: str, progress: Progress, *, patience_s: float) -> float:
    """Waits for a turn at an engine, and on its server where that swaps models; seconds that it took.

    Raises:
        EngineBusy: there was no place in the queue, or no turn in time.
    """
    if slot.turns is None and slot.queue.free:
        await slot.queue.enter(user, progress, patience_s=patience_s)
        return 0.0
    started = time.monotonic()
    await slot.queue.enter(user, progress, patience_s=patience_s)
    if slot.turns is not None:
        try:
            left = max(0.0, patience_s - (time.monotonic() - started))
            await slot.turns.enter(slot.settings.model, progress, patience_s=left)
        except BaseException:
            slot.queue.leave(None)
            raise
    return time.monotonic() - started


class Occupied:
    """A turn at an engine: its tokens are outstanding, and its place in the queue taken, until it is closed."""

    __slots__ = ("_call", "_slot", "_started", "_stream", "_tokens", "_turns")

    def __init__(self, slot: Slot, call: EngineCall) -> None:
        self._slot: Slot | None = slot
        self._turns = slot.turns
        self._call = call
        self._started = time.monotonic()
        self._tokens = slot.tokens_of(call)
        self._stream: EngineStream | None = None
        slot.load.outstanding += self._tokens
        slot.load.running += 1
        slot.load.served += 1

    async def open(self) -> Batch:
        """The first batch. Raises EngineFailed where there is none."""
        assert self._slot is not None  # noqa: S101 - not closed yet
        self._stream = await self._slot.engine.open(self._call)
        first = await self.read()
        if not first:
            raise EngineFailed(f"The engine {self._slot.settings.id} sent an empty answer.")
        return first

    async def read(self) -> Batch:
        """The next batch; a prompt that the engine has cut is noticed."""
        if self._stream is None or self._slot is None:
            return []
        batch = await self._stream.read()
        if batch and type(last := batch[-1]) is Usage:
            check_read(self._slot, self._call, last)
        return batch

    def close(self) -> None:
        slot, self._slot = self._slot, None
        if slot is None:
            return
        slot.load.outstanding -= self._tokens
        slot.load.running -= 1
        if self._turns is not None:
            self._turns.leave(slot.settings.model)
        slot.queue.leave(time.monotonic() - self._started)
        if self._stream is not None:
            self._stream.close()


class Opened:
    """An answer whose first batch has come. It is read until a batch is empty, and closed in any case.

    `waited_s`: how long it waited for its turn.
    """

    __slots__ = ("_first", "_occupied", "route", "waited_s")

    def __init__(self, route: Route, first: Batch, occupied: Occupied, waited_s: float) -> None:
        self.route = route
        self.waited_s = waited_s
        self._first = first
        self._occupied = occupied

    async def read(self) -> Batch:
        if self._first:
            first, self._first = self._first, []
            return first
        return await self._occupied.read()

    def close(self) -> None:
        self._occupied.close()
