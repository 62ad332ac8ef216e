"""Who executes a generation: creation, renewal, the end, and the end of what lost its owner."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from ..db.tables import EVENTS, GENERATIONS
from .events import append_events
from .records import Event, now, store_errors


@dataclass(frozen=True, slots=True)
class Orphan:
    """A generation whose owner stopped renewing its lease."""

    id: str
    created_at: datetime
    prompt: str
    cancel_requested: bool


EndOf = Callable[[Orphan], tuple[str, Mapping[str, Any], Mapping[str, Any]]]
"""How an orphan ends: the terminal type, its data, and the columns of the row."""


class LeaseStore:
    """Leases of one process, `holder`, each `lease_s` long by the database's clock."""

    def __init__(self, engine: AsyncEngine, *, holder: str, lease_s: float) -> None:
        self._engine = engine
        self._holder = holder
        self._lease = timedelta(seconds=lease_s)

    async def create(self, columns: Mapping[str, Any], first: Event) -> None:
        """A new generation of this process, epoch 1, with its first event."""
        async with store_errors(), self._engine.begin() as connection:
            await connection.execute(
                insert(GENERATIONS).values(
                    holder=self._holder, epoch=1, lease_until=func.now() + literal(self._lease), **columns
                )
            )
            await append_events(connection, columns["id"], 1, [first])

    async def renew(self) -> dict[str, bool]:
        """Renews all leases of this process: for each generation that it holds, whether its cancel was asked for."""
        statement = (
            update(GENERATIONS)
            .where(GENERATIONS.c.holder == self._holder, GENERATIONS.c.ended_at.is_(None))
            .values(lease_until=func.now() + literal(self._lease))
            .returning(GENERATIONS.c.id, GENERATIONS.c.cancel_requested)
        )
        async with store_errors(), self._engine.begin() as connection:
            return {row[0]: row[1] for row in await connection.execute(statement)}

    async def finish(self, generation_id: str, epoch: int, events: Sequence[Event], columns: Mapping[str, Any]) -> None:
        """The last events and the whole record in one commit.

        Raises:
            LeaseLost: somebody else ended it.
        """
        async with store_errors(), self._engine.begin() as connection:
            await append_events(connection, generation_id, epoch, events)
            await connection.execute(
                update(GENERATIONS).where(GENERATIONS.c.id == generation_id).values(ended_at=now(), **columns)
            )

    async def end_orphans(self, end_of: EndOf, *, limit: int = 50) -> list[str]:
        """Ends generations whose lease ran out; other replicas may do the same at the same time."""
        statement = (
            select(*(GENERATIONS.c[name] for name in ("id", "created_at", "prompt", "cancel_requested", "epoch")))
            .where(GENERATIONS.c.ended_at.is_(None), GENERATIONS.c.lease_until < func.now())
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        async with store_errors(), self._engine.begin() as connection:
            rows = (await connection.execute(statement)).all()
            for row in rows:
                await self._end(connection, Orphan(*row[:4]), row[4], end_of)
        return [row[0] for row in rows]

    async def _end(self, connection: AsyncConnection, orphan: Orphan, epoch: int, end_of: EndOf) -> None:
        type_, data, columns = end_of(orphan)
        last = await connection.scalar(select(func.max(EVENTS.c.seq)).where(EVENTS.c.generation_id == orphan.id))
        await append_events(connection, orphan.id, epoch, [Event((last or 0) + 1, type_, now(), data)])
        await connection.execute(
            update(GENERATIONS)
            .where(GENERATIONS.c.id == orphan.id)
            .values(ended_at=now(), epoch=epoch + 1, holder=self._holder, status=type_, **columns)
        )
