"""Evaluations and their items in storage."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, func, insert, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from chassis.errors import NotFound

from ...db.evaluation_tables import Evaluation, EvaluationItem
from ...db.statements import execute
from ...quality.comparison import Result

_OPEN = col(EvaluationItem.measures).is_(None)
_UNJUDGED = and_(
    col(Evaluation.judge).is_not(None),
    col(EvaluationItem.judgement).is_(None),
    col(EvaluationItem.measures)["own"].as_boolean(),
)
"""Of an item with its evaluation: it was generated, and is still to be judged."""


async def find(session: AsyncSession, evaluation_id: str, *, lock: bool = False) -> Evaluation:
    statement = select(Evaluation).where(col(Evaluation.id) == evaluation_id)
    found = (await session.exec(statement.with_for_update() if lock else statement)).one_or_none()
    if found is None:
        raise NotFound("There is no such evaluation.", code="evaluation_not_found")
    return found


async def add_items(session: AsyncSession, evaluation_id: str, items: Sequence[tuple[str, int, int]]) -> None:
    rows = [
        {"evaluation_id": evaluation_id, "number": number, "case_id": case, "variant": variant, "repeat": repeat}
        for number, (case, variant, repeat) in enumerate(items, start=1)
    ]
    await session.flush()
    await (await session.connection()).execute(insert(EvaluationItem), rows)


async def progress(session: AsyncSession, evaluation_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """(done, total) by evaluation."""
    left = func.count().filter(or_(_OPEN, _UNJUDGED))
    statement = (
        select(EvaluationItem.evaluation_id, func.count() - left, func.count())
        .join(Evaluation, col(Evaluation.id) == col(EvaluationItem.evaluation_id))
        .where(col(EvaluationItem.evaluation_id).in_(evaluation_ids))
        .group_by(col(EvaluationItem.evaluation_id))
    )
    return {row[0]: (row[1], row[2]) for row in (await session.exec(statement)).all()}


async def open_items(session: AsyncSession, evaluation_id: str, limit: int) -> Sequence[EvaluationItem]:
    """The first that are to be generated."""
    statement = (
        select(EvaluationItem)
        .where(col(EvaluationItem.evaluation_id) == evaluation_id, _OPEN)
        .order_by(col(EvaluationItem.number))
        .limit(limit)
    )
    return (await session.exec(statement)).all()


async def unjudged_items(session: AsyncSession, evaluation_id: str, limit: int) -> Sequence[EvaluationItem]:
    """The first that were generated, and are still to be judged."""
    statement = (
        select(EvaluationItem)
        .join(Evaluation, col(Evaluation.id) == col(EvaluationItem.evaluation_id))
        .where(col(EvaluationItem.evaluation_id) == evaluation_id, _UNJUDGED)
        .order_by(col(EvaluationItem.number))
        .limit(limit)
    )
    return (await session.exec(statement)).all()


async def items_of_case(session: AsyncSession, evaluation_id: str, case_id: str) -> Sequence[EvaluationItem]:
    statement = (
        select(EvaluationItem)
        .where(col(EvaluationItem.evaluation_id) == evaluation_id, col(EvaluationItem.case_id) == case_id)
        .order_by(col(EvaluationItem.number))
    )
    return (await session.exec(statement)).all()


async def find_item(session: AsyncSession, evaluation_id: str, number: int) -> EvaluationItem:
    item = await session.get(EvaluationItem, (evaluation_id, number), with_for_update=True)
    if item is None:
        raise NotFound("There is no such item of the evaluation.", code="item_not_found")
    return item


async def done_items(session: AsyncSession, evaluation_id: str) -> Sequence[EvaluationItem]:
    """What is done, in order."""
    statement = (
        select(EvaluationItem)
        .where(col(EvaluationItem.evaluation_id) == evaluation_id, col(EvaluationItem.measures).is_not(None))
        .order_by(col(EvaluationItem.number))
    )
    return (await session.exec(statement)).all()


async def results(session: AsyncSession, evaluation_id: str) -> list[Result]:
    """What is done, as the comparison takes it."""
    return [
        Result(item.variant, item.case_id, item.repeat, item.measures or {}, (item.judgement or {}).get("mark"))
        for item in await done_items(session, evaluation_id)
    ]


async def end(session: AsyncSession, evaluation_id: str, status: str, now: datetime) -> None:
    """Ends what has not ended yet."""
    statement = (
        update(Evaluation)
        .where(col(Evaluation.id) == evaluation_id, col(Evaluation.status).in_(("queued", "running")))
        .values(status=status, ended_at=now)
    )
    await execute(session, statement)
