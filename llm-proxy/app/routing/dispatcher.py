"""Brings a call to an engine, and to the next one as long as nothing of an answer was sent."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace

from chassis.errors import ServiceError
from chassis.logging import get_logger

from ..engines.errors import FAULTS, EngineFailed, EngineUnreachable
from ..engines.protocol import Batch, EngineCall, ProbeReport
from .registry import Registry, Slot

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Route:
    """Which engine answers, and why it is not the one that was asked for."""

    engine: str
    model: str
    degraded: bool = False
    fallback_reason: str = ""

    def document(self) -> dict[str, str | bool]:
        """The member `framewright` of an answer."""
        result: dict[str, str | bool] = {"engine": self.engine, "model": self.model, "degraded": self.degraded}
        if self.fallback_reason:
            result["fallback_reason"] = self.fallback_reason
        return result


@dataclass(slots=True)
class Opened:
    """An answer that has begun: its first batch has come. `rest` must be read to its end, or closed."""

    route: Route
    first: Batch
    rest: AsyncGenerator[Batch]


class Dispatcher:
    """Chooses engines. `registry` says which there are and what state they are in."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    async def open(self, call: EngineCall, model: str, *, allow_fallback: bool) -> Opened:
        """The first answer that begins.

        Raises:
            NotFound: there is no such model.
            InvalidInput: an engine found the caller's mistake.
            ServiceError: the last engine's fault, where none could answer.
        """
        chain = self._registry.chain(model, allow_fallback=allow_fallback)
        fault: ServiceError | None = None
        for slot in chain:
            if slot.state == "down" and slot is not chain[-1]:
                fault = fault or EngineUnreachable(f"The engine {slot.settings.id} is down: {slot.detail}")
                continue
            try:
                return await self._begin(slot, call, fault)
            except FAULTS as error:
                fault = self._note_fault(slot, error)
        assert fault is not None  # noqa: S101 - a chain has at least one engine, and it failed
        raise fault

    async def _begin(self, slot: Slot, call: EngineCall, fault: ServiceError | None) -> Opened:
        reason = fault.detail if fault else ""
        stream = slot.engine.stream(replace(call, fallback_reason=reason) if reason else call)
        try:
            first = await anext(stream)
        except StopAsyncIteration:
            raise EngineFailed(f"The engine {slot.settings.id} sent an empty answer.") from None
        except BaseException:
            await stream.aclose()
            raise
        route = Route(slot.settings.id, slot.settings.public_model, degraded=bool(reason), fallback_reason=reason)
        return Opened(route, first, stream)

    def _note_fault(self, slot: Slot, error: ServiceError) -> ServiceError:
        if isinstance(error, EngineUnreachable):
            slot.note(ProbeReport("down", error.detail))
        _log.warning("engine_fault", engine=slot.settings.id, code=error.code, detail=error.detail)
        return error
