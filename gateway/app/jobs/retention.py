"""What is deleted when it is old enough."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Table, delete, exists, func, literal, null, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from chassis.logging import get_logger

from ..db.job_tables import AUDIT_ENTRIES, BATCHES, IDEMPOTENCY_KEYS, WEBHOOK_DELIVERIES
from ..db.patch_tables import PATCH_ANSWERS, PLANS
from ..db.tables import EVENTS, GENERATIONS
from ..storage.measures import OWNED, USED
from ..storage.records import store_errors

AT_ONCE = 500
"""Rows of a statement: small transactions hold nobody up."""
DETAILS = ("prompts", "raw_answers", "retrieval")
_log = get_logger(__name__)
_DELETE_GENERATIONS = text(
    f"""
    WITH gone AS (
        DELETE FROM gateway.generations WHERE id IN (
            SELECT id FROM gateway.generations WHERE ended_at < now() - CAST(:age AS interval) LIMIT :limit
        ) RETURNING *
    ), kept AS (
        INSERT INTO gateway.usage_days AS days (
            day, user_id, engine, model, generations, completed, failed, degraded, prompt_tokens, completion_tokens,
            engine_ms
        )
        SELECT {OWNED}, {USED} FROM gone GROUP BY 1, 2, 3, 4
        ON CONFLICT (day, user_id, engine, model) DO UPDATE SET
            generations = days.generations + excluded.generations,
            completed = days.completed + excluded.completed,
            failed = days.failed + excluded.failed,
            degraded = days.degraded + excluded.degraded,
            prompt_tokens = days.prompt_tokens + excluded.prompt_tokens,
            completion_tokens = days.completion_tokens + excluded.completion_tokens,
            engine_ms = days.engine_ms + excluded.engine_ms
    )
    SELECT count(*) FROM gone
    """  # noqa: S608 - constants of ours
)


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
    patch_answers: int = 30
    """As long as figures of daily use go back."""
    details: int = 0
    """Of a generation: prompts as sent, raw answers and the retrieval's trace."""


Chosen = Callable[[Keep], Awaitable[Keep]]


class Retention:
    def __init__(self, engine: AsyncEngine, keep: Keep, *, chosen: Chosen | None = None) -> None:
        """`chosen` gives what admins have set, on top of the environment's."""
        self._engine, self._keep, self._chosen = engine, keep, chosen

    async def run(self) -> dict[str, int]:
        """Deletes; gives how many rows of each kind."""
        keep = await self._chosen(self._keep) if self._chosen else self._keep
        deleted = {
            "generations": await self._delete_generations(keep.generations),
            "details": await self._delete_details(keep.details),
            "batches": await self._delete(BATCHES, BATCHES.c.id, BATCHES.c.ended_at, keep.generations),
            "plans": await self._delete(PLANS, PLANS.c.id, PLANS.c.created_at, keep.plans),
            "patch_answers": await self._delete(
                PATCH_ANSWERS, PATCH_ANSWERS.c.id, PATCH_ANSWERS.c.created_at, keep.patch_answers
            ),
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

    async def _delete_generations(self, days: int) -> int:
        """What they used stays in the account."""
        deleted = 0
        while days:
            async with store_errors(), self._engine.begin() as connection:
                count = await connection.scalar(_DELETE_GENERATIONS, {"age": timedelta(days=days), "limit": AT_ONCE})
            deleted += count or 0
            if not count:
                break
        return deleted

    async def _delete_details(self, days: int) -> int:
        if not days:
            return 0
        old = (
            select(GENERATIONS.c.id)
            .where(
                GENERATIONS.c.ended_at < func.now() - literal(timedelta(days=days)),
                or_(*(GENERATIONS.c[name].is_not(None) for name in DETAILS)),
            )
            .limit(AT_ONCE)
        )
        return await self._repeat(
            update(GENERATIONS).where(GENERATIONS.c.id.in_(old)).values(dict.fromkeys(DETAILS, null()))
        )

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
