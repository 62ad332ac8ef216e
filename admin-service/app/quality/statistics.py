"""Means with intervals: a bootstrap over cases, paired where two variants are compared. Seeded: reruns agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Any

ROUNDS = 2000
LEVEL = 0.95
SEED = 20_260
_Z = NormalDist().inv_cdf(1 - (1 - LEVEL) / 2)


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate and the bounds of its 95 % interval; `n` is the number of cases behind it."""

    mean: float
    low: float
    high: float
    n: int

    def document(self) -> dict[str, Any]:
        return {"mean": round(self.mean, 4), "low": round(self.low, 4), "high": round(self.high, 4), "n": self.n}


def mean_interval(values: Sequence[float]) -> Interval | None:
    """Of one figure for each case; None without any."""
    import numpy as np

    if not values:
        return None
    given = np.asarray(values, dtype=float)
    return _interval(float(given.mean()), given[_resamples(len(given))].mean(axis=1), len(given))


def difference_interval(values: Sequence[float], reference: Sequence[float]) -> Interval | None:
    """Of values − reference, case by case: what makes a case hard for both does not blur it."""
    return mean_interval([one - other for one, other in zip(values, reference, strict=True)])


def ratio_interval(values: Sequence[float], reference: Sequence[float]) -> Interval | None:
    """Of 100 × mean(values) / mean(reference), both over the same resampled cases; None where the reference has 0."""
    import numpy as np

    if not values or sum(reference) <= 0:
        return None
    one, other = np.asarray(values, dtype=float), np.asarray(reference, dtype=float)
    drawn = _resamples(len(one))
    below = other[drawn].mean(axis=1)
    ratios = 100 * one[drawn].mean(axis=1)[below > 0] / below[below > 0]
    return _interval(float(100 * one.mean() / other.mean()), ratios, len(one))


def rate_interval(count: int, of: int) -> Interval:
    """Of a share; Wilson's score interval, which holds for few cases and shares near 0. All zeros of no cases."""
    if of == 0:
        return Interval(0.0, 0.0, 0.0, 0)
    share, spread = count / of, 1 + _Z**2 / of
    middle = (share + _Z**2 / (2 * of)) / spread
    reach = _Z / spread * sqrt(share * (1 - share) / of + _Z**2 / (4 * of**2))
    return Interval(share, max(0.0, middle - reach), min(1.0, middle + reach), of)


def percentile(values: Sequence[float], percent: float) -> float | None:
    import numpy as np

    return float(np.percentile(np.asarray(values, dtype=float), percent)) if values else None


def _resamples(size: int) -> Any:
    import numpy as np

    return np.random.default_rng(SEED).integers(0, size, size=(ROUNDS, size))


def _interval(mean: float, means: Any, size: int) -> Interval:
    import numpy as np

    tail = 100 * (1 - LEVEL) / 2
    low, high = np.percentile(means, [tail, 100 - tail])
    return Interval(mean, min(float(low), mean), max(float(high), mean), size)
