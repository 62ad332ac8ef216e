"""What a gate lets in: what is shown to be not worse, by answers that show anything."""

import random
from collections.abc import Sequence
from typing import Any

import pytest
from app.quality.comparison import ByCase, Result
from app.quality.gate import GateRules, Sides, judge_sides

RULES = GateRules()
NOBODY: dict[str, Any] = {"score": 0.0, "own": False, "problem": "engine_failed"}
UNUSABLE: dict[str, Any] = {"score": 0.0, "own": False, "problem": "engine_answer_unusable"}


def scored(scores: Sequence[float]) -> ByCase:
    return made({"score": score, "own": True} for score in scores)


def made(measures: Any) -> ByCase:
    return {f"case-{number}": [Result(0, f"case-{number}", 0, one)] for number, one in enumerate(measures)}


def reason(new: ByCase, old: ByCase, **more: Any) -> str:
    return judge_sides([Sides(new, old, **more)], RULES, "e1").reason


@pytest.mark.parametrize(
    ("shift", "spread", "cases", "expected"),
    [
        (0.0, 1.0, 60, "not_worse"),
        (-1.0, 0.5, 60, "not_worse"),
        (-8.0, 1.0, 60, "worse"),
        (-1.0, 30.0, 30, "unsure"),
        (5.0, 1.0, 10, "too_few_cases"),
    ],
)
def test_a_gate_lets_in_what_is_shown_to_be_not_worse(shift: float, spread: float, cases: int, expected: str) -> None:
    dice = random.Random(7)
    old = [dice.uniform(40, 90) for _ in range(cases)]
    new = [value + shift + dice.gauss(0, spread) for value in old]
    verdict = judge_sides([Sides(scored(new), scored(old))], RULES, "e1")
    assert verdict.reason == expected
    assert verdict.passed == (expected == "not_worse")
    assert verdict.telling == (expected != "too_few_cases")
    assert verdict.document()["evaluation_id"] == "e1"


def test_one_engines_gain_does_not_make_up_for_anothers_loss() -> None:
    old = scored([50.0] * 30)
    better, worse = Sides(scored([90.0] * 30), old), Sides(scored([40.0] * 30), old)
    silent, elsewhere = Sides(made([NOBODY] * 30), old), Sides(scored([90.0] * 30), old, tried=set())
    assert judge_sides([better, worse], RULES, "e").reason == "worse"
    assert judge_sides([better, silent], RULES, "e").reason == "engine_failed"
    assert judge_sides([worse, silent], RULES, "e").reason == "worse"
    assert judge_sides([better, elsewhere], RULES, "e").reason == "not_worse", "it says nothing about what is judged"
    assert judge_sides([], RULES, "e").reason == "no_evaluation"
    assert GateRules.of({"gates": {"margin": 5.0}}).margin == 5.0


@pytest.mark.parametrize("failure", [NOBODY, UNUSABLE])
def test_two_sides_that_both_failed_show_nothing(failure: dict[str, Any]) -> None:
    assert reason(made([failure] * 30), made([failure] * 30)) == "engine_failed"


def test_answers_that_can_not_be_used_are_the_fault_of_what_is_judged() -> None:
    good, unusable = scored([80.0] * 30), made([UNUSABLE] * 30)
    assert reason(unusable, good) == "worse"
    assert reason(good, unusable) == "not_worse", "it mends what is in production"


def test_an_engine_that_does_not_answer_helps_neither_side() -> None:
    good, weak = {"score": 80.0, "own": True}, {"score": 70.0, "own": True}
    flaky = [good if number % 2 else NOBODY for number in range(60)]
    assert reason(made([weak] * 60), made(flaky)) == "worse", "half of what it is held to is missing: no gain"
    assert reason(made(flaky), made([good] * 60)) == "engine_failed"
    assert reason(made([NOBODY] * 60), made([good] * 60)) == "engine_failed", "not worse: nobody answered"
    seldom = [weak if number % 10 else NOBODY for number in range(60)]
    assert reason(made(seldom), made([good] * 60)) == "worse", "with all its answers it would be, too"
    assert reason(made([good] * 30), made([good] * 15 + [NOBODY] * 15)) == "engine_failed"


def test_only_cases_that_it_had_a_part_in_are_counted() -> None:
    new, old = scored([30.0] * 10 + [80.0] * 50), scored([80.0] * 60)
    names = list(new)
    assert reason(new, old, tried=names[:10], untouched=names[10:]) == "not_exercised"
    verdict = judge_sides([Sides(new, old, tried=names[:30], untouched=names[30:])], RULES, "e")
    assert verdict.difference is not None
    assert (verdict.reason, verdict.difference.n) == ("worse", 30)
