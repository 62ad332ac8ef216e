"""Adapters of engines: load, unload, list, shares of the calls, and the way back."""

from collections.abc import Callable

from chassis.errors import FieldError, NotFound, Unprocessable

from ...engines.adapters import ListsAdapters, LoadsAdapters, ScalesAdapters
from ...engines.errors import NotSupported
from ...routing.ab import BASE
from ...routing.registry import Registry
from ...routing.slots import Slot
from .schemas import AdapterRequest, AdapterResponse, AdaptersResponse, ScalesRequest, WeightsRequest


class AdapterService:
    """Acts on the engines in force; shares are kept as long as the engine's server and model stay.

    `stored` writes them where the next start finds them.
    """

    def __init__(self, registry: Registry, *, stored: Callable[[Registry], None]) -> None:
        self._registry = registry
        self._stored = stored

    async def list(self, engine_id: str) -> AdaptersResponse:
        slot = self._slot(engine_id)
        found = await _lists(slot).list_adapters()
        weights = slot.shares.now
        return AdaptersResponse(
            engine=engine_id,
            base_weight=weights.get(BASE, 0.0 if weights else 1.0),
            adapters=[
                AdapterResponse(name=item.name, path=item.path, scale=item.scale, weight=weights.get(item.name, 0.0))
                for item in found
            ],
        )

    async def load(self, engine_id: str, request: AdapterRequest) -> AdaptersResponse:
        await _loads(self._slot(engine_id)).load_adapter(request.full_name, request.path)
        return await self.list(engine_id)

    async def unload(self, engine_id: str, name: str) -> AdaptersResponse:
        """No call is sent to it any more before the server is told."""
        slot = self._slot(engine_id)
        slot.shares.drop(name)
        self._stored(self._registry)
        await _loads(slot).unload_adapter(name)
        return await self.list(engine_id)

    async def weigh(self, engine_id: str, request: WeightsRequest) -> AdaptersResponse:
        """Raises Unprocessable where an adapter is not loaded: its calls would all fail."""
        slot = self._slot(engine_id)
        known = {item.name for item in await _loads(slot).list_adapters()} | {BASE}
        missing = sorted(set(request.weights) - known)
        if missing:
            raise Unprocessable(
                f"The engine {engine_id} has no such adapter: {', '.join(missing)}.",
                errors=[FieldError(f"weights.{name}", "not loaded") for name in missing],
            )
        slot.shares.set(request.weights)
        self._stored(self._registry)
        return await self.list(engine_id)

    async def roll_back(self, engine_id: str) -> AdaptersResponse:
        self._slot(engine_id).shares.roll_back()
        self._stored(self._registry)
        return await self.list(engine_id)

    async def scale(self, engine_id: str, request: ScalesRequest) -> AdaptersResponse:
        await _scales(self._slot(engine_id)).scale_adapters(request.scales)
        return await self.list(engine_id)

    def _slot(self, engine_id: str) -> Slot:
        slot = next((slot for slot in self._registry.slots() if slot.settings.id == engine_id), None)
        if slot is None:
            raise NotFound(f"There is no engine `{engine_id}`.", code="engine_not_found")
        return slot


def _lists(slot: Slot) -> ListsAdapters:
    if not isinstance(slot.engine, ListsAdapters):
        raise _unable(slot)
    return slot.engine


def _loads(slot: Slot) -> LoadsAdapters:
    if not isinstance(slot.engine, LoadsAdapters):
        raise _unable(slot)
    return slot.engine


def _scales(slot: Slot) -> ScalesAdapters:
    if not isinstance(slot.engine, ScalesAdapters):
        raise _unable(slot)
    return slot.engine


def _unable(slot: Slot) -> NotSupported:
    return NotSupported(f"The engine {slot.settings.id} ({slot.settings.kind}) can't do this with adapters.")
