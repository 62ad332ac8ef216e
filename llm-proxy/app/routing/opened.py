"""An answer that has begun, and the engine that is busy with it until it ends."""

import time
from dataclasses import dataclass
from typing import Any

from ..engines.errors import EngineFailed
from ..engines.protocol import Batch, EngineCall, EngineStream, Usage
from .context_guard import check_read
from .registry import Slot


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


class Occupied:
    """A turn at an engine: its tokens are outstanding, and its place in the queue taken, until it is closed."""

    __slots__ = ("_call", "_slot", "_started", "_stream", "_tokens")

    def __init__(self, slot: Slot, call: EngineCall) -> None:
        self._slot: Slot | None = slot
        self._call = call
        self._started = time.monotonic()
        self._tokens = slot.load_of(call)
        self._stream: EngineStream | None = None
        slot.outstanding += self._tokens
        slot.served += 1

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
        slot.outstanding -= self._tokens
        slot.queue.leave(time.monotonic() - self._started)
        if self._stream is not None:
            self._stream.close()


class Opened:
    """An answer whose first batch has come. It is read until a batch is empty, and closed in any case."""

    __slots__ = ("_first", "_occupied", "route")

    def __init__(self, route: Route, first: Batch, occupied: Occupied) -> None:
        self.route = route
        self._first = first
        self._occupied = occupied

    async def read(self) -> Batch:
        if self._first:
            first, self._first = self._first, []
            return first
        return await self._occupied.read()

    def close(self) -> None:
        self._occupied.close()
