"""Whether an adapter is accepted more often than the model without it."""

from collections.abc import Mapping
from math import sqrt
from typing import Any

_ENOUGH = 10


def comparison(name: str, adapter: Mapping[str, Any]) -> dict[str, Any]:
    """Newcombe, "Interval estimation for the difference between independent proportions", 1998, method 10."""
    own, other = adapter["accepted"], adapter["base_accepted"]
    difference = own["rate"] - other["rate"]
    low = difference - sqrt((own["rate"] - own["low"]) ** 2 + (other["high"] - other["rate"]) ** 2)
    high = difference + sqrt((own["high"] - own["rate"]) ** 2 + (other["rate"] - other["low"]) ** 2)
    if min(own["of"], other["of"]) < _ENOUGH:
        verdict = "too_few"
    else:
        verdict = "better" if low > 0 else "worse" if high < 0 else "not_sure"
    return {
        "name": name, "accepted": own["rate"], "base_accepted": other["rate"], "difference": round(difference, 4),
        "low": round(low, 4), "high": round(high, 4), "verdict": verdict,
    }  # fmt: skip
