"""`python -m evaluation.fit`: fits the calibration on the tuning half and prints it; the held-out half is not read."""

import asyncio
import math
from itertools import product

import numpy as np
from app.core.qdrant import Where
from app.features.search.expansion import RELATED_WEIGHT, combined
from app.features.search.fusion import saturated
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from .bench import FRAMEWORK, Bench, running_bench
from .metrics import Scores, mean, score
from .queries import Query, read_queries

_DEPTH = 100
_GRID = tuple(product((3.0, 4.0, 5.0, 6.0), (4.0,), (2.0, 3.0, 4.0)))
_MISS_COST = 3.0
"""A relevant entry left out costs the prompt so much more than a useless one let in."""
_CUTS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)
Rows = list[tuple[Query, list[tuple[str, list[float]]]]]


async def features(bench: Bench, query: Query, weight: float) -> list[tuple[str, list[float]]]:
    """Candidates of a query with what the calibration sees of them."""
    expander = bench.context.search.expander()
    expanded = expander.expand(query.text)
    vectors = await bench.embedding.query(expanded.english, [expanded.text, expanded.related])
    dense, sparse = await bench.context.store.search(
        bench.context.indexer.state.collection,
        dense=vectors.dense[0] if expanded.english else None,
        sparse=combined(vectors.sparse[0], vectors.sparse[1], weight=weight),
        where=Where({"framework": [FRAMEWORK]}),
        limit=_DEPTH,
    )
    exact = set(bench.context.search.named(query.text, [FRAMEWORK]))
    by_dense = {str(match.payload["entry"]): match.score for match in dense}
    by_sparse = {str(match.payload["entry"]): match.score for match in sparse}
    best = max(by_sparse.values(), default=0.0)
    return [
        (
            entry,
            [
                max(0.0, by_dense.get(entry, 0.0)),
                by_sparse.get(entry, 0.0) / best * saturated(best) if best else 0.0,
                float(entry in exact),
            ],
        )
        for entry in {*by_dense, *by_sparse, *exact}
    ]


def ranked(found: list[tuple[str, list[float]]], weights: NDArray[np.float64]) -> list[tuple[str, float]]:
    scored = [(entry, float(np.dot(weights, values))) for entry, values in found]
    return sorted(scored, key=lambda item: -item[1])


def quality(rows: Rows, weights: NDArray[np.float64]) -> Scores:
    return mean(
        [score([entry for entry, _ in ranked(found, weights)], query.grades, query.relevant) for query, found in rows]
    )


async def main() -> None:
    async with running_bench() as bench:
        rows = [(query, await features(bench, query, RELATED_WEIGHT)) for query in read_queries() if not query.held_out]
    best = max((np.array(weights) for weights in _GRID), key=lambda weights: quality(rows, weights).ndcg)
    print(f"ratios {best}: {quality(rows, best)}")
    strengths = np.array([[value] for _, found in rows for _, value in ranked(found, best)])
    wanted = np.array([entry in query.grades for query, found in rows for entry, _ in ranked(found, best)])
    model = LogisticRegression(C=100.0, class_weight={True: _MISS_COST, False: 1.0}).fit(strengths, wanted)
    scale, bias = float(model.coef_[0][0]), float(model.intercept_[0])
    dense, sparse, exact = (best * scale).round(2)
    print(f"Calibration(bias={bias:.2f}, dense={dense}, sparse_share={sparse}, exact={exact})")
    for cut in _CUTS:
        _report_cut(rows, best * scale, bias, cut)


def _report_cut(rows: Rows, weights: NDArray[np.float64], bias: float, cut: float) -> None:
    """What a threshold leaves: hits for each query (ten at most), how many are graded, queries with a relevant one."""
    total = good = answered = 0
    for query, found in rows:
        top = ranked(found, weights)[:10]
        kept = {entry for entry, value in top if 1 / (1 + math.exp(-value - bias)) >= cut}
        total += len(kept)
        good += len(kept & set(query.grades))
        answered += bool(kept & query.relevant)
    print(f"{cut:.2f}: {total / len(rows):5.2f} hits, precision {good / max(1, total):.3f}, {answered / len(rows):.3f}")


if __name__ == "__main__":
    asyncio.run(main())
