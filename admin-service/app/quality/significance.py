"""Whether the arms of an experiment differ from the control by more than chance, over those who were assigned to them.

People are drawn, not generations: what one person does is alike, and counts once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

ALPHA = 0.05
ROUNDS = 9_999
SEED = 20_260
_FEWEST_ROUNDS, _MOST_FIGURES = 999, 4_000_000
"""Large groups are drawn less often: a test takes half a second at most."""
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Arm:
    """One figure for each unit: the share of its screens that were accepted, and how far it edited accepted code."""

    name: str
    rates: Sequence[float]
    distances: Sequence[float]


@dataclass(frozen=True, slots=True)
class Difference:
    """p-values against the control, two-sided, adjusted for all that were asked for; None: nothing to compare."""

    accepted_p: float | None = None
    distance_p: float | None = None

    @property
    def significant(self) -> bool:
        return any(value is not None and value < ALPHA for value in (self.accepted_p, self.distance_p))

    def document(self) -> dict[str, Any]:
        return {"accepted_p": self.accepted_p, "distance_p": self.distance_p, "significant": self.significant}


def compare_arms(control: Arm, others: Sequence[Arm], *, rounds: int = ROUNDS) -> list[Difference]:
    """For each of the other arms, by permutation tests of means over units; Holm's adjustment over tests × arms."""
    pairs = [pair for arm in others for pair in ((control.rates, arm.rates), (control.distances, arm.distances))]
    found = _holm([permutation_p(one, other, rounds=rounds) for one, other in pairs])
    return [Difference(*found[at : at + 2]) for at in range(0, len(found), 2)]


def permutation_p(one: Sequence[float], other: Sequence[float], *, rounds: int = ROUNDS) -> float | None:
    """How often a difference of means is as large where the groups are drawn by chance. Seeded: reruns agree."""
    if not (one and other):
        return None
    import numpy as np

    values = np.asarray([*one, *other], dtype=float)
    values -= values.mean()
    # Of centred values the difference of means is the first group's sum times a constant.
    reached = abs(values[: len(one)].sum()) - _ROUNDING
    rounds = min(rounds, max(_FEWEST_ROUNDS, _MOST_FIGURES // len(values)))
    drawn = np.random.default_rng(SEED).permuted(np.broadcast_to(values, (rounds, len(values))), axis=1)
    as_large = int((np.abs(drawn[:, : len(one)].sum(axis=1)) >= reached).sum())
    return (1 + as_large) / (1 + rounds)


def _holm(values: Sequence[float | None]) -> list[float | None]:
    """Holm, "A simple sequentially rejective multiple test procedure", 1979."""
    asked = sorted((value, place) for place, value in enumerate(values) if value is not None)
    adjusted: list[float | None] = [None] * len(values)
    highest = 0.0
    for rank, (value, place) in enumerate(asked):
        highest = max(highest, min(1.0, value * (len(asked) - rank)))
        adjusted[place] = round(highest, 6)
    return adjusted
