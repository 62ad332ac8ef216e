"""The record of what was put into production: by which verdict or whose overruling, and what was taken back."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from chassis.errors import Conflict

from ..core.ids import new_id
from ..quality.gate import Verdict
from .audit import Actor, record
from .evaluation_tables import Release
from .serving import BUILTIN, Serving

TEMPLATE, ENGINE, PACK = "template", "engine", "pack"
DEFAULT = "default"
"""The subject of engines' releases: the engine of those who name none."""
_BY_ITS_OWN_MERIT = ("not_worse", "nothing_before")


class GateRefused(Conflict):
    """409: not shown to be good enough for production; `verdict` says why. A reason in `overrule` overrules it."""

    default_code = "gate_refused"


async def release(
    session: AsyncSession, actor: Actor, now: datetime, *, kind: str, subject: str, value: str, before: str,
    verdict: Verdict, overrule: str | None = None, served: dict[str, Serving | None] | None = None,
    undoes: str | None = None,
) -> Release:  # fmt: skip
    """Writes the release down, and who overruled the gate.

    Raises:
        GateRefused: the verdict is against it, and nobody gave a reason to do it all the same.
    """
    if not verdict.passed and not overrule:
        raise GateRefused(verdict.detail, extra={"verdict": verdict.document()})
    overruled = "" if verdict.passed else overrule or ""
    written = Release(
        id=new_id(), kind=kind, subject=subject, value=value, before=before, verdict=verdict.document(),
        overruled=overruled, served=served, undoes=undoes, released_by=actor.user_id, released_at=now,
    )  # fmt: skip
    session.add(written)
    if overruled:
        after = {"kind": kind, "value": value, "reason": overruled, "verdict": verdict.reason}
        record(session, actor, "gate.overrule", (kind, subject), after=after)
    await session.flush()
    return written


async def latest(session: AsyncSession, kind: str, subject: str) -> Release | None:
    return (await session.exec(_newest_first(kind, subject))).first()


async def latest_made(session: AsyncSession, kind: str, subject: str) -> Release | None:
    """Without those that take another one back."""
    return (await session.exec(_newest_first(kind, subject).where(col(Release.undoes).is_(None)))).first()


async def undoing(session: AsyncSession, kind: str, subject: str, release_id: str) -> Release | None:
    """The release by which this one was taken back."""
    return (await session.exec(_newest_first(kind, subject).where(col(Release.undoes) == release_id))).first()


async def latest_engine(session: AsyncSession) -> tuple[str, Serving | None] | None:
    """The engine that was in production last, with what it served then; None where only the built-in one ever was."""
    for item in await session.exec(_newest_first(ENGINE, DEFAULT)):
        for name, key in ((item.value, "value"), (item.before, "before")):
            if name != BUILTIN:
                return name, (item.served or {}).get(key)
    return None


async def was_in_production(
    session: AsyncSession, kind: str, subject: str, value: str, serving: Serving | None = None
) -> bool:
    """Whether it was there by its own merit: not overruled, put back, or while the gate was off.

    `serving`: of an engine, which is another one when it serves something else.
    """
    statement = select(Release.id).where(
        col(Release.kind) == kind,
        col(Release.subject) == subject,
        col(Release.value) == value,
        col(Release.verdict)["reason"].as_string().in_(_BY_ITS_OWN_MERIT),
    )
    if serving is not None:
        statement = statement.where(col(Release.served)["value"] == serving)
    return (await session.exec(statement.limit(1))).first() is not None


def _newest_first(kind: str, subject: str) -> SelectOfScalar[Release]:
    statement = select(Release).where(col(Release.kind) == kind, col(Release.subject) == subject)
    return statement.order_by(col(Release.id).desc())
