"""`python -m evaluation.score`: Recall@5, MRR, nDCG@10 of dense, sparse, hybrid and hybrid with rerank, by language."""

import argparse
import asyncio
import sys
from collections import defaultdict
from collections.abc import Sequence

from app.core.hits import Hit
from app.core.qdrant import Match, Where
from app.core.settings import RetrievalLimits

from .bench import FRAMEWORK, Bench, running_bench
from .generations import Generation, quality, read_generations, shown
from .metrics import Scores, mean, score
from .queries import Query, read_queries
from .thresholds import CLASSES, report

SIDES = ("dense", "sparse", "hybrid", "hybrid + rerank")
BARS = {"all": (0.95, 0.85), "ko": (0.90, 0.0)}
"""Least Recall@5 and nDCG@10 of the hybrid search, by language; over all it must also beat either side alone."""
_DEPTH = 40
Table = dict[tuple[str, str], list[Scores]]
Found = Sequence[tuple[Generation, Sequence[Hit]]]


async def rankings(bench: Bench, query: Query) -> dict[str, list[str]]:
    """The ids that each way of searching gives, best first."""
    vectors = await bench.vectors(query.text)
    dense, sparse = await bench.context.store.search(
        bench.context.indexer.state.collection,
        dense=vectors.dense[0],
        sparse=vectors.sparse[0],
        where=Where({"framework": [FRAMEWORK], "part": ["entry"]}),
        limit=_DEPTH,
    )
    hits = (await bench.context.search.search(query.text, framework=FRAMEWORK, limit=20)).hits
    _, reranked = await bench.reranked(query.text, hits)
    return {
        "dense": _ids(dense),
        "sparse": _ids(sparse),
        "hybrid": [hit.id for hit in hits],
        "hybrid + rerank": reranked,
    }


def shortfalls(table: Table) -> list[str]:
    """What stays under its bar; nothing where all is well."""
    found = []
    for language, (recall, ndcg) in BARS.items():
        scores = mean(table["hybrid", language])
        if scores.recall < recall or scores.ndcg < ndcg:
            found.append(f"{language}: Recall@5 {scores.recall:.3f} (bar {recall}), nDCG@10 {scores.ndcg:.3f} ({ndcg})")
    hybrid = mean(table["hybrid", "all"])
    for side in ("dense", "sparse"):
        alone = mean(table[side, "all"])
        if hybrid.recall <= alone.recall or hybrid.ndcg <= alone.ndcg:
            found.append(f"{side} alone is as good: {alone.recall:.3f}, {alone.ndcg:.3f}")
    return found


async def main(*, half: str, misses: bool) -> int:
    queries = [query for query in read_queries() if half == "all" or query.held_out == (half == "held-out")]
    table: Table = defaultdict(list)
    results: list[tuple[Query, list[Hit]]] = []
    async with running_bench() as bench:
        for query in queries:
            found = await rankings(bench, query)
            for side, ranking in found.items():
                scores = score(ranking, query.grades, query.relevant)
                table[side, "all"].append(scores)
                table[side, query.language].append(scores)
                if misses and side == "hybrid" and scores.recall < 1:
                    print(f"{scores.ndcg:.2f} {query.language} {query.text!r} {query.grades} -> {ranking[:6]}")
            results.append((query, (await bench.context.search.search(query.text, framework=FRAMEWORK, limit=10)).hits))
        generations = [
            item for item in read_generations() if half == "all" or item.query.held_out == (half == "held-out")
        ]
        asked = [(item, await generation_hits(bench, item)) for item in generations]
        bare = [(item, await bare_hits(bench, item)) for item in generations]
        chosen = {name: bench.context.catalog.limits(name) for name in CLASSES}
        method, _ = await bench.reranked(queries[0].text, results[0][1])
    print(f"{len(queries)} queries ({half}); reranked by: {method}, mean of both scores")
    _print(table, ["all", *sorted({query.language for query in queries})])
    print("each: Recall@5, MRR, nDCG@10\n")
    limits = {name: (value.threshold, value.limit) for name, value in chosen.items() if value}
    for line in report([*results, *((item.query, hits) for item, hits in asked)], limits):
        print(line)
    short = [*shortfalls(table), *_print_generations(asked, bare, chosen)]
    for line in short:
        print(f"UNDER THE BAR {line}")
    return 1 if short else 0


async def generation_hits(bench: Bench, item: Generation) -> list[Hit]:
    """As the gateway asks for a screen."""
    query = item.query.text
    return (await bench.context.search.search(query, framework=FRAMEWORK, limit=10, screen=item.screen)).hits


async def bare_hits(bench: Bench, item: Generation) -> list[Hit]:
    """As somebody asks who knows the prompt alone."""
    return (await bench.context.search.search(item.query.text, framework=FRAMEWORK, limit=10)).hits


def _print_generations(asked: Found, bare: Found, chosen: dict[str, RetrievalLimits | None]) -> list[str]:
    line, recall, ndcg = quality(asked, "screens")
    print(f"\n{line}")
    for language in ("ko", "en"):
        print(quality([pair for pair in asked if pair[0].query.language == language], f"  {language}")[0])
    print(quality(bare, "  by the prompt alone")[0])
    for name, limits in chosen.items():
        if limits is not None:
            print(shown(asked, name, limits))
            print(shown(bare, f"  by the prompt alone, {name}", limits))
    least, most = BARS["all"]
    return [f"screens: {line}"] if recall < least or ndcg < most else []


def _print(table: Table, languages: list[str]) -> None:
    print(f"{'':16}" + "".join(f"{name:>22}" for name in languages))
    for side in SIDES:
        cells = (mean(table[side, name]) for name in languages)
        print(f"{side:16}" + "".join(f"{c.recall:8.3f} {c.mrr:6.3f} {c.ndcg:6.3f}" for c in cells))


def _ids(matches: list[Match]) -> list[str]:
    return [str(match.payload["entry"]) for match in matches]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Score the retrieval on the graded queries.")
    parser.add_argument("--half", choices=["held-out", "tuning", "all"], default="held-out")
    parser.add_argument("--misses", action="store_true", help="name the queries that miss a relevant entry")
    arguments = parser.parse_args()
    sys.exit(asyncio.run(main(half=arguments.half, misses=arguments.misses)))
