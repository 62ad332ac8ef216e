"""Batches: a file of prompts, each row of it a generation that a job runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from ..db.job_tables import BATCHES, BatchRow
from ..db.tables import GENERATIONS, GenerationRow
from .jobs import BATCHES as QUEUE
from .leases import LeaseStore
from .records import Event, made_once, store_errors


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """How many rows are in each state, and the moments from which the rest is estimated."""

    counts: dict[str, int]
    last_ended_at: datetime | None


class BatchStore:
    def __init__(self, engine: AsyncEngine, leases: LeaseStore) -> None:
        self._engine, self._leases = engine, leases

    async def create(self, columns: dict[str, Any], orders: Sequence[tuple[dict[str, Any], Event]]) -> None:
        """The batch with all its generations and their jobs, in one commit."""
        async with made_once(), store_errors(), self._engine.begin() as connection:
            await connection.execute(insert(BATCHES).values(**columns))
            await self._leases.enqueue_in(connection, QUEUE, orders)

    async def get(self, batch_id: str, *, user_id: str) -> BatchRow | None:
        """None where there is none, or it is another user's."""
        async with store_errors(), AsyncSession(self._engine, expire_on_commit=False) as session:
            row = await session.get(BatchRow, batch_id)
        return row if row is not None and row.user_id == user_id else None

    async def page(self, user_id: str, *, cursor: str | None, limit: int) -> list[BatchRow]:
        """Newest first, one more than `limit` where there are more."""
        statement = select(BatchRow).where(BATCHES.c.user_id == user_id).order_by(BATCHES.c.id.desc()).limit(limit + 1)
        if cursor is not None:
            statement = statement.where(BATCHES.c.id < cursor)
        async with store_errors(), AsyncSession(self._engine, expire_on_commit=False) as session:
            return list((await session.execute(statement)).scalars())

    async def progress(self, batch_ids: Sequence[str]) -> dict[str, BatchProgress]:
        statement = (
            select(
                GENERATIONS.c.batch_id, GENERATIONS.c.status, func.count(), func.max(GENERATIONS.c.ended_at)
            )
            .where(GENERATIONS.c.batch_id.in_(batch_ids))
            .group_by(GENERATIONS.c.batch_id, GENERATIONS.c.status)
        )  # fmt: skip
        found: dict[str, BatchProgress] = {}
        async with store_errors(), self._engine.connect() as connection:
            for batch_id, status, count, ended_at in await connection.execute(statement):
                known = found.get(batch_id, BatchProgress({}, None))
                moments = [moment for moment in (known.last_ended_at, ended_at) if moment is not None]
                found[batch_id] = BatchProgress({**known.counts, status: count}, max(moments, default=None))
        return found

    async def rows(self, batch_id: str, *, after: int, limit: int) -> list[GenerationRow]:
        """The generations of the rows after a number, in order; at most `limit`."""
        statement = (
            select(GenerationRow)
            .where(GENERATIONS.c.batch_id == batch_id, GENERATIONS.c.batch_row > after)
            .order_by(GENERATIONS.c.batch_row)
            .limit(limit)
        )
        async with store_errors(), AsyncSession(self._engine, expire_on_commit=False) as session:
            return list((await session.execute(statement)).scalars())

    async def open_ids(self, batch_id: str) -> list[str]:
        """The generations that have not ended."""
        statement = select(GENERATIONS.c.id).where(GENERATIONS.c.batch_id == batch_id, GENERATIONS.c.ended_at.is_(None))
        async with store_errors(), self._engine.connect() as connection:
            return list((await connection.execute(statement)).scalars())

    async def request_cancel(self, batch_id: str) -> None:
        async with store_errors(), self._engine.begin() as connection:
            await connection.execute(update(BATCHES).where(BATCHES.c.id == batch_id).values(cancel_requested=True))
