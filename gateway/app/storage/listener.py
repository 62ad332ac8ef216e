"""The one LISTEN connection of a process, outside the pool; it comes back by itself after a loss."""

import asyncio
from collections.abc import Callable, Mapping

import psycopg
from psycopg import sql

from chassis.logging import get_logger

from ..db.engine import CONNECT_LIMIT_S, plain_url

_RETRY_S = 0.5
_log = get_logger(__name__)


class Listener:
    """Calls, by channel, for each notification; whoever depends on it polls too, for what a loss swallowed."""

    def __init__(self, database_url: str, on_payload: Mapping[str, Callable[[str], None]]) -> None:
        self._url = plain_url(database_url)
        self._on_payload = dict(on_payload)
        self.connected = asyncio.Event()

    def add(self, channel: str, on_payload: Callable[[str], None]) -> None:
        """One more channel; before `run`."""
        self._on_payload[channel] = on_payload

    async def run(self) -> None:
        """Never returns; cancel it."""
        while True:
            try:
                await self._listen()
            except psycopg.Error as error:
                _log.warning("listener_lost", reason=type(error).__name__)
            self.connected.clear()
            await asyncio.sleep(_RETRY_S)

    async def _listen(self) -> None:
        connection = await psycopg.AsyncConnection.connect(
            self._url,
            autocommit=True,
            connect_timeout=CONNECT_LIMIT_S,
            application_name="framewright-gateway-listener",
            keepalives_idle=10,
            keepalives_interval=5,
            keepalives_count=3,
        )
        async with connection:
            for channel in self._on_payload:
                await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
            self.connected.set()
            async for notification in connection.notifies():
                self._on_payload[notification.channel](notification.payload)
