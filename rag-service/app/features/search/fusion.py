"""From two ranked lists to one: reciprocal rank fusion chooses, a calibrated score orders."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...core.qdrant import Match

_RRF_K = 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """A point with what each side says of it: cosine, BM25, and whether the query names it."""

    id: str
    payload: Mapping[str, object]
    dense: float = 0.0
    sparse: float = 0.0
    exact: bool = False
    rrf: float = 0.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model of relevance, fitted on the tuning half of the evaluation set (`python -m evaluation.fit`)."""

    bias: float = -7.94
    dense: float = 6.07
    sparse_share: float = 8.1
    exact: float = 4.05


def fused(dense: Sequence[Match], sparse: Sequence[Match], exact: Sequence[str]) -> list[Candidate]:
    """All candidates of both lists with their fusion score (Cormack et al., 2009), best first.

    A side that found nothing has no say: it does not drag the other down.
    """
    found: dict[str, Candidate] = {}
    for side, matches in (("dense", dense), ("sparse", sparse)):
        for rank, match in enumerate(matches, start=1):
            old = found.get(match.id) or Candidate(match.id, match.payload)
            found[match.id] = Candidate(
                old.id,
                old.payload,
                dense=match.score if side == "dense" else old.dense,
                sparse=match.score if side == "sparse" else old.sparse,
                exact=str(match.payload.get("entry", match.id)) in exact,
                rrf=old.rrf + 1 / (_RRF_K + rank),
            )
    return sorted(found.values(), key=lambda item: (-item.rrf, item.id))


def calibrated(candidate: Candidate, *, best_sparse: float, calibration: Calibration) -> float:
    """An estimate of the chance that the candidate answers the query, 0 to 1."""
    share = candidate.sparse / best_sparse if best_sparse > 0 else 0.0
    strength = calibration.bias
    strength += calibration.dense * max(0.0, candidate.dense)
    strength += calibration.sparse_share * share * saturated(best_sparse)
    strength += calibration.exact * candidate.exact
    return round(1 / (1 + math.exp(-strength)), 4)


def saturated(best_sparse: float) -> float:
    """How much the best keyword match is worth: a single common word is little, some rare ones are all."""
    return 1 - math.exp(-best_sparse / 8.0)
