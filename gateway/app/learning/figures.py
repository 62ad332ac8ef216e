"""How each model does in daily use: rates with their intervals, out of the records of generations."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from statistics import NormalDist, mean, quantiles
from typing import Any

from pydantic import BaseModel

from ..storage.learning import LIKED

_Z = NormalDist().inv_cdf(0.975)
_FEW = 2


class Rate(BaseModel):
    """A share with Wilson's interval of 95 %; nothing but zeros where nothing was counted."""

    count: int
    of: int
    rate: float
    low: float
    high: float


class ModelFigures(BaseModel):
    """Of one model with one adapter (`""`: none). Times in milliseconds, `edit_ratio` 0 to 1."""

    model: str
    adapter: str
    attempts: int
    parse_failures: Rate
    """Answers that could not be used, of all answers."""
    engine_failures: Rate
    """No whole answer, of all attempts."""
    repaired: Rate
    """Screens whose files needed a fix, of all that came of a usable answer."""
    accepted: Rate
    """Taken over, or rated 4 and better, of all that somebody said anything about."""
    edit_ratio: float | None
    p50_ms: float | None
    p95_ms: float | None
    base_accepted: Rate | None = None
    """Of an adapter: `accepted` of the model without it, from the adapter's first answer to its last one."""


@dataclass(slots=True)
class _Counts:
    attempts: int = 0
    failed: int = 0
    unusable: int = 0
    usable: int = 0
    repaired: int = 0
    rated: int = 0
    accepted: int = 0
    ratios: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)


def figures_of(records: Sequence[Mapping[str, Any]]) -> list[ModelFigures]:
    """By model and adapter, the most used first."""
    made = [_figures(*who, of, _beside(records, *who)) for who, of in _counted(records).items()]
    return sorted(made, key=lambda item: (-item.attempts, item.model, item.adapter))


def _counted(records: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], _Counts]:
    counts: dict[tuple[str, str], _Counts] = {}
    for record in records:
        attempts = record["attempts"] or []
        for number, attempt in enumerate(attempts, 1):
            of = counts.setdefault(_who(attempt), _Counts())
            _count(of, attempt)
            if attempt.get("degraded") and attempt.get("asked"):
                fallen = counts.setdefault((str(attempt["asked"]), ""), _Counts())
                fallen.attempts, fallen.failed = fallen.attempts + 1, fallen.failed + 1
            if number == len(attempts) and attempt["outcome"] == "usable":
                _count_result(of, record)
    return counts


def _beside(records: Sequence[Mapping[str, Any]], model: str, adapter: str) -> Rate | None:
    """What people asked for before the adapter came, or after it went, says nothing of it."""
    if not adapter:
        return None
    mine = [
        record["created_at"]
        for record in records
        if any(_who(attempt) == (model, adapter) for attempt in record["attempts"] or ())
    ]
    within = [record for record in records if min(mine) <= record["created_at"] <= max(mine)]
    base = _counted(within).get((model, ""), _Counts())
    return wilson(base.accepted, base.rated)


def wilson(count: int, of: int) -> Rate:
    """Wilson, "Probable inference, the law of succession, and statistical inference", 1927."""
    if of == 0:
        return Rate(count=0, of=0, rate=0.0, low=0.0, high=0.0)
    share, spread = count / of, 1 + _Z**2 / of
    middle = (share + _Z**2 / (2 * of)) / spread
    reach = _Z / spread * sqrt(share * (1 - share) / of + _Z**2 / (4 * of**2))
    low, high = max(0.0, middle - reach), min(1.0, middle + reach)
    return Rate(count=count, of=of, rate=round(share, 4), low=round(low, 4), high=round(high, 4))


def _who(attempt: Mapping[str, Any]) -> tuple[str, str]:
    """An attempt that said nothing is the asked model's."""
    return str(attempt.get("model") or attempt.get("asked") or "unknown"), str(attempt.get("adapter") or "")


def _count(of: _Counts, attempt: Mapping[str, Any]) -> None:
    of.attempts += 1
    of.failed += attempt["outcome"] == "failed"
    of.unusable += attempt["outcome"] == "unusable"
    of.usable += attempt["outcome"] == "usable"
    if attempt["outcome"] != "failed":
        of.times.append(float(attempt["ms"]))


def _count_result(of: _Counts, record: Mapping[str, Any]) -> None:
    """What became of a usable answer."""
    of.repaired += bool(record.get("fixes"))
    feedback = record.get("feedback") or {}
    rating, taken_over = feedback.get("rating"), bool(feedback.get("accepted"))
    if rating is None and not taken_over:
        return
    of.rated += 1
    of.accepted += taken_over or (rating or 0) >= LIKED  # as admin-service counts the arms of an experiment
    ratio = (feedback.get("distance") or {}).get("ratio")
    if ratio is not None:
        of.ratios.append(float(ratio))


def _figures(model: str, adapter: str, of: _Counts, base_accepted: Rate | None) -> ModelFigures:
    answered = of.unusable + of.usable
    cuts = quantiles(of.times, n=20, method="inclusive") if len(of.times) >= _FEW else of.times * 20
    return ModelFigures(
        model=model,
        adapter=adapter,
        attempts=of.attempts,
        parse_failures=wilson(of.unusable, answered),
        engine_failures=wilson(of.failed, of.attempts),
        repaired=wilson(of.repaired, of.usable),
        accepted=wilson(of.accepted, of.rated),
        edit_ratio=round(mean(of.ratios), 4) if of.ratios else None,
        p50_ms=round(cuts[9], 1) if cuts else None,
        p95_ms=round(cuts[18], 1) if cuts else None,
        base_accepted=base_accepted,
    )
