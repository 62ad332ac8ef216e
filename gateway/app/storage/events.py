"""The event log in PostgreSQL: fenced appends with one NOTIFY each, and reads in order."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from ..db.tables import EVENTS, GENERATIONS
from .group_commit import GroupCommit
from .log_connection import LogConnection
from .records import CHANNEL, Event, LeaseLost, events_json, store_errors

PAGE = 500

_APPEND = text(
    """
    WITH owned AS (
        SELECT id FROM gateway.generations WHERE id = :id AND epoch = :epoch AND ended_at IS NULL FOR SHARE
    ), added AS (
        INSERT INTO gateway.events (generation_id, seq, type, at, data)
        SELECT owned.id, e.seq, e.type, e.at, e.data
        FROM owned, json_to_recordset(CAST(:events AS json)) AS e (seq integer, type text, at timestamptz, data json)
        ON CONFLICT (generation_id, seq) DO NOTHING
    )
    SELECT pg_notify(:channel, :payload) FROM owned
    """
)
"""One statement, one commit. FOR SHARE keeps a takeover out until it has committed; a repeat changes nothing."""


class EventStore:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._autocommit = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._connection = LogConnection(engine.url.render_as_string(hide_password=False))
        self._group = GroupCommit(self._connection)

    async def aclose(self) -> None:
        await self._connection.aclose()

    async def append(
        self, generation_id: str, epoch: int, events: Sequence[Event], columns: Mapping[str, Any] | None = None
    ) -> None:
        """Commits the events, and with them the columns of the generation's row.

        Raises:
            LeaseLost: the generation has ended, or belongs to a later epoch.
        """
        if not columns:
            await self._group.append(generation_id, epoch, events)
            return
        async with store_errors(), self._engine.begin() as connection:
            await append_events(connection, generation_id, epoch, events)
            await connection.execute(update(GENERATIONS).where(GENERATIONS.c.id == generation_id).values(**columns))

    async def read(self, generation_id: str, *, after: int, limit: int = PAGE) -> list[Event]:
        """The events after `after`, in order, at most `limit`."""
        statement = (
            select(EVENTS.c.seq, EVENTS.c.type, EVENTS.c.at, EVENTS.c.data)
            .where(EVENTS.c.generation_id == bindparam("id"), EVENTS.c.seq > bindparam("after"))
            .order_by(EVENTS.c.seq)
            .limit(limit)
        )
        async with store_errors(), self._autocommit.connect() as connection:
            rows = await connection.execute(statement, {"id": generation_id, "after": after})
            return [Event(*row) for row in rows]

    async def last_seqs(self, generation_ids: Sequence[str]) -> dict[str, int]:
        """The last seq of each generation that has events."""
        statement = (
            select(EVENTS.c.generation_id, func.max(EVENTS.c.seq))
            .where(EVENTS.c.generation_id.in_(generation_ids))
            .group_by(EVENTS.c.generation_id)
        )
        async with store_errors(), self._autocommit.connect() as connection:
            return {row[0]: row[1] for row in await connection.execute(statement)}

    async def last_seq(self, generation_id: str) -> int:
        """The last seq of a generation, 0 where it has no events."""
        return (await self.last_seqs([generation_id])).get(generation_id, 0)


async def append_events(connection: AsyncConnection, generation_id: str, epoch: int, events: Sequence[Event]) -> None:
    """Appends within the caller's transaction; see `EventStore.append`."""
    result = await connection.execute(
        _APPEND,
        {
            "id": generation_id,
            "epoch": epoch,
            "events": events_json([(generation_id, epoch, events)]),
            "channel": CHANNEL,
            "payload": f"e:{generation_id}:{events[-1].seq if events else 0}",
        },
    )
    if result.first() is None:
        raise LeaseLost(generation_id)
