"""What is deleted when it is old enough."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Table, delete, exists, func, literal, select
from sqlalchemy.ext.asyncio import AsyncEngine

from chassis.logging import get_logger

from ..db.job_tables import AUDIT_ENTRIES, BATCHES, IDEMPOTENCY_KEYS, WEBHOOK_DELIVERIES
from ..db.patch_tables import PLANS
from ..db.tables import EVENTS, GENERATIONS
from ..storage.records import store_errors

AT_ONCE = 500
"""Rows of a statement: small transactions hold nobody up."""
_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Keep:
    """Days; 0 keeps for ever. `deltas`: the text as it came, which the record holds whole anyway."""

    generations: int
    deltas: int
    audit: int
    deliveries: int = 30
    keys: int = 1
    plans: int = 30
    """Each holds whole files; patches made of them stay."""


class Retention:
    def __init__(self, engine: AsyncEngine, keep: Keep) -> None:
        self._engine, self._keep = engine, keep

    async def run(self) -> dict[str, int]:
        """Deletes; gives how many rows of each kind."""
        keep = self._keep
        deleted = {
            "generations": await self._delete(GENERATIONS, GENERATIONS.c.id, GENERATIONS.c.ended_at, keep.generations),
            "batches": await self._delete(BATCHES, BATCHES.c.id, BATCHES.c.ended_at, keep.generations),
            "plans": await self._delete(PLANS, PLANS.c.id, PLANS.c.created_at, keep.plans),
            "deltas": await self._delete_deltas(keep.deltas),
            "audit": await self._delete(AUDIT_ENTRIES, AUDIT_ENTRIES.c.id, AUDIT_ENTRIES.c.at, keep.audit),
            "deliveries": await self._delete(
                WEBHOOK_DELIVERIES, WEBHOOK_DELIVERIES.c.id, WEBHOOK_DELIVERIES.c.created_at, keep.deliveries
            ),
            "keys": await self._delete(
                IDEMPOTENCY_KEYS, IDEMPOTENCY_KEYS.c.key, IDEMPOTENCY_KEYS.c.created_at, keep.keys
            ),
        }
        _log.info("retention", **deleted)
        return deleted

    async def _delete(self, table: Table, identifier: Any, moment: Any, days: int) -> int:
        """Rows whose `moment` is older than `days`."""
        if not days:
            return 0
        old = select(identifier).where(moment < func.now() - literal(timedelta(days=days))).limit(AT_ONCE)
        return await self._repeat(delete(table).where(identifier.in_(old)))

    async def _delete_deltas(self, days: int) -> int:
        if not days:
            return 0
        ended = GENERATIONS.c.ended_at < func.now() - literal(timedelta(days=days))
        delta = EVENTS.c.type == "delta"
        owners = (
            select(GENERATIONS.c.id)
            .where(ended, exists().where(EVENTS.c.generation_id == GENERATIONS.c.id, delta))
            .limit(AT_ONCE)
        )
        return await self._repeat(delete(EVENTS).where(EVENTS.c.generation_id.in_(owners), delta))

    async def _repeat(self, statement: Any) -> int:
        deleted = 0
        while True:
            async with store_errors(), self._engine.begin() as connection:
                count = (await connection.execute(statement)).rowcount
            deleted += count
            if count == 0:
                return deleted
