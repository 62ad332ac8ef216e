"""Brings a call to an engine, and to the next one as long as nothing of an answer was sent."""

from dataclasses import replace

from chassis.deadlines import remaining_s
from chassis.errors import ServiceError
from chassis.logging import get_logger

from ..engines.addresses import refused_host
from ..engines.errors import FAULTS, EngineBusy, EngineLacksModel, EngineUnreachable, lacks_responses
from ..engines.protocol import ProbeReport
from .asking import Asked
from .balance import Call
from .context_guard import ContextGuard
from .opened import Occupied, Opened, Route, enter
from .registry import Candidate, Registry
from .slots import Slot

QUEUE_PATIENCE_S = 120.0
STARTING_RETRY_S = 5
_log = get_logger(__name__)


class Dispatcher:
    """Chooses engines. `registry` says which there are and what state they are in."""

    def __init__(self, registry: Registry, *, prefix_chars: int = 0) -> None:
        self._registry = registry
        self._prefix_chars = prefix_chars
        self._guard = ContextGuard()

    async def open(self, asked: Asked) -> Opened:
        """The first answer that begins.

        Raises:
            NotFound: no engine goes by the model's name.
            InvalidInput: the caller's mistake; it is not passed on to another engine.
            EngineFailed, EngineBusy, EngineTimedOut, EngineLacksModel: of the last engine of the chain.
        """
        fault: ServiceError | None = None
        chain = self._registry.chain(
            asked.model, allow_fallback=asked.allow_fallback, call=Call(asked, self._prefix_chars)
        )
        for slot, equal in self._able(asked, chain):
            if slot.state == "down":
                fault = fault or _down(slot, f"The engine {slot.settings.id} is down: {slot.detail}")
                continue
            if not slot.breaker.admits():
                fault = fault or _paused(slot)
                continue
            try:
                return await self._begin(slot, asked, fault, equal=equal)
            except FAULTS as error:
                fault = self._note_fault(slot, error)
            except BaseException:
                slot.breaker.undecided()
                raise
        assert fault is not None  # noqa: S101 - a chain has at least one engine, and it failed
        raise fault

    @staticmethod
    def _able(asked: Asked, chain: list[Candidate]) -> list[tuple[Slot, bool]]:
        """The engines that can be asked this at all, and whether each is equal to the one that was asked for.

        Raises NotSupported where there is none.
        """
        if asked.call.kind != "responses":
            return [(candidate.slot, candidate.equal) for candidate in chain]
        able = [(item.slot, item.equal) for item in chain if _has_responses(item.slot)]
        if not able:
            raise lacks_responses(chain[0].slot.settings.id)
        return able

    async def _begin(self, slot: Slot, asked: Asked, fault: ServiceError | None, *, equal: bool) -> Opened:
        """Another engine with the very model that was asked for is no fallback to speak of."""
        reason = fault.detail if fault and not equal else ""
        call, cut = await self._guard.fitted(slot, asked.call, asked.sections)
        adapter = slot.shares.choose(asked.session) if slot.shares.history else ""
        if reason or adapter:
            call = replace(call, fallback_reason=reason, adapter=adapter)
        waited_s = await enter(slot, asked.user, asked.progress, patience_s=min(QUEUE_PATIENCE_S, remaining_s()))
        occupied = Occupied(slot, call)
        try:
            first = await occupied.open()
        except BaseException:
            occupied.close()
            raise
        slot.breaker.succeeded()
        route = Route(
            slot.settings.id, slot.settings.public_model, bool(reason), reason, cut=tuple(cut), adapter=adapter
        )
        return Opened(route, first, occupied, waited_s)

    def _note_fault(self, slot: Slot, error: ServiceError) -> ServiceError:
        if isinstance(error, EngineUnreachable):
            slot.note(ProbeReport("down", error.detail))
            if error.code == EngineUnreachable.default_code:
                error = _down(slot, error.detail)
        if isinstance(error, EngineBusy | EngineLacksModel) or not remaining_s():
            slot.breaker.undecided()
        else:
            slot.breaker.failed()
        _log.warning("engine_fault", engine=slot.settings.id, code=error.code, detail=error.detail)
        return error


def _down(slot: Slot, detail: str) -> EngineUnreachable | EngineBusy:
    """One that has never answered may be starting (PROTOCOLS section 6): it is worth a second try."""
    if slot.seen or refused_host(slot.settings.base_url):
        return EngineUnreachable(detail)
    return EngineBusy(f"{detail} It may still be starting.", code="engine_starting", retry_after_s=STARTING_RETRY_S)


def _has_responses(slot: Slot) -> bool:
    return "responses" in slot.capabilities and slot.settings.kind not in {"ollama", "builtin"}


def _paused(slot: Slot) -> EngineBusy:
    wait = max(1, round(slot.breaker.waits_s))
    return EngineBusy(
        f"The engine {slot.settings.id} failed again and again.", code="engine_paused", retry_after_s=wait
    )
