"""`python -m evaluation.search_times`: p50 and p95 of a search over the shipped knowledge, one client."""

import asyncio
import statistics
import time

from .bench import FRAMEWORK, running_bench
from .queries import read_queries

_WARM = 20


async def main() -> None:
    queries = [query.text for query in read_queries()]
    times = []
    async with running_bench() as bench:
        for text in [*queries[:_WARM], *queries]:
            started = time.perf_counter()
            await bench.context.search.search(text, framework=FRAMEWORK, limit=10)
            times.append((time.perf_counter() - started) * 1000)
    cuts = statistics.quantiles(times[_WARM:], n=100)
    print(f"{len(queries)} searches: p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms (bar: p95 30 ms)")


if __name__ == "__main__":
    asyncio.run(main())
