"""Recall@5, MRR and nDCG@10 of one ranking (Järvelin and Kekäläinen, 2002, gains 2^grade - 1)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

RECALL_AT, GAIN_AT = 5, 10


@dataclass(frozen=True, slots=True)
class Scores:
    recall: float
    mrr: float
    ndcg: float


def score(ranking: Sequence[str], grades: Mapping[str, int], relevant: set[str]) -> Scores:
    """Recall is of the most that five places can hold."""
    found = len(relevant & set(ranking[:RECALL_AT]))
    first = next((rank for rank, entry in enumerate(ranking, start=1) if entry in relevant), 0)
    ideal = _gain(sorted(grades.values(), reverse=True)[:GAIN_AT])
    gained = _gain([grades.get(entry, 0) for entry in ranking[:GAIN_AT]])
    return Scores(found / min(len(relevant), RECALL_AT), 1 / first if first else 0.0, gained / ideal if ideal else 0.0)


def mean(scores: Sequence[Scores]) -> Scores:
    count = max(1, len(scores))
    return Scores(
        sum(item.recall for item in scores) / count,
        sum(item.mrr for item in scores) / count,
        sum(item.ndcg for item in scores) / count,
    )


def _gain(grades: Sequence[int]) -> float:
    return math.fsum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, start=1))
