"""How many sockets a session has on all replicas."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from ..db.chat_tables import PRESENCE
from .records import store_errors

_LIVES = timedelta(seconds=15)
"""A replica that has not said for so long that it is there, is not."""
_PUT = text(
    """
    INSERT INTO gateway.socket_presence (replica, session_id, sockets, seen_at)
    SELECT :replica, s.id, s.sockets, now()
    FROM unnest(CAST(:ids AS text[]), CAST(:sockets AS integer[])) AS s (id, sockets)
    ON CONFLICT (replica, session_id) DO UPDATE SET sockets = excluded.sockets, seen_at = excluded.seen_at
    """
)
_NOTIFY_ALL = text("SELECT pg_notify(:channel, payload) FROM unnest(CAST(:payloads AS text[])) AS payload")


class PresenceStore:
    """`replica` is this process."""

    def __init__(self, engine: AsyncEngine, *, replica: str) -> None:
        self._replica = replica
        self._engine = engine
        self._autocommit = engine.execution_options(isolation_level="AUTOCOMMIT")

    async def put(self, sockets: Mapping[str, int], *, channel: str, payloads: Sequence[str]) -> None:
        """The sockets that this replica has now, for some sessions, and a word to all replicas."""
        async with store_errors(), self._engine.begin() as connection:
            await connection.execute(_PUT, self._values(sockets))
            if not all(sockets.values()):
                own = delete(PRESENCE).where(PRESENCE.c.replica == self._replica, PRESENCE.c.sockets == 0)
                await connection.execute(own)
            await connection.execute(_NOTIFY_ALL, {"channel": channel, "payloads": list(payloads)})

    async def renew(self, sockets: Mapping[str, int]) -> None:
        """All that this replica has, also where a crash has emptied the table; who is gone is forgotten."""
        async with store_errors(), self._autocommit.connect() as connection:
            await connection.execute(_PUT, self._values(sockets))
            await connection.execute(delete(PRESENCE).where(PRESENCE.c.seen_at < func.now() - 4 * _LIVES))

    def _values(self, sockets: Mapping[str, int]) -> dict[str, object]:
        """In one order, so that two statements never wait for one another."""
        ids = sorted(sockets)
        return {"replica": self._replica, "ids": ids, "sockets": [sockets[session_id] for session_id in ids]}

    async def online(self, session_ids: Sequence[str]) -> dict[str, int]:
        statement = (
            select(PRESENCE.c.session_id, func.sum(PRESENCE.c.sockets))
            .where(PRESENCE.c.session_id == func.any(list(session_ids)), PRESENCE.c.seen_at > func.now() - _LIVES)
            .group_by(PRESENCE.c.session_id)
        )
        async with store_errors(), self._autocommit.connect() as connection:
            return {row[0]: int(row[1]) for row in await connection.execute(statement)}
