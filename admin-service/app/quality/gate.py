"""What may go into production: only what an evaluation shows to be not worse than what is there, by a margin."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .comparison import ByCase, Result, paired
from .statistics import Interval, difference_interval

Reason = Literal[
    "not_worse", "worse", "unsure", "too_few_cases", "not_exercised", "engine_failed", "outdated", "no_evaluation",
    "rollback", "nothing_before", "off",
]  # fmt: skip
DETAILS: Mapping[Reason, str] = {
    "not_worse": "It is not worse than what is in production.",
    "worse": "It is worse than what is in production.",
    "unsure": "The evaluation can't tell: its interval reaches beyond the margin. Take more cases or repeats.",
    "too_few_cases": "The evaluation has too few cases to tell.",
    "not_exercised": "It had no part in enough cases of the evaluation: choose the mode and the framework that use it, "
    "and another engine than the built-in one, which reads no prompts.",
    "engine_failed": "An engine of the evaluation did not answer in enough cases to tell: repeat it.",
    "outdated": "The framework pack, or the engine, is another one than when the evaluation was made: repeat it.",
    "no_evaluation": "No completed evaluation compares it with what is in production.",
    "rollback": "It was in production before.",
    "nothing_before": "Nothing but what came with the product was in production.",
    "off": "The gate is switched off.",
}
_PASSING = frozenset({"not_worse", "rollback", "nothing_before", "off"})
_TELLING = frozenset({"not_worse", "worse", "unsure"})
_WORST_FIRST: Sequence[Reason] = ("worse", "unsure", "engine_failed", "too_few_cases", "not_worse", "not_exercised")
"""The last one says nothing about what is judged: it counts where no other pair does."""
_UNUSABLE = "engine_answer_unusable"


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
    def telling(self) -> bool:
        """Whether the evaluation shows anything: where it does not, an earlier one may."""
        return self.reason in _TELLING

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


@dataclass(frozen=True, slots=True)
class Sides:
    """What a variant with the new thing made of each case, and one with the old."""

    new: ByCase
    old: ByCase
    tried: Collection[str] | None = None
    """Cases in which the new thing had a part; None: all."""
    untouched: Collection[str] = frozenset()
    """Cases in which neither had a part: their difference is chance."""


def judge_sides(sides: Sequence[Sides], rules: GateRules, evaluation_id: str) -> Verdict:
    """The worst verdict over the pairs of variants: one engine's loss is not another's gain."""
    if not sides:
        return Verdict("no_evaluation", margin=rules.margin)
    verdicts = [_judge(pair, rules, evaluation_id) for pair in sides]
    return min(verdicts, key=lambda verdict: _WORST_FIRST.index(verdict.reason))


def _judge(sides: Sides, rules: GateRules, evaluation_id: str) -> Verdict:
    common = sides.new.keys() & sides.old.keys()
    reason: Reason | None = None
    if len(common) < rules.min_cases:
        reason = "too_few_cases"
    elif sides.tried is not None and len(common & set(sides.tried)) < rules.min_cases:
        reason = "not_exercised"
    new = {case: results for case, results in sides.new.items() if case in common - set(sides.untouched)}
    difference = difference_interval(*paired(new, _answered(sides.old)))
    return Verdict(reason or _reason(new, sides.old, difference, rules), evaluation_id, difference, rules.margin)


def _reason(new: ByCase, old: ByCase, difference: Interval | None, rules: GateRules) -> Reason:
    """Where nobody answered for the old side there is nothing to be better than; for the new one it counts as 0."""
    if difference is None or difference.n < rules.min_cases:
        return "engine_failed"
    if _holds(difference, rules):
        return "not_worse" if len(_own(new)) >= rules.min_cases else "engine_failed"
    answered = difference_interval(*paired(_answered(new), _answered(old)))
    if answered is None or answered.n < rules.min_cases or _holds(answered, rules):
        return "engine_failed"
    return "worse" if difference.high < 0 else "unsure"


def _holds(difference: Interval, rules: GateRules) -> bool:
    return difference.low >= -rules.margin


def _own(cases: ByCase) -> ByCase:
    return _only(cases, lambda result: bool(result.measures.get("own")))


def _answered(cases: ByCase) -> ByCase:
    """Results for which the engine itself answered, be it with something unusable."""
    return _only(cases, lambda result: bool(result.measures.get("own")) or result.measures.get("problem") == _UNUSABLE)


def _only(cases: ByCase, holds: Callable[[Result], bool]) -> ByCase:
    kept = {case: [result for result in results if holds(result)] for case, results in cases.items()}
    return {case: results for case, results in kept.items() if results}
