"""The generations of an A/B test, as its outcomes are counted."""

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any, Literal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from ..db.tables import GENERATIONS
from .records import store_errors

Sticky = Literal["user", "session"]
_SCREENS = ("generate", "modify")
"""Answers and what was refused before it became a screen are no outcome of an arm."""


async def experiment_outcomes(
    engine: AsyncEngine, experiment_id: str, *, sticky: Sticky, frameworks: Collection[str], after: str, limit: int
) -> list[dict[str, Any]]:
    """Those of screens that have ended, in order; without `frameworks`: of all of them."""
    columns = GENERATIONS.c
    statement = (
        select(
            columns.id.label("generation_id"), columns.experiment_arm.label("arm"), _key(sticky).label("key"),
            columns.status, columns.degraded, columns.duration_ms, columns.feedback,
        )
        .where(columns.experiment_id == experiment_id, columns.id > after, columns.ended_at.is_not(None))
        .where(columns.kind.in_(_SCREENS))
        .order_by(columns.id)
        .limit(limit)
    )  # fmt: skip
    if frameworks:
        statement = statement.where(columns.framework.in_(frameworks))
    async with store_errors(), engine.connect() as connection:
        return [_outcome(experiment_id, row) for row in (await connection.execute(statement)).mappings()]


def unit_of(experiment_id: str, key: str) -> str:
    """Who stays with an arm, without saying who: another experiment gives another hash."""
    return sha256(f"{experiment_id}:{key}".encode()).hexdigest()[:16]


def _key(sticky: Sticky) -> ColumnElement[str]:
    """What the arm was drawn by; a generation without a session goes by its user."""
    columns = GENERATIONS.c
    if sticky == "user":
        return columns.user_id
    return func.coalesce(func.nullif(columns.session_id, ""), columns.user_id)


def _outcome(experiment_id: str, row: Mapping[Any, Any]) -> dict[str, Any]:
    feedback = row["feedback"] or {}
    return {
        **{name: row[name] for name in ("generation_id", "arm", "status", "degraded", "duration_ms")},
        "unit": unit_of(experiment_id, row["key"]),
        "rating": feedback.get("rating"),
        "accepted": bool(feedback.get("accepted")),
        "edit_ratio": (feedback.get("distance") or {}).get("ratio"),
    }
