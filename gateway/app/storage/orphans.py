"""Generations whose owner stopped renewing its lease: taken over, or ended."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, cast, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from ..db.tables import EVENTS, GENERATIONS
from .events import append_events
from .leases import LeaseStore
from .records import QUEUED, Event, now, store_errors

_JOBS_PATIENCE = timedelta(seconds=120)
"""A job's generation is the job's to run again; where no job has done that for so long, there is none."""
AT_ONCE = 20
"""Orphans of one round: what is settled is held by one transaction."""


@dataclass(frozen=True, slots=True)
class Orphan:
    """`lost_owners` died with it, the last one included; `lease_until` is when that was heard of."""

    id: str
    created_at: datetime
    prompt: str
    channel: str
    queue: str | None
    cancel_requested: bool
    epoch: int
    lost_owners: int
    lease_until: datetime


@dataclass(frozen=True, slots=True)
class End:
    """The terminal event, and the columns of the row."""

    type: str
    data: Mapping[str, Any]
    columns: Mapping[str, Any]


FateOf = Callable[[Orphan], End | None]
"""How an orphan ends; None: this process takes it over."""
_LOST_OWNERS = GENERATIONS.c.lost_owners + cast(GENERATIONS.c.holder != "", Integer)
"""Who hands a generation over holds it no more."""
_COLUMNS = [
    *(GENERATIONS.c[name] for name in ("id", "created_at", "prompt", "channel", "queue", "cancel_requested", "epoch")),
    _LOST_OWNERS,
    GENERATIONS.c.lease_until,
]


@dataclass(frozen=True, slots=True)
class Settled:
    ended: list[str]
    taken: dict[str, int]
    """By id the epoch under which this process has it now."""

    @property
    def full(self) -> bool:
        """Whether there may be more."""
        return len(self.ended) + len(self.taken) >= AT_ONCE


class OrphanStore:
    def __init__(self, engine: AsyncEngine, leases: LeaseStore) -> None:
        self._engine, self._leases = engine, leases

    async def settle(self, fate_of: FateOf) -> Settled:
        """Settles what orphans there are; other replicas may do the same at the same time."""
        overdue = GENERATIONS.c.lease_until < func.now()
        long_overdue = GENERATIONS.c.lease_until < func.now() - literal(_JOBS_PATIENCE)
        statement = (
            select(*_COLUMNS)
            .where(
                GENERATIONS.c.ended_at.is_(None),
                GENERATIONS.c.status != QUEUED,
                or_(GENERATIONS.c.queue.is_(None), long_overdue, GENERATIONS.c.cancel_requested),
                overdue,
            )
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True)
        )
        settled = Settled([], {})
        async with store_errors(), self._engine.begin() as connection:
            for row in (await connection.execute(statement)).all():
                orphan = Orphan(*row)
                end = fate_of(orphan)
                if end is None:
                    settled.taken[orphan.id] = await self._take(connection, orphan)
                else:
                    await self._end(connection, orphan, end)
                    settled.ended.append(orphan.id)
        return settled

    async def cancel_queued(self, generation_id: str) -> bool:
        """Ends a generation that nobody has begun as cancelled; False where it is none."""
        statement = (
            select(*_COLUMNS)
            .where(GENERATIONS.c.id == generation_id, GENERATIONS.c.status == QUEUED, GENERATIONS.c.ended_at.is_(None))
            .with_for_update()
        )
        async with store_errors(), self._engine.begin() as connection:
            row = (await connection.execute(statement)).first()
            if row is None:
                return False
            await self._end(connection, Orphan(*row), End("cancelled", {}, {}))
        return True

    async def end(self, generation_id: str, end: End) -> bool:
        """Ends a generation that no live process runs; False where there is none such."""
        statement = (
            select(*_COLUMNS)
            .where(
                GENERATIONS.c.id == generation_id,
                GENERATIONS.c.ended_at.is_(None),
                or_(GENERATIONS.c.status == QUEUED, GENERATIONS.c.lease_until < func.now()),
            )
            .with_for_update()
        )
        async with store_errors(), self._engine.begin() as connection:
            row = (await connection.execute(statement)).first()
            if row is not None:
                await self._end(connection, Orphan(*row), end)
        return row is not None

    async def _take(self, connection: AsyncConnection, orphan: Orphan) -> int:
        columns = {**self._leases.lease(), "status": "running", "lost_owners": orphan.lost_owners}
        await connection.execute(update(GENERATIONS).where(GENERATIONS.c.id == orphan.id).values(columns))
        return orphan.epoch + 1

    async def _end(self, connection: AsyncConnection, orphan: Orphan, end: End) -> None:
        last = await connection.scalar(select(func.max(EVENTS.c.seq)).where(EVENTS.c.generation_id == orphan.id))
        await append_events(connection, orphan.id, orphan.epoch, [Event((last or 0) + 1, end.type, now(), end.data)])
        await self._leases.end(connection, orphan.id, {"epoch": orphan.epoch + 1, "status": end.type, **end.columns})
