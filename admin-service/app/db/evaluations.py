"""Evaluations that have ended, as gates and profiles read them: the newest, with their results."""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from ..quality.comparison import Result
from ..quality.scoring import SCORING_VERSION
from .evaluation_tables import Evaluation, EvaluationItem

LOOKED_AT = 50
"""The newest ones, by which gates judge: an older one tells little of today's engines."""


async def newest_completed(session: AsyncSession, limit: int) -> Sequence[Evaluation]:
    """The newest first; those scored by other rules are left out."""
    statement = (
        select(Evaluation)
        .where(col(Evaluation.status) == "completed", col(Evaluation.scoring_version) == SCORING_VERSION)
        .order_by(col(Evaluation.id).desc())
        .limit(limit)
    )
    return (await session.exec(statement)).all()


async def results_of(session: AsyncSession, evaluation_id: str) -> list[Result]:
    statement = select(EvaluationItem).where(
        col(EvaluationItem.evaluation_id) == evaluation_id, col(EvaluationItem.measures).is_not(None)
    )
    items = (await session.exec(statement)).all()
    return [Result(item.variant, item.case_id, item.repeat, item.measures or {}) for item in items]
