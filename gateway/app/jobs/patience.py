"""Patience with what is away for a while: calls are tried again."""

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from math import inf
from typing import TypeVar

from chassis.errors import ServiceError

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 15.0
_AWAY = frozenset({HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT})
T = TypeVar("T")


class Patience:
    def __init__(self, away_s: float) -> None:
        """`away_s`: for how long a call may fail, from its first failure on."""
        self._away_s = away_s

    async def __call__(self, call: Callable[[], Awaitable[T]]) -> T:
        """Raises what the last try failed with, or any failure that isn't absence (502, 503, 504)."""
        loop = asyncio.get_running_loop()
        until, pause = inf, _FIRST_PAUSE_S
        while True:
            try:
                return await call()
            except ServiceError as error:
                until = min(until, loop.time() + self._away_s)
                if error.status not in _AWAY or loop.time() + pause > until:
                    raise
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE_S)
