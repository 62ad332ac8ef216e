"""From ranked lists to one: every list's candidates, scored by a calibrated model, entries that go together nearer."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ...core.qdrant import Match

FEATURES = ("dense", "phrase", "sparse", "exact", "asked")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A point with what each side says of it.

    `dense` is the cosine of its whole text, `phrase` of the nearest phrase that it is asked by, `sparse` BM25,
    `exact` how much a name in the query says (0 to 1), `asked` the share of words with one of its phrases.
    """

    id: str
    payload: Mapping[str, object]
    dense: float = 0.0
    phrase: float = 0.0
    sparse: float = 0.0
    exact: float = 0.0
    asked: float = 0.0

    @property
    def entry(self) -> tuple[str, str]:
        """Framework and id of the entry."""
        return str(self.payload.get("framework", "")), str(self.payload.get("entry", self.id))


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model of relevance, fitted on the tuning half of the evaluation set (`python -m evaluation.fit`)."""

    bias: float = -8.72
    weights: Mapping[str, float] = field(
        default_factory=lambda: {"dense": 3.6, "phrase": 4.41, "sparse": 4.34, "exact": 2.81, "asked": 3.99}
    )
    related: float = 3.09
    """What a sure hit lends to the entries that are related to it."""
    scale: float = 0.79
    shift: float = -8.34


def fused(
    dense: Sequence[Match],
    phrases: Sequence[Match],
    sparse: Sequence[Match],
    *,
    exact: Mapping[tuple[str, str], float],
    asked: Mapping[tuple[str, str], float],
) -> list[Candidate]:
    """All candidates of all lists. A side that found nothing has no say: it does not drag the others down."""
    found: dict[tuple[str, str], Candidate] = {}
    for side, matches in (("dense", dense), ("phrase", phrases), ("sparse", sparse)):
        for match in matches:
            fresh = Candidate(match.id, match.payload)
            old = found.get(fresh.entry, fresh)
            score = max(match.score, getattr(old, side))
            found[fresh.entry] = replace(old, **{side: score})
    return [replace(item, exact=exact.get(entry, 0.0), asked=asked.get(entry, 0.0)) for entry, item in found.items()]


def features(candidates: Sequence[Candidate]) -> list[tuple[float, ...]]:
    """What the model sees of each candidate, in the order of `FEATURES`."""
    best = max((item.sparse for item in candidates), default=0.0)
    worth = saturated(best) / best if best > 0 else 0.0
    return [
        (max(0.0, item.dense), max(0.0, item.phrase), item.sparse * worth, item.exact, item.asked)
        for item in candidates
    ]


def calibrated(
    candidates: Sequence[Candidate],
    *,
    related: Mapping[tuple[str, str], Iterable[tuple[tuple[str, str], float]]],
    calibration: Calibration,
) -> list[float]:
    """Of each candidate, an estimate of the chance that it answers the query, 0 to 1.

    `related` names the neighbours of an entry with how near they are: what surely answers lends them of its strength.
    """
    weights = [calibration.weights[name] for name in FEATURES]
    strengths = [
        sum(weight * value for weight, value in zip(weights, row, strict=True)) for row in features(candidates)
    ]
    chances = {
        item.entry: _logistic(strength + calibration.bias) for item, strength in zip(candidates, strengths, strict=True)
    }
    scores = []
    for item, strength in zip(candidates, strengths, strict=True):
        lent = max((chances.get(entry, 0.0) * near for entry, near in related.get(item.entry, ())), default=0.0)
        total = strength + calibration.related * lent
        scores.append(_logistic(calibration.scale * total + calibration.shift))
    return scores


def saturated(best_sparse: float) -> float:
    """How much the best keyword match is worth: a single common word is little, some rare ones are all."""
    return 1 - math.exp(-best_sparse / 8.0)


def _logistic(strength: float) -> float:
    return 1 / (1 + math.exp(-strength))
