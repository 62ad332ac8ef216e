"""The gate's verdict on a pack's state: two evaluations, for a pack can't be tried in two states at once."""

from sqlmodel.ext.asyncio.session import AsyncSession

from ..quality.comparison import by_case
from ..quality.gate import GateRules, Sides, Verdict, judge_sides
from . import releases
from .evaluation_tables import Evaluation
from .evaluations import LOOKED_AT, newest_completed, results_of
from .mesh_settings import settings_document
from .serving import BUILTIN
from .verdicts import Variant, values_of


async def pack_verdict(session: AsyncSession, framework: str, pack_hash: str, current: str) -> Verdict:
    """Two evaluations, one of each state of the pack, over the cases that are the same in both."""
    if not current:
        return Verdict("nothing_before")
    if await releases.was_in_production(session, releases.PACK, framework, pack_hash):
        return Verdict("rollback")
    document = await settings_document(session)
    rules = GateRules.of(document)
    if not rules.enforced:
        return Verdict("off")
    only_builtin = document["default_engine"] == BUILTIN
    evaluations = [item for item in await newest_completed(session, LOOKED_AT) if item.framework == framework]
    first: Verdict | None = None
    for new in (item for item in evaluations if item.pack["hash"] == pack_hash):
        for old in (item for item in evaluations if item.pack["hash"] == current):
            sides = await _pack_sides(session, new, old, only_builtin=only_builtin)
            verdict = judge_sides(sides, rules, new.id)
            if verdict.telling:
                return verdict
            first = first or (verdict if sides else None)
    return first or Verdict("no_evaluation", margin=rules.margin)


async def _pack_sides(session: AsyncSession, new: Evaluation, old: Evaluation, *, only_builtin: bool) -> list[Sides]:
    """A pack's prompts and knowledge show in answers of engines that read them."""
    pairs = [
        (number, other)
        for number, variant in enumerate(new.variants)
        for other, older in enumerate(old.variants)
        if _same_setting(variant, older)
    ]
    if not pairs:
        return []
    before = {case["id"]: case for case in old.cases}
    alike = {case["id"] for case in new.cases if before.get(case["id"]) == case}
    results = [item for item in await results_of(session, new.id) if item.case_id in alike]
    others = [item for item in await results_of(session, old.id) if item.case_id in alike]
    return [
        Sides(
            by_case(results, number),
            by_case(others, other),
            tried=set() if new.variants[number]["engine"] == BUILTIN and not only_builtin else None,
        )
        for number, other in pairs
    ]


def _same_setting(one: Variant, other: Variant) -> bool:
    if one.get("serving") is None:
        return False
    settings = all(one[name] == other.get(name) for name in ("engine", "mode", "templates", "serving"))
    return settings and values_of(one) == values_of(other)
