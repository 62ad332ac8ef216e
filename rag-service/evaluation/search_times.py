"""`python -m evaluation.search_times [--chunks N]`: times of searches by one client, and what N chunks of code cost."""

import argparse
import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import numpy as np
from app.core.qdrant import Where
from numpy.typing import NDArray

from .bench import FRAMEWORK, Bench, running_bench
from .generated_chunks import REPOSITORY, Generated, fill, generate
from .queries import read_queries

_WARM = 20
_SEARCHES = 200
_PAGE = 10


def spread(times: Sequence[float]) -> str:
    cuts = statistics.quantiles(times, n=100)
    return f"p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms"


async def timed(queries: Sequence[str], search: Callable[[str], Awaitable[object]]) -> list[float]:
    times = []
    for text in [*queries[:_WARM], *queries]:
        started = time.perf_counter()
        await search(text)
        times.append((time.perf_counter() - started) * 1000)
    return times[_WARM:]


async def of_knowledge(bench: Bench) -> None:
    queries = [query.text for query in read_queries()]
    times = await timed(queries, lambda text: bench.context.search.search(text, framework=FRAMEWORK, limit=10))
    print(f"{len(queries)} searches of the shipped knowledge: {spread(times)} (bar: p95 30 ms)")


async def of_chunks(bench: Bench, count: int) -> None:
    """Chunks of generated code in the store, searched as code is; beside an exact scan of the vectors in memory."""
    before = memory_mib()
    generated = await generate(bench, count)
    started = time.perf_counter()
    collection = await fill(bench, generated)
    seconds = time.perf_counter() - started
    print(f"{count} chunks stored in {seconds:.0f} s ({count / seconds:.0f} a second, without their embedding)")
    queries = generated.queries(_SEARCHES)
    code = bench.context.code.search
    times = await timed(queries, lambda text: code.search(text, repositories=None, limit=_PAGE, threshold=None))
    size = folder_mib(bench.folder)
    print(f"{len(queries)} searches of {count} chunks: {spread(times)} (bar: p95 150 ms)")
    more = memory_mib() - before
    print(f"memory {more:.0f} MiB more ({generated.mib:.0f} of it the generator's), on disk {size:.0f} MiB")
    await beside_an_exact_scan(bench, collection, generated, queries[:50])


async def beside_an_exact_scan(bench: Bench, collection: str, generated: Generated, queries: Sequence[str]) -> None:
    vectors = [(await bench.vectors(text)).dense[0] for text in queries]
    ours, exact, found = [], [], []
    for vector in vectors:
        started = time.perf_counter()
        matches, _ = await bench.context.store.search(
            collection, dense=vector, sparse=None, where=Where({"scope": [REPOSITORY]}), limit=_PAGE
        )
        ours.append((time.perf_counter() - started) * 1000)
        started = time.perf_counter()
        best = nearest(generated.dense, vector)
        exact.append((time.perf_counter() - started) * 1000)
        found.append(len({match.id for match in matches} & {generated.point_id(place) for place in best}) / _PAGE)
    ratio = statistics.median(exact) / statistics.median(ours)
    print(
        f"dense side alone {spread(ours)}; exact scan by numpy {spread(exact)}: {ratio:.1f} times the time of ours; "
        f"{statistics.mean(found):.3f} of its ten nearest found"
    )


def nearest(matrix: NDArray[np.float32], vector: Sequence[float]) -> list[int]:
    scores = matrix @ np.asarray(vector, dtype=np.float32)
    places: list[int] = np.argpartition(-scores, _PAGE)[:_PAGE].tolist()
    return places


def memory_mib() -> float:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def folder_mib(folder: Path) -> float:
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file()) / 2**20


async def main(chunks: int) -> None:
    async with running_bench() as bench:
        await of_knowledge(bench)
        if chunks:
            await of_chunks(bench, chunks)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Time searches.")
    parser.add_argument("--chunks", type=int, default=0, help="search so many chunks of generated code as well")
    asyncio.run(main(parser.parse_args().chunks))
