"""What may go into production: only what an evaluation shows to be not worse than what is there, by a margin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .statistics import Interval, difference_interval

Reason = Literal["not_worse", "worse", "unsure", "too_few_cases", "no_evaluation", "rollback", "nothing_before", "off"]
DETAILS: Mapping[Reason, str] = {
    "not_worse": "It is not worse than what is in production.",
    "worse": "It is worse than what is in production.",
    "unsure": "The evaluation can't tell: its interval reaches beyond the margin. Take more cases or repeats.",
    "too_few_cases": "The evaluation has too few cases to tell.",
    "no_evaluation": "No completed evaluation compares it with what is in production.",
    "rollback": "It was in production before.",
    "nothing_before": "Nothing but what came with the product was in production.",
    "off": "The gate is switched off.",
}
_PASSING = frozenset({"not_worse", "rollback", "nothing_before", "off"})


@dataclass(frozen=True, slots=True)
class GateRules:
    """`margin`: points of 100 that something new may lose at most; `min_cases`: fewer can't tell."""

    enforced: bool = True
    margin: float = 2.0
    min_cases: int = 20

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "GateRules":
        """From the settings of the mesh; the defaults where they say nothing."""
        return cls(**(document.get("gates") or {}))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it may go in, why, and the evaluation that says so. `difference` is in points, new minus old."""

    reason: Reason
    evaluation_id: str | None = None
    difference: Interval | None = None
    margin: float = 0.0

    @property
    def passed(self) -> bool:
        return self.reason in _PASSING

    @property
    def detail(self) -> str:
        return DETAILS[self.reason]

    def document(self) -> dict[str, Any]:
        return {
            "passed": self.passed,
            "reason": self.reason,
            "detail": self.detail,
            "evaluation_id": self.evaluation_id,
            "difference": self.difference.document() if self.difference else None,
            "margin": self.margin,
        }


def judge_pairs(
    pairs: Sequence[tuple[Sequence[float], Sequence[float]]], rules: GateRules, evaluation_id: str
) -> Verdict:
    """The worst verdict over pairs of (new, old) scores, each case by case: one engine's loss is not another's gain."""
    if not pairs:
        return Verdict("no_evaluation", margin=rules.margin)
    verdicts = [_judge(new, old, rules, evaluation_id) for new, old in pairs]
    order: Sequence[Reason] = ("too_few_cases", "worse", "unsure", "not_worse")
    return min(verdicts, key=lambda verdict: order.index(verdict.reason))


def _judge(new: Sequence[float], old: Sequence[float], rules: GateRules, evaluation_id: str) -> Verdict:
    difference = difference_interval(new, old)
    if difference is None or difference.n < rules.min_cases:
        return Verdict("too_few_cases", evaluation_id, difference, rules.margin)
    if difference.low >= -rules.margin:
        return Verdict("not_worse", evaluation_id, difference, rules.margin)
    return Verdict("worse" if difference.high < 0 else "unsure", evaluation_id, difference, rules.margin)
