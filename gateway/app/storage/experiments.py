"""The generations of an A/B test, as its outcomes are counted."""

from typing import Any

from sqlalchemy import case, select
from sqlalchemy.ext.asyncio import AsyncEngine

from ..db.tables import GENERATIONS
from .records import store_errors


async def experiment_outcomes(
    engine: AsyncEngine, experiment_id: str, *, after: str, limit: int
) -> list[dict[str, Any]]:  # fmt: skip
    """Those that have ended, in order; files only where their user sent feedback."""
    columns = GENERATIONS.c
    statement = (
        select(
            columns.id.label("generation_id"), columns.experiment_arm.label("arm"), columns.status,
            columns.degraded, columns.duration_ms, columns.feedback,
            case((columns.feedback.is_not(None), columns.artifacts)).label("artifacts"),
        )
        .where(columns.experiment_id == experiment_id, columns.id > after, columns.ended_at.is_not(None))
        .order_by(columns.id)
        .limit(limit)
    )  # fmt: skip
    async with store_errors(), engine.connect() as connection:
        return [dict(row) for row in (await connection.execute(statement)).mappings()]
