"""`python -m evaluation.fit`: fits the calibration on the tuning half and prints it; the held-out half is not read."""

import asyncio
import math
from dataclasses import dataclass

import numpy as np
from app.features.search.fusion import FEATURES, Calibration, Candidate, features
from app.features.search.retrieval import Scope
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from .bench import FRAMEWORK, Bench, running_bench
from .metrics import mean, score
from .queries import Query, read_queries

_FOLDS = 4
_MISS_COST = 3.0
"""A relevant entry left out costs the prompt so much more than a useless one let in."""
_HELPS = 0.6
"""What finding an entry of grade 2 is worth beside one of grade 3."""
_RIDGE = 1e-3
_LOW = -1e9
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rows:
    """One query's candidates as numbers: features, the places and nearness of neighbours, grades."""

    query: Query
    entries: list[str]
    values: Floats
    neighbours: NDArray[np.int64]
    near: Floats
    grades: Floats

    def totals(self, parameters: Floats) -> Floats:
        """Strengths with what neighbours lend; parameters are the weights, the bias and the worth of neighbours."""
        strength = self.values @ parameters[: len(FEATURES)]
        chance = 1 / (1 + np.exp(-(strength + parameters[-2])))
        lent = (np.append(chance, 0.0)[self.neighbours] * self.near).max(axis=1, initial=0.0)
        total: Floats = strength + parameters[-1] * lent
        return total


def rows_of(bench: Bench, query: Query, candidates: list[Candidate]) -> Rows:
    places = {item.entry: place for place, item in enumerate(candidates)}
    related = bench.context.catalog.related
    found: list[list[tuple[int, float]]] = [[] for _ in candidates]
    for lender, item in enumerate(candidates):
        for key, near in related.get(item.entry, []):
            if key in places:
                found[places[key]].append((lender, near))
    width = max(1, *map(len, found))
    neighbours = np.full((len(candidates), width), len(candidates))
    near = np.zeros((len(candidates), width))
    for row, items in enumerate(found):
        for column, (place, nearness) in enumerate(items):
            neighbours[row, column], near[row, column] = place, nearness
    entries = [item.entry[1] for item in candidates]
    grades = np.array([query.grades.get(entry, 0) for entry in entries], dtype=float)
    return Rows(query, entries, np.array(features(candidates)), neighbours, near, grades)


def loss(parameters: Floats, rows: list[Rows]) -> float:
    """Every relevant entry against all that are not, by how surely it comes first."""
    total = weight = 0.0
    for row in rows:
        totals = row.totals(parameters)
        wrong = totals[row.grades == 0]
        against = wrong.max() + math.log(np.exp(wrong - wrong.max()).sum()) if len(wrong) else _LOW
        for grade, worth in ((3, 1.0), (2, _HELPS)):
            right = totals[row.grades == grade]
            total += worth * float(np.logaddexp(0.0, against - right).sum())
            weight += worth * len(right)
    return total / max(1.0, weight) + _RIDGE * float((parameters[: len(FEATURES)] ** 2).sum())


def fitted(rows: list[Rows]) -> Floats:
    start = Calibration()
    first = np.array([*(start.weights[name] for name in FEATURES), start.bias, start.related])
    best: Floats = minimize(loss, first, args=(rows,), method="L-BFGS-B", options={"maxiter": 60}).x
    return best


def quality(rows: list[Rows], parameters: Floats) -> str:
    scores = []
    for row in rows:
        order = np.argsort(-row.totals(parameters), kind="stable")
        scores.append(score([row.entries[place] for place in order], row.query.grades, row.query.relevant))
    found = mean(scores)
    return f"Recall@5 {found.recall:.3f}, MRR {found.mrr:.3f}, nDCG@10 {found.ndcg:.3f}"


async def main() -> None:
    queries = [query for query in read_queries() if not query.held_out]
    async with running_bench() as bench:
        rows = [
            rows_of(bench, query, await bench.context.retriever.candidates(query.text, Scope([FRAMEWORK])))
            for query in queries
        ]
    for fold in range(_FOLDS):
        seen = [row for place, row in enumerate(rows) if place % _FOLDS != fold]
        unseen = [row for place, row in enumerate(rows) if place % _FOLDS == fold]
        print(f"fold {fold}, fitted on the others: {quality(unseen, fitted(seen))}")
    best = fitted(rows)
    print(f"all: {quality(rows, best)}")
    strengths = np.concatenate([row.totals(best) for row in rows])
    wanted = np.concatenate([row.grades > 0 for row in rows])
    model = LogisticRegression(C=100.0, class_weight={True: _MISS_COST, False: 1.0}).fit(strengths[:, None], wanted)
    scale, shift = float(model.coef_[0][0]), float(model.intercept_[0])
    weights = {name: round(float(value), 2) for name, value in zip(FEATURES, best, strict=False)}
    print(f"Calibration(bias={best[-2]:.2f}, weights={weights}, related={best[-1]:.2f}, {scale=:.2f}, {shift=:.2f})")


if __name__ == "__main__":
    asyncio.run(main())
