"""The gate's verdict on what is to go into production, out of the evaluations that there are."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from ..quality.comparison import ByCase, Result, by_case
from ..quality.gate import GateRules, Sides, Verdict, judge_sides
from ..quality.golden import Pack
from . import releases
from .evaluations import LOOKED_AT, newest_completed, results_of
from .mesh_settings import settings_document
from .serving import BUILTIN, Serving, servings_now

Variant = Mapping[str, Any]
Packs = Callable[[], Mapping[str, Pack]]


@dataclass(frozen=True, slots=True)
class Served:
    """An engine with what it serves. `by_any`: figures of another engine that serves the same are as good."""

    engine_id: str
    serving: Serving | None
    by_any: bool = False

    def measured_by(self, variant: Variant) -> bool:
        """Not by evaluations of before they kept what an engine served."""
        if self.serving is None or variant.get("serving") != self.serving:
            return False
        return self.by_any or bool(variant["engine"] == self.engine_id)


@dataclass(frozen=True, slots=True)
class _Question:
    """Which variants stand for the new thing and for the old, and what has to be alike in both."""

    is_new: Callable[[Variant], bool]
    is_old: Callable[[Variant], bool]
    rest: Callable[[Variant], Hashable]
    sides: Callable[[ByCase, ByCase], Sides] = Sides
    holds_still: Callable[[Variant], bool] = lambda _variant: True
    """Whether the variant's engine is still what was measured."""

    def pairs(self, variants: Sequence[Variant]) -> list[tuple[int, int]]:
        numbered = list(enumerate(variants))
        return [
            (new, old)
            for new, variant in numbered
            for old, other in numbered
            if new != old and self.is_new(variant) and self.is_old(other) and self.rest(variant) == self.rest(other)
        ]


async def template_verdict(
    session: AsyncSession, template_id: str, version: int, current: int, packs: Packs
) -> Verdict:
    """`current` 0: the pack's own template is in production."""
    if await releases.was_in_production(session, releases.TEMPLATE, template_id, str(version)):
        return Verdict("rollback")

    def rest(variant: Variant) -> Hashable:
        others = {name: number for name, number in variant["templates"].items() if name != template_id}
        return variant["engine"], variant["mode"], tuple(sorted(others.items())), values_of(variant)

    def sides(new: ByCase, old: ByCase) -> Sides:
        tried = _cases_with(new, template_id)
        touched = tried | (_cases_with(old, template_id) if current else set())
        return Sides(new, old, tried, new.keys() - touched)

    servings = await servings_now(session)
    question = _Question(
        lambda item: bool(item["templates"].get(template_id) == version),
        lambda item: bool(item["templates"].get(template_id) == current),
        rest,
        sides,
        lambda item: item.get("serving") == servings.get(item["engine"]),
    )
    return await _verdict(session, question, packs)


async def engine_verdict(session: AsyncSession, new: Served, current: Served | None, packs: Packs) -> Verdict:
    """`current` None: only the built-in engine was ever in production, to which there is always a way back."""
    if new.serving is not None and new.serving["kind"] == BUILTIN:
        return Verdict("rollback")
    if current is None:
        return Verdict("nothing_before")
    if await releases.was_in_production(session, releases.ENGINE, releases.DEFAULT, new.engine_id, new.serving):
        return Verdict("rollback")
    question = _Question(
        new.measured_by,
        current.measured_by,
        lambda item: (item["mode"], tuple(sorted(item["templates"].items())), values_of(item)),
    )
    return await _verdict(session, question, packs)


async def compared_with(session: AsyncSession, current: Served) -> Served | None:
    """What a new engine is held to: the built-in one in between lets nobody by. None: there was none but that."""
    if current.engine_id != BUILTIN:
        return current
    last = await releases.latest_engine(session)
    return Served(*last) if last else None


async def _verdict(session: AsyncSession, question: _Question, packs: Packs) -> Verdict:
    """By the newest evaluation that has both side by side, the rest of their settings alike, and shows anything."""
    rules = GateRules.of(await settings_document(session))
    if not rules.enforced:
        return Verdict("off")
    first: Verdict | None = None
    present: dict[str, str] | None = None
    for evaluation in await newest_completed(session, LOOKED_AT):
        pairs = question.pairs(evaluation.variants)
        if not pairs:
            continue
        present = present or {name: pack.hash for name, pack in packs().items()}
        pairs = [(new, old) for new, old in pairs if question.holds_still(evaluation.variants[new])]
        if not pairs or present.get(evaluation.framework) != evaluation.pack["hash"]:
            first = first or Verdict("outdated", evaluation.id, margin=rules.margin)
            continue
        results = await results_of(session, evaluation.id)
        sides = [question.sides(by_case(results, new), by_case(results, old)) for new, old in pairs]
        verdict = judge_sides(sides, rules, evaluation.id)
        if verdict.telling:
            return verdict
        first = first or verdict
    return first or Verdict("no_evaluation", margin=rules.margin)


def _cases_with(cases: ByCase, template_id: str) -> set[str]:
    """Cases with a prompt of the template's pinned version, answered by an engine that reads it."""
    return {case for case, results in cases.items() if any(_used(result, template_id) for result in results)}


def _used(result: Result, template_id: str) -> bool:
    measures = result.measures
    if measures.get("own") and measures.get("engine") == BUILTIN:
        return False
    return any(
        name.startswith(f"{template_id}@") and name != f"{template_id}@pack" for name in measures.get("templates") or ()
    )


def values_of(variant: Variant) -> tuple[tuple[str, Any], ...]:
    """Those of the model's profile that the variant sets; evaluations of before there were any set none."""
    return tuple(sorted((variant.get("values") or {}).items()))
