"""The log of privileged actions that came through this door."""

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from ..db.job_tables import AUDIT_ENTRIES, AuditRow
from .records import store_errors


class AuditStore:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add(self, entry: AuditRow) -> None:
        async with store_errors(), self._engine.begin() as connection:
            await connection.execute(insert(AUDIT_ENTRIES).values(**entry.model_dump()))

    async def page(self, *, user_id: str | None, cursor: str | None, limit: int) -> list[AuditRow]:
        """Newest first, one more than `limit` where there are more; `cursor` is the id that ended the page before."""
        statement = select(AuditRow).order_by(AUDIT_ENTRIES.c.id.desc()).limit(limit + 1)
        if user_id is not None:
            statement = statement.where(AUDIT_ENTRIES.c.user_id == user_id)
        if cursor is not None:
            statement = statement.where(AUDIT_ENTRIES.c.id < cursor)
        async with store_errors(), AsyncSession(self._engine, expire_on_commit=False) as session:
            return list((await session.execute(statement)).scalars())
