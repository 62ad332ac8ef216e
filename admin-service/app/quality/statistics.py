"""Means with intervals: a bootstrap over cases, paired where two variants are compared. Seeded: reruns agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite, sqrt
from statistics import NormalDist
from typing import Any

ROUNDS = 2000
LEVEL = 0.95
SEED = 20_260
FEW = 5
"""Below so many cases there is no interval: a resample of them says nothing of others."""
_Z = NormalDist().inv_cdf(1 - (1 - LEVEL) / 2)


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate and the bounds of its 95 % interval; `n` is the number of cases behind it.

    Of too few cases the bounds are infinite: the estimate could be anything. Documents have null in their place.
    """

    mean: float
    low: float
    high: float
    n: int

    def document(self) -> dict[str, Any]:
        low, high = (round(bound, 4) if isfinite(bound) else None for bound in (self.low, self.high))
        return {"mean": round(self.mean, 4), "low": low, "high": high, "n": self.n}


def mean_interval(values: Sequence[float], *, level: float = LEVEL) -> Interval | None:
    """Of one figure for each case; None without any."""
    import numpy as np

    if not values:
        return None
    given = np.asarray(values, dtype=float)
    return _interval(float(given.mean()), given[_resamples(len(given))].mean(axis=1), len(given), level)


def bounded_interval(values: Sequence[float], *, top: float = 1.0) -> Interval | None:
    """Of figures from 0 to `top`; of a share, where each is one or the other, Wilson's.

    Resamples of 20 of 20 know nothing but 20 of 20.
    """
    if len(values) < FEW or any(0 < value < top for value in values):
        return mean_interval(values)
    share = rate_interval(sum(value == top for value in values), len(values))
    return Interval(top * share.mean, top * share.low, top * share.high, share.n)


def difference_interval(
    values: Sequence[float], reference: Sequence[float], *, level: float = LEVEL
) -> Interval | None:
    """Of values − reference, case by case: what makes a case hard for both does not blur it."""
    return mean_interval([one - other for one, other in zip(values, reference, strict=True)], level=level)


def ratio_interval(values: Sequence[float], reference: Sequence[float]) -> Interval | None:
    """Of 100 × mean(values) / mean(reference), both over the same resampled cases; None where the reference has 0."""
    import numpy as np

    if not values or sum(reference) <= 0:
        return None
    one, other = np.asarray(values, dtype=float), np.asarray(reference, dtype=float)
    drawn = _resamples(len(one))
    below = other[drawn].mean(axis=1)
    ratios = 100 * one[drawn].mean(axis=1)[below > 0] / below[below > 0]
    return _interval(float(100 * one.mean() / other.mean()), ratios, len(one), LEVEL)


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


def _interval(mean: float, means: Any, size: int, level: float) -> Interval:
    import numpy as np

    if size < FEW:
        return Interval(mean, -inf, inf, size)
    tail = 100 * (1 - level) / 2
    low, high = np.percentile(means, [tail, 100 - tail])
    return Interval(mean, min(float(low), mean), max(float(high), mean), size)
