"""Variants side by side: means with intervals, each also relative to the reference, which is 100."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .statistics import Interval, bounded_interval, difference_interval, percentile, ratio_interval

SHARES = ("valid_before", "valid_after", "expectations", "recall", "precision", "distance")
SUMS = ("gpu_s", "cost")
MEANS = ("prompt_tokens", "completion_tokens", "duration_ms", "gpu_s", "cost")


@dataclass(frozen=True, slots=True)
class Result:
    """One case of one variant, generated once. `judged`: the judge's mark, 0 to 100."""

    variant: int
    case_id: str
    repeat: int
    measures: Mapping[str, Any]
    judged: float | None = None


ByCase = Mapping[str, Sequence[Result]]


def by_case(results: Sequence[Result], variant: int) -> dict[str, list[Result]]:
    """A variant's results by case, in the order in which the cases were first done."""
    found: dict[str, list[Result]] = {}
    for result in results:
        if result.variant == variant:
            found.setdefault(result.case_id, []).append(result)
    return found


def figure_of(results: Sequence[Result], name: str) -> float | None:
    """The mean over the repeats of a case; None where no repeat has the figure."""
    if name == "judged":
        given = [result.judged for result in results if result.judged is not None]
    else:
        given = [float(result.measures[name]) for result in results if result.measures.get(name) is not None]
    return sum(given) / len(given) if given else None


def paired(one: ByCase, other: ByCase, name: str = "score") -> tuple[list[float], list[float]]:
    """A figure of the cases that both have, in the same order."""
    pairs = [(figure_of(one[case], name), figure_of(other[case], name)) for case in one if case in other]
    whole = [(left, right) for left, right in pairs if left is not None and right is not None]
    return [left for left, _ in whole], [right for _, right in whole]


def compare(results: Sequence[Result], names: Sequence[str], reference: int) -> list[dict[str, Any]]:
    """A row for each variant, in their order; times, tokens and costs are of the engine's own answers."""
    cases = [by_case(results, number) for number in range(len(names))]
    return [_row(number, name, cases[number], cases[reference]) for number, name in enumerate(names)]


def _row(number: int, name: str, mine: ByCase, reference: ByCase) -> dict[str, Any]:
    values, others = paired(mine, reference)
    every = [result for results in mine.values() for result in results]
    own = [result for result in every if result.measures.get("own")]
    times = [float(item.measures["duration_ms"]) for item in own if item.measures.get("duration_ms") is not None]
    return {
        "variant": number,
        "name": name,
        "cases": len(mine),
        "results": len(every),
        "failed": len(every) - len(own),
        "score": _shown(_interval(mine, "score", top=100.0)),
        "relative": _shown(ratio_interval(values, others)),
        "difference": _shown(difference_interval(values, others)),
        "judged": _shown(_interval(mine, "judged", top=100.0)),
        **{measure: _shown(_interval(mine, measure)) for measure in SHARES},
        **{f"{measure}_mean": figure_of(own, measure) for measure in MEANS},
        **{f"{measure}_total": _total(own, measure) for measure in SUMS},
        "duration_ms_p50": percentile(times, 50),
        "duration_ms_p95": percentile(times, 95),
    }


def _interval(cases: ByCase, name: str, *, top: float = 1.0) -> Interval | None:
    figures = [figure_of(results, name) for results in cases.values()]
    return bounded_interval([figure for figure in figures if figure is not None], top=top)


def _total(results: Sequence[Result], name: str) -> float:
    return round(sum(float(result.measures.get(name) or 0.0) for result in results), 4)


def _shown(interval: Interval | None) -> dict[str, Any] | None:
    return interval.document() if interval else None
