"""The state of the gateway as `/readyz` tells it: found out in the background, so that no start waits for a peer."""

import asyncio
from collections.abc import Awaitable, Callable

from chassis.errors import ServiceError

FIRST_AFTER_S = 1.0
_EVERY_S = 10.0


class PeerWatch:
    """Asks one peer every ten seconds; `check` is its probe."""

    def __init__(self, ask: Callable[[], Awaitable[str]]) -> None:
        self._ask = ask
        self._state = "not asked yet"
        self._error: ServiceError | None = None

    async def check(self) -> str:
        if self._error is not None:
            raise self._error
        return self._state

    async def ask_once(self) -> None:
        try:
            self._state, self._error = await self._ask(), None
        except ServiceError as error:
            self._error = error

    async def run(self, *, first_after_s: float = FIRST_AFTER_S, every_s: float = _EVERY_S) -> None:
        """Until cancelled."""
        await asyncio.sleep(first_after_s)
        while True:
            await self.ask_once()
            await asyncio.sleep(every_s)
