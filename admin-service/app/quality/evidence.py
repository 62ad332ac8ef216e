"""What evaluations say about a model's values: variants of one engine that differ in one value, and what failed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .comparison import Result, by_case, paired
from .statistics import LEVEL, Interval, difference_interval, percentile, rate_interval

MIN_CASES = 20
"""Fewer cases can't tell, as with gates."""
VALUES = ("mode", "threshold", "hits", "examples", "repair_budget")
Variant = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Compared:
    """An evaluation with its results. `variants` as they were at the start."""

    id: str
    name: str
    variants: Sequence[Variant]
    results: Sequence[Result]
    models: Sequence[str | None]
    """By variant, the model that its engine served at the start; None where that was not kept."""


@dataclass(frozen=True, slots=True)
class Better:
    """`value` scored higher than `current`, by more than chance; `difference` in points of the score.

    Its interval holds for all `comparisons` that were looked through together.
    """

    name: str
    value: Any
    current: Any
    difference: Interval
    evaluation: Compared
    comparisons: int


@dataclass(frozen=True, slots=True)
class _Pair:
    """Variants that differ in `name` alone, by number; the other one is with the value in force."""

    name: str
    value: Any
    evaluation: Compared
    one: int
    other: int


@dataclass(frozen=True, slots=True)
class Figures:
    """How the engine did in an evaluation, in the settings that are in force."""

    evaluation: Compared
    variant: str
    cases: int
    score: float
    unusable: Interval
    """Results whose first answer could not be used, of all with an answer."""
    mended: Interval
    """Screens that needed a fix, of those that the engine itself made."""
    failed: int
    p95_ms: float | None


def better_values(evaluations: Sequence[Compared], model: str, values: Mapping[str, Any]) -> list[Better]:
    """For each value, what the newest evaluation that compared it shows to be better than the one in force.

    `values` are those in force; a variant that sets none was made with them. The best of several looks better than it
    is: intervals are widened by the number of comparisons (Bonferroni).
    """
    pairs = [pair for name in VALUES for pair in _newest(evaluations, model, name, values)]
    found: dict[str, Better] = {}
    for pair in pairs:
        difference = _difference(pair, comparisons=len(pairs))
        if difference is None or difference.n < MIN_CASES or difference.low <= 0:
            continue
        better = Better(pair.name, pair.value, values.get(pair.name), difference, pair.evaluation, len(pairs))
        if pair.name not in found or difference.mean > found[pair.name].difference.mean:
            found[pair.name] = better
    return list(found.values())


def figures_in_force(evaluations: Sequence[Compared], model: str, values: Mapping[str, Any]) -> Figures | None:
    """Of the newest evaluation with the model as it is set now, with production's templates."""
    for evaluation in evaluations:
        for number, variant in enumerate(evaluation.variants):
            as_now = all(_of(variant, name, values) == values.get(name) for name in VALUES)
            if evaluation.models[number] == model and as_now and not variant["templates"]:
                return _figures(evaluation, number)
    return None


def _newest(
    evaluations: Sequence[Compared], model: str, name: str, values: Mapping[str, Any]
) -> list[_Pair]:  # fmt: skip
    """Those of the newest evaluation that has any."""
    found = (_pairs(item, model, name, values) for item in evaluations)
    return next((pairs for pairs in found if pairs), [])


def _pairs(evaluation: Compared, model: str, name: str, values: Mapping[str, Any]) -> list[_Pair]:
    """(another value, the one in force) of variants that are alike in everything else."""
    numbered = [(number, item) for number, item in enumerate(evaluation.variants) if evaluation.models[number] == model]
    current = values.get(name)
    return [
        _Pair(name, value, evaluation, number, other)
        for number, variant in numbered
        if (value := _of(variant, name, values)) != current
        for other, base in numbered
        if _of(base, name, values) == current and _rest(variant, name) == _rest(base, name)
    ]


def _difference(pair: _Pair, *, comparisons: int) -> Interval | None:
    one, other = (by_case(pair.evaluation.results, number) for number in (pair.one, pair.other))
    return difference_interval(*paired(one, other), level=1 - (1 - LEVEL) / comparisons)


def _of(variant: Variant, name: str, values: Mapping[str, Any]) -> Any:
    if name == "mode":
        return variant["mode"]
    return (variant.get("values") or {}).get(name, values.get(name))


def _rest(variant: Variant, name: str) -> tuple[Any, ...]:
    set_values = {key: value for key, value in (variant.get("values") or {}).items() if key != name}
    mode = None if name == "mode" else variant["mode"]
    return variant["engine"], mode, sorted(variant["templates"].items()), sorted(set_values.items())


def _figures(evaluation: Compared, number: int) -> Figures:
    mine = [result.measures for result in evaluation.results if result.variant == number]
    own = [measures for measures in mine if measures.get("own")]
    unusable = sum(measures["attempts"] > 1 for measures in own)
    unusable += sum(measures.get("problem") == "engine_answer_unusable" for measures in mine if not measures.get("own"))
    answered = len(own) + sum(measures.get("problem") == "engine_answer_unusable" for measures in mine)
    times = [float(measures["duration_ms"]) for measures in own if measures.get("duration_ms") is not None]
    return Figures(
        evaluation=evaluation,
        variant=str(evaluation.variants[number]["name"]),
        cases=len({result.case_id for result in evaluation.results if result.variant == number}),
        score=sum(float(measures["score"]) for measures in mine) / len(mine) if mine else 0.0,
        unusable=rate_interval(unusable, answered),
        mended=rate_interval(sum(measures["fixes"] > 0 for measures in own), len(own)),
        failed=len(mine) - len(own),
        p95_ms=percentile(times, 95),
    )
