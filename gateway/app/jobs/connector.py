"""procrastinate's way to PostgreSQL, with the process's one LISTEN connection in place of one for each worker."""

import asyncio
from collections.abc import Iterable
from typing import Any

from procrastinate import PsycopgConnector
from procrastinate.connector import Notify

from ..db.engine import CONNECT_LIMIT_S, plain_url
from ..db.tables import SCHEMA

POOL_SIZE = 4
"""Fetching, heartbeats and ends of jobs are short statements: few connections serve all queues."""


class SharedListenConnector(PsycopgConnector):
    """Notifications are handed over by `on_payload`, which the process's listener calls."""

    def __init__(self, database_url: str) -> None:
        super().__init__(
            conninfo=plain_url(database_url),
            kwargs={
                "connect_timeout": CONNECT_LIMIT_S,
                "application_name": "framewright-gateway-worker",
                "options": f"-c search_path={SCHEMA}",
            },
            min_size=1,
            max_size=POOL_SIZE,
            timeout=5.0,
            reconnect_timeout=5.0,
        )
        self._listeners: dict[str, set[Notify]] = {}
        self._calls: set[asyncio.Task[Any]] = set()

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:
        """Never returns; cancel it."""
        mine = list(channels)
        for channel in mine:
            self._listeners.setdefault(channel, set()).add(on_notification)
        try:
            await asyncio.Event().wait()
        finally:
            for channel in mine:
                self._listeners[channel].discard(on_notification)

    def on_payload(self, channel: str, payload: str) -> None:
        """A notification of the process's listener."""
        for listener in self._listeners.get(channel, ()):
            call = asyncio.ensure_future(listener(channel=channel, payload=payload))
            self._calls.add(call)
            call.add_done_callback(self._calls.discard)
