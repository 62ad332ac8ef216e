"""How many replicas of the proxy there are: an engine's limits hold for all of them together."""

import asyncio

from chassis.logging import get_logger

from ..engines.http_pool import Resolve
from .registry import Registry

_log = get_logger(__name__)


class Replicas:
    """Looks the name up under which all replicas are found, every `interval_s` seconds; each has its part of a limit.

    Docker's and Kubernetes' DNS give one address for each replica that is alive (a headless service there).
    """

    def __init__(self, name: str, registry: Registry, resolve: Resolve, *, interval_s: float) -> None:
        self._name = name
        self._registry = registry
        self._resolve = resolve
        self._interval_s = interval_s

    async def run(self) -> None:
        """Never ends by itself."""
        while True:
            await self.look()
            await asyncio.sleep(self._interval_s)

    async def look(self) -> None:
        """A name that can't be looked up leaves the number as it was."""
        try:
            found = await self._resolve(self._name, 0)
        except (OSError, UnicodeError) as error:
            _log.warning("replicas_not_found", name=self._name, detail=str(error))
            return
        count = len({address for _, address, _ in found}) or 1
        if count != self._registry.replicas:
            _log.info("replicas", count=count)
            self._registry.share(count)
