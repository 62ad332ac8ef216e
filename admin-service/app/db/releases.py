"""What is put into production: the gate's verdict out of the evaluations that there are, and the record of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from chassis.errors import Conflict

from ..core.ids import new_id
from ..quality.comparison import by_case, paired
from ..quality.gate import GateRules, Verdict, judge_pairs
from .audit import Actor, record
from .evaluation_tables import Release
from .evaluations import newest_completed, results_of
from .models import MeshSettings

TEMPLATE, ENGINE, PACK = "template", "engine", "pack"
_LOOKED_AT = 50
"""The newest evaluations: an older one tells little of today's engines."""
Variant = Mapping[str, Any]


class GateRefused(Conflict):
    """409: not shown to be good enough for production; `verdict` says why. A reason in `overrule` overrules it."""

    default_code = "gate_refused"


async def rules_of(session: AsyncSession) -> GateRules:
    document = (await session.exec(select(MeshSettings.document).where(col(MeshSettings.id) == "mesh"))).one()
    return GateRules.of(document)


async def template_verdict(session: AsyncSession, template_id: str, version: int, current: int) -> Verdict:
    """`current` 0: the pack's own template is in production."""
    if await _was_in_production(session, TEMPLATE, template_id, str(version)):
        return Verdict("rollback")

    def of(variant: Variant, number: int) -> bool:
        return bool(variant["templates"].get(template_id) == number)

    def rest(variant: Variant) -> tuple[Any, ...]:
        others = {name: number for name, number in variant["templates"].items() if name != template_id}
        return variant["engine"], variant["mode"], tuple(sorted(others.items())), values_of(variant)

    return await _verdict(session, lambda item: of(item, version), lambda item: of(item, current), rest)


async def engine_verdict(session: AsyncSession, engine_id: str, current: str, builtin: str) -> Verdict:
    if builtin in {current, engine_id}:
        return Verdict("nothing_before")
    if await _was_in_production(session, ENGINE, engine_id, engine_id):
        return Verdict("rollback")
    return await _verdict(
        session,
        lambda item: item["engine"] == engine_id,
        lambda item: item["engine"] == current,
        lambda item: (item["mode"], tuple(sorted(item["templates"].items())), values_of(item)),
    )


async def pack_verdict(session: AsyncSession, framework: str, pack_hash: str, current: str) -> Verdict:
    """Two evaluations of the same cases, one of each state of the pack."""
    if not current:
        return Verdict("nothing_before")
    if await _was_in_production(session, PACK, framework, pack_hash):
        return Verdict("rollback")
    rules, evaluations = await rules_of(session), await newest_completed(session, _LOOKED_AT)
    new, old = (
        next((item for item in evaluations if item.pack == {**item.pack, "name": framework, "hash": wanted}), None)
        for wanted in (pack_hash, current)
    )
    if new is None or old is None:
        return _not_enforced(rules) or Verdict("no_evaluation", margin=rules.margin)
    results, others = await results_of(session, new.id), await results_of(session, old.id)
    pairs = [
        paired(by_case(results, number), by_case(others, other))
        for number, variant in enumerate(new.variants)
        for other, older in enumerate(old.variants)
        if _same_setting(variant, older)
    ]
    return _not_enforced(rules) or judge_pairs(pairs, rules, new.id)


async def release(
    session: AsyncSession, actor: Actor, now: datetime, *, kind: str, subject: str, value: str, before: str,
    verdict: Verdict, overrule: str | None,
) -> None:  # fmt: skip
    """Writes the release down, and who overruled the gate.

    Raises:
        GateRefused: the verdict is against it, and nobody gave a reason to do it all the same.
    """
    if not verdict.passed and not overrule:
        raise GateRefused(verdict.detail, extra={"verdict": verdict.document()})
    overruled = "" if verdict.passed else overrule or ""
    session.add(
        Release(
            id=new_id(), kind=kind, subject=subject, value=value, before=before, verdict=verdict.document(),
            overruled=overruled, released_by=actor.user_id, released_at=now,
        )
    )  # fmt: skip
    if overruled:
        after = {"kind": kind, "value": value, "reason": overruled, "verdict": verdict.reason}
        record(session, actor, "gate.overrule", (kind, subject), after=after)


async def latest(session: AsyncSession, kind: str, subject: str) -> Release | None:
    statement = select(Release).where(col(Release.kind) == kind, col(Release.subject) == subject)
    return (await session.exec(statement.order_by(col(Release.id).desc()).limit(1))).first()


async def _was_in_production(session: AsyncSession, kind: str, subject: str, value: str) -> bool:
    statement = select(Release.id).where(col(Release.kind) == kind, col(Release.value) == value)
    if kind != ENGINE:
        statement = statement.where(col(Release.subject) == subject)
    return (await session.exec(statement.limit(1))).first() is not None


async def _verdict(session: AsyncSession, is_new: Any, is_old: Any, rest: Any) -> Verdict:
    """By the newest evaluation that has both side by side, the rest of their settings alike."""
    rules = await rules_of(session)
    if not rules.enforced:
        return Verdict("off")
    for evaluation in await newest_completed(session, _LOOKED_AT):
        numbered = list(enumerate(evaluation.variants))
        matches = [
            (new, old)
            for new, variant in numbered
            for old, other in numbered
            if is_new(variant) and is_old(other) and rest(variant) == rest(other)
        ]
        if matches:
            results = await results_of(session, evaluation.id)
            pairs = [paired(by_case(results, new), by_case(results, old)) for new, old in matches]
            return judge_pairs(pairs, rules, evaluation.id)
    return Verdict("no_evaluation", margin=rules.margin)


def _not_enforced(rules: GateRules) -> Verdict | None:
    return None if rules.enforced else Verdict("off")


def _same_setting(one: Variant, other: Variant) -> bool:
    settings = all(one[name] == other[name] for name in ("engine", "mode", "templates"))
    return settings and values_of(one) == values_of(other)


def values_of(variant: Variant) -> tuple[tuple[str, Any], ...]:
    """Those of the model's profile that the variant sets; evaluations of before there were any set none."""
    return tuple(sorted((variant.get("values") or {}).items()))
