"""From ranked lists to one: every list's candidates, scored by a calibrated model, entries that go together nearer."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

FEATURES = ("dense", "phrase", "sparse", "exact", "asked", "play")
_LENDS_FROM = 0.02
"""What is less sure than that would lend nothing that counts."""
EntryKey = tuple[str, str]
"""Framework and id of an entry."""
Side = Iterable[tuple[EntryKey, float]]
"""What one way of searching found, with its scores."""


@dataclass(slots=True)
class Candidate:
    """An entry with what each side says of it.

    `dense` is the cosine of its whole text, `phrase` of the nearest phrase that it is asked by, `sparse` BM25,
    `exact` how much a name in the query says (0 to 1), `asked` the share of words with one of its phrases, `play` how
    much the screen that is asked for needs it (0 to 1).
    """

    entry: EntryKey
    dense: float = 0.0
    phrase: float = 0.0
    sparse: float = 0.0
    exact: float = 0.0
    asked: float = 0.0
    play: float = 0.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model of relevance, fitted on the tuning half of the evaluation set (`python -m evaluation.fit`)."""

    bias: float = -8.72
    weights: Mapping[str, float] = field(
        default_factory=lambda: {
            "dense": 3.6,
            "phrase": 4.41,
            "sparse": 4.34,
            "exact": 2.81,
            "asked": 3.99,
            "play": 9.0,
        }
    )
    related: float = 3.09
    """What a sure hit lends to the entries that are related to it."""
    scale: float = 0.79
    shift: float = -8.34


def fused(
    dense: Side,
    phrases: Side,
    sparse: Side,
    *,
    exact: Mapping[EntryKey, float],
    asked: Mapping[EntryKey, float],
    play: Mapping[EntryKey, float] = MappingProxyType({}),
) -> list[Candidate]:
    """All candidates of all lists. A side that found nothing has no say: it does not drag the others down."""
    found: dict[EntryKey, Candidate] = {}
    for entry, score in dense:
        found[entry] = Candidate(entry, dense=max(0.0, score))
    for entry, score in phrases:
        item = found.get(entry) or found.setdefault(entry, Candidate(entry))
        item.phrase = max(item.phrase, score)
    for entry, score in sparse:
        item = found.get(entry) or found.setdefault(entry, Candidate(entry))
        item.sparse = max(item.sparse, score)
    for entry, worth in play.items():
        item = found.get(entry) or found.setdefault(entry, Candidate(entry))
        item.play = worth
    for entry, item in found.items():
        item.exact = exact.get(entry, 0.0)
        item.asked = asked.get(entry, 0.0)
    return list(found.values())


def features(candidates: Sequence[Candidate]) -> list[tuple[float, ...]]:
    """What the model sees of each candidate, in the order of `FEATURES`."""
    best = max((item.sparse for item in candidates), default=0.0)
    worth = saturated(best) / best if best > 0 else 0.0
    return [(item.dense, item.phrase, item.sparse * worth, item.exact, item.asked, item.play) for item in candidates]


def calibrated(
    candidates: Sequence[Candidate],
    *,
    related: Mapping[EntryKey, Iterable[tuple[EntryKey, float]]],
    calibration: Calibration,
) -> list[float]:
    """Of each candidate, an estimate of the chance that it answers the query, 0 to 1.

    `related` names whom an entry lends to, and how near they are: what surely answers lends of its strength.
    """
    first, second, third, fourth, fifth, sixth = (calibration.weights[name] for name in FEATURES)
    strengths = [
        first * dense + second * phrase + third * sparse + fourth * exact + fifth * asked + sixth * play
        for dense, phrase, sparse, exact, asked, play in features(candidates)
    ]
    lent: dict[EntryKey, float] = {}
    for item, strength in zip(candidates, strengths, strict=True):
        chance = _logistic(strength + calibration.bias)
        if chance >= _LENDS_FROM:
            for entry, near in related.get(item.entry, ()):
                lent[entry] = max(lent.get(entry, 0.0), chance * near)
    return [
        _logistic(calibration.scale * (strength + calibration.related * lent.get(item.entry, 0.0)) + calibration.shift)
        for item, strength in zip(candidates, strengths, strict=True)
    ]


def saturated(best_sparse: float) -> float:
    """How much the best keyword match is worth: a single common word is little, some rare ones are all."""
    return 1 - math.exp(-best_sparse / 8.0)


def _logistic(strength: float) -> float:
    return 1 / (1 + math.exp(-strength))
