"""Keeps the registry up with its settings, without touching answers that are running."""

import asyncio
from collections.abc import Callable

from chassis.errors import ServiceError
from chassis.logging import get_logger

from ..engines.settings import EngineSettings
from .registry import Registry
from .sources import SettingsSource, with_environment

_log = get_logger(__name__)


class SettingsWatcher:
    """Polls a source every `interval_s` seconds. `state` says for people how the last poll went."""

    def __init__(
        self,
        source: SettingsSource,
        registry: Registry,
        *,
        environment: EngineSettings | None,
        interval_s: float,
        on_change: Callable[[], None],
        on_poll: Callable[[], None] = lambda: None,
    ) -> None:
        self._source = source
        self._registry = registry
        self._environment = environment
        self._interval_s = interval_s
        self._on_change = on_change
        self._on_poll = on_poll
        self.state = "not asked yet"

    async def run(self) -> None:
        """Never ends by itself."""
        while True:
            await self.poll_once()
            self._on_poll()
            await asyncio.sleep(self._interval_s)

    async def poll_once(self) -> None:
        try:
            table = await self._source.poll()
        except ServiceError as error:
            self._report(f"last known settings in force ({error.code})", error.detail)
        except Exception as error:  # noqa: BLE001 - the loop must outlive anything that a source does
            self._report("last known settings in force (unexpected error)", str(error))
        else:
            if table is not None:
                self._registry.apply(with_environment(table, self._environment))
                self._on_change()
                _log.info("settings_applied", revision=table.revision, engines=len(table.engines))
            self.state = "settings in force"

    def _report(self, state: str, detail: str) -> None:
        if state != self.state:
            _log.warning("settings_not_read", detail=detail)
        self.state = state
