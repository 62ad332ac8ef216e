"""Looks after the engines in the background, by questions that cost no tokens."""

import asyncio
from contextlib import suppress

from chassis.logging import get_logger

from .registry import Registry
from .slots import Slot

_log = get_logger(__name__)


class Prober:
    """Asks every engine how it is, every `interval_s` seconds."""

    def __init__(self, registry: Registry, *, interval_s: float) -> None:
        self._registry = registry
        self._interval_s = interval_s
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """Asks at once, for the engines have changed."""
        self._wake.set()

    async def run(self) -> None:
        """Never ends by itself."""
        while True:
            self._wake.clear()
            await self.probe_all()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._interval_s):
                    await self._wake.wait()

    async def probe_all(self) -> None:
        await asyncio.gather(*(self._probe(slot) for slot in self._registry.slots()))

    async def _probe(self, slot: Slot) -> None:
        before = slot.state
        try:
            slot.note(await slot.engine.probe())
        except Exception:  # noqa: BLE001 - a probe must never end the loop that all engines hang on
            _log.exception("probe_failed", engine=slot.settings.id)
            return
        if slot.state != before:
            _log.info("engine_state", engine=slot.settings.id, state=slot.state, detail=slot.detail)
