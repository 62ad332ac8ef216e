"""A/B tests where people differ, and some do much more than others."""

import random

import pytest
from app.quality.significance import Arm, compare_arms, permutation_p

ROUNDS = 999


def arm(dice: random.Random, users: int, gain: float = 0.0) -> Arm:
    """Users with a taste and a habit of editing of their own; a few generate a hundred screens, most of them two."""
    rates, distances = [], []
    for _ in range(users):
        screens = max(1, round(dice.lognormvariate(1.5, 1.2)))
        taste, habit = min(1.0, dice.betavariate(2, 2) + gain), dice.betavariate(1, 4)
        accepted = sum(dice.random() < taste for _ in range(screens))
        rates.append(accepted / screens)
        if accepted:
            distances.append(sum(abs(dice.gauss(habit, 0.1)) for _ in range(accepted)) / accepted)
    return Arm("arm", rates, distances)


@pytest.mark.parametrize("arms", [1, 3])
def test_without_an_effect_about_one_experiment_in_twenty_seems_to_have_one(arms: int) -> None:  # R4.6
    dice = random.Random(3)
    alarms = 0
    for _ in range(300):
        found = compare_arms(arm(dice, 20), [arm(dice, 20) for _ in range(arms)], rounds=ROUNDS)
        alarms += any(difference.significant for difference in found)
    assert 3 <= alarms <= 27, "of 300: 5 %, and what chance adds to it"


def test_an_effect_is_found_in_the_arm_that_has_it() -> None:  # R4.6
    dice = random.Random(4)
    found = [compare_arms(arm(dice, 40), [arm(dice, 40), arm(dice, 40, 0.3)], rounds=ROUNDS) for _ in range(50)]
    assert sum(better.significant for _, better in found) >= 45
    assert sum(same.significant for same, _ in found) <= 6


def test_p_values_are_adjusted_for_all_tests_of_all_arms() -> None:
    control = Arm("control", [0.2, 0.3, 0.4, 0.5, 0.6, 0.7], [])
    alone = compare_arms(control, [Arm("a", [0.6, 0.8, 0.8, 0.9, 1.0, 1.0], [])])[0].accepted_p
    others = [Arm("a", [0.6, 0.8, 0.8, 0.9, 1.0, 1.0], []), *(Arm(name, control.rates, []) for name in "bc")]
    first, *rest = compare_arms(control, others)
    assert alone is not None
    assert first.accepted_p == pytest.approx(3 * alone, abs=1e-5)
    assert [difference.accepted_p for difference in rest] == [1.0, 1.0]
    assert first.distance_p is None, "nobody sent code back"


def test_a_p_value_is_the_same_each_time_and_never_0() -> None:
    high, low = [1.0] * 30, [0.0] * 30
    assert permutation_p(high, low) == permutation_p(high, low) == 1 / 10_000
    assert permutation_p([0.5] * 8, [0.5] * 9) == 1.0
    assert permutation_p([], low) is None
