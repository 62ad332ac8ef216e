"""What evaluations suggest for a model's values, in words that an admin can check."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...quality.evidence import Better, Compared, Figures, better_values, figures_in_force
from ...quality.statistics import Interval
from .suggestions import Suggestion, suggestions_of


def evaluated_suggestions(evaluations: Sequence[Compared], model: str, values: Mapping[str, Any]) -> list[Suggestion]:
    """First what was compared side by side, then what the newest evaluation says of the values as they are."""
    compared = [_better(item) for item in better_values(evaluations, model, values)]
    decided = {item.name for item in compared}
    found = figures_in_force(evaluations, model, values)
    return [*compared, *(item for item in _from_figures(found, values) if item.name not in decided)]


def evaluated_line(evaluations: Sequence[Compared], model: str, values: Mapping[str, Any]) -> Any:
    """The newest evaluation of the model as it is set now, as the page shows it; None without one."""
    found = figures_in_force(evaluations, model, values)
    if found is None:
        return None
    return {
        "evaluation_id": found.evaluation.id,
        "name": found.evaluation.name,
        "variant": found.variant,
        "cases": found.cases,
        "score": round(found.score, 1),
        "failed": found.failed,
        "unusable": _rate(found.unusable),
        "mended": _rate(found.mended),
        "p95_ms": found.p95_ms,
    }


def _better(item: Better) -> Suggestion:
    gain = f"+{item.difference.mean:.1f} [{item.difference.low:.1f}, {item.difference.high:.1f}]"
    before, several = _shown(item.current), item.comparisons > 1
    widened_ko = f", 비교 {item.comparisons}건에 맞춰 넓힌 구간" if several else ""
    widened_en = f"; interval widened for {item.comparisons} comparisons" if several else ""
    return Suggestion(
        item.name,
        item.value,
        f"평가 '{item.evaluation.name}': {item.value}이(가) {before['ko']}보다 {gain}점 높다 "
        f"(사례 {item.difference.n}개{widened_ko}).",
        f"Evaluation '{item.evaluation.name}': {item.value} scored {gain} points over {before['en']} "
        f"({item.difference.n} cases{widened_en}).",
        item.evaluation.id,
    )


def _from_figures(found: Figures | None, values: Mapping[str, Any]) -> list[Suggestion]:
    if found is None:
        return []
    figures = {
        "parse_failures": _rate(found.unusable),
        "repaired": _rate(found.mended),
        "accepted": _rate(Interval(0.0, 0.0, 0.0, 0)),
        "p95_ms": found.p95_ms,
    }
    of = found.evaluation
    return [
        replace(item, ko=f"평가 '{of.name}': {item.ko}", en=f"Evaluation '{of.name}': {item.en}", evaluation_id=of.id)
        for item in suggestions_of(values, figures)
    ]


def _rate(interval: Interval) -> dict[str, Any]:
    """In the form of the gateway's rates."""
    return {
        "count": round(interval.mean * interval.n), "of": interval.n, "rate": round(interval.mean, 4),
        "low": round(interval.low, 4), "high": round(interval.high, 4),
    }  # fmt: skip


def _shown(value: Any) -> dict[str, str]:
    if value is None:
        return {"ko": "지금의 기본값", "en": "today's default"}
    return {"ko": str(value), "en": str(value)}
