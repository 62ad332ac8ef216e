"""Brings a call to an engine, and to the next one as long as nothing of an answer was sent."""

import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from typing import Any

from chassis.deadlines import remaining_s
from chassis.errors import ServiceError
from chassis.logging import get_logger

from ..engines.errors import FAULTS, EngineBusy, EngineFailed, EngineLacksModel, EngineUnreachable
from ..engines.protocol import Batch, EngineCall, ProbeReport, Usage
from .asking import Asked
from .context_guard import ContextGuard, check_read
from .registry import Registry, Slot

QUEUE_PATIENCE_S = 120.0
_log = get_logger(__name__)


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


@dataclass(slots=True)
class Opened:
    """An answer that has begun: its first batch has come. `rest` must be read to its end, or closed."""

    route: Route
    first: Batch
    rest: AsyncGenerator[Batch]
    started: float = 0.0

    async def batches(self) -> AsyncGenerator[Batch]:
        """All batches. Closing this closes the engine's."""
        try:
            yield self.first
            async for batch in self.rest:
                yield batch
        finally:
            await self.rest.aclose()


class Dispatcher:
    """Chooses engines. `registry` says which there are and what state they are in."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._guard = ContextGuard()

    async def open(self, asked: Asked) -> Opened:
        """The first answer that begins.

        Raises:
            NotFound: no engine goes by the model's name.
            InvalidInput: the caller's mistake; it is not passed on to another engine.
            EngineFailed, EngineBusy, EngineTimedOut, EngineLacksModel: of the last engine of the chain.
        """
        fault: ServiceError | None = None
        chain = self._registry.chain(asked.model, allow_fallback=asked.allow_fallback, session=asked.session)
        for slot in chain:
            if slot.state == "down":
                fault = fault or EngineUnreachable(f"The engine {slot.settings.id} is down: {slot.detail}")
                continue
            if not slot.breaker.admits():
                wait = max(1, round(slot.breaker.waits_s))
                fault = fault or EngineBusy(
                    f"The engine {slot.settings.id} failed again and again.", code="engine_paused", retry_after_s=wait
                )
                continue
            equal = slot.settings.public_model == chain[0].settings.public_model
            try:
                return await self._begin(slot, asked, fault, equal=equal)
            except FAULTS as error:
                fault = self._note_fault(slot, error)
            except BaseException:
                slot.breaker.undecided()
                raise
        assert fault is not None  # noqa: S101 - a chain has at least one engine, and it failed
        raise fault

    async def _begin(self, slot: Slot, asked: Asked, fault: ServiceError | None, *, equal: bool) -> Opened:
        """Another engine with the very model that was asked for is no fallback to speak of."""
        reason = fault.detail if fault and not equal else ""
        call, cut = await self._guard.fitted(slot, asked.call, asked.sections)
        adapter = slot.shares.choose(asked.session) if slot.shares.history else ""
        if reason or adapter:
            call = replace(call, fallback_reason=reason, adapter=adapter)
        patience = min(QUEUE_PATIENCE_S, remaining_s())
        await slot.queue.enter(asked.user, asked.progress, patience_s=patience)
        stream = _occupying(slot, call)
        try:
            first = await anext(stream)
        except StopAsyncIteration:
            raise EngineFailed(f"The engine {slot.settings.id} sent an empty answer.") from None
        except BaseException:
            await stream.aclose()
            raise
        slot.breaker.succeeded()
        route = Route(
            slot.settings.id, slot.settings.public_model, bool(reason), reason, cut=tuple(cut), adapter=adapter
        )
        return Opened(route, first, stream)

    def _note_fault(self, slot: Slot, error: ServiceError) -> ServiceError:
        if isinstance(error, EngineUnreachable):
            slot.note(ProbeReport("down", error.detail))
        if isinstance(error, EngineBusy | EngineLacksModel) or not remaining_s():
            slot.breaker.undecided()
        else:
            slot.breaker.failed()
        _log.warning("engine_fault", engine=slot.settings.id, code=error.code, detail=error.detail)
        return error


async def _occupying(slot: Slot, call: EngineCall) -> AsyncGenerator[Batch]:
    """The engine's batches. The slot is occupied until they end, however they do; a cut prompt is noticed."""
    started = time.monotonic()
    tokens = slot.load_of(call)
    slot.outstanding += tokens
    slot.served += 1
    stream = slot.engine.stream(call)
    try:
        async for batch in stream:
            if isinstance(batch[-1], Usage):
                check_read(slot, call, batch[-1])
            yield batch
    finally:
        slot.outstanding -= tokens
        slot.queue.leave(time.monotonic() - started)
        await stream.aclose()
