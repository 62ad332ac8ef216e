"""Webhooks to deliver, and how that went."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from ..db.job_tables import WEBHOOK_DELIVERIES as DELIVERIES, DeliveryRow
from .records import now, store_errors


class DeliveryStore:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def get(self, delivery_id: str) -> DeliveryRow | None:
        async with store_errors(), AsyncSession(self._engine, expire_on_commit=False) as session:
            return await session.get(DeliveryRow, delivery_id)

    async def tried(self, delivery_id: str, *, reason: str | None, last: bool) -> None:
        """One more attempt: delivered where there is no reason against it, given up where it was the last."""
        delivered, failed = (now() if reason is None else None), (now() if reason is not None and last else None)
        statement = (
            update(DELIVERIES)
            .where(DELIVERIES.c.id == delivery_id)
            .values(
                attempts=DELIVERIES.c.attempts + 1,
                delivered_at=delivered,
                failed_at=failed,
                reason=reason[:500] if reason else None,
            )
        )
        async with store_errors(), self._engine.begin() as connection:
            await connection.execute(statement)

    async def of_user(self, user_id: str, *, limit: int) -> list[DeliveryRow]:
        """The newest first."""
        statement = (
            select(DeliveryRow).where(DELIVERIES.c.user_id == user_id).order_by(DELIVERIES.c.id.desc()).limit(limit)
        )
        async with store_errors(), AsyncSession(self._engine, expire_on_commit=False) as session:
            return list((await session.execute(statement)).scalars())
