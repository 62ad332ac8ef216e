"""Whether an arm of an experiment differs from the control: exact and rank tests, which small samples allow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Arm:
    """What came of an arm: its generations, how many of them were accepted, and how far accepted code was edited."""

    name: str
    generations: int
    accepted: int
    distances: Sequence[float]

    @property
    def rate(self) -> float | None:
        return self.accepted / self.generations if self.generations else None


def compare_arms(control: Arm, other: Arm) -> dict[str, Any]:
    """p-values, two-sided: Fisher's exact test of the accepted rates, Mann-Whitney's of the edit distances.

    None where an arm has nothing to compare.
    """
    rates, distances = _rates(control, other), _distances(control, other)
    return {
        "accepted_p": rates,
        "distance_p": distances,
        "significant": any(value is not None and value < ALPHA for value in (rates, distances)),
    }


def _rates(control: Arm, other: Arm) -> float | None:
    if not (control.generations and other.generations):
        return None
    from scipy.stats import fisher_exact  # type: ignore[import-untyped]

    table = [[arm.accepted, arm.generations - arm.accepted] for arm in (control, other)]
    return round(float(fisher_exact(table).pvalue), 6)


def _distances(control: Arm, other: Arm) -> float | None:
    if not (control.distances and other.distances):
        return None
    from scipy.stats import mannwhitneyu

    return round(float(mannwhitneyu(control.distances, other.distances).pvalue), 6)
