"""Times of the rules over HTTP; exit 1 over the limits (p50 10 ms, p99 40 ms, 100 requests/s)."""

import asyncio
import os
import statistics
import sys
import time

import httpx
from app.core.settings import Settings
from app.main import create_app

from chassis.testing import TEST_SECRET, running, service_headers

from .prompts import load_cases

ROUNDS = 3
PARALLEL = 8
UNREACHABLE = "http://127.0.0.1:9"


async def measure(base_url: str) -> bool:
    cases = [case for case in load_cases() if not case.held_out]
    bodies: list[dict[str, object]] = [
        {"prompt": case.prompt, "attachments": list(case.attachments), "base": {} if case.base else None}
        for case in cases
    ]
    async with httpx.AsyncClient(base_url=base_url, headers=service_headers("intent-service")) as client:
        for body in bodies[:40]:
            await client.post("/v1/intents", json=body)
        times: list[float] = []
        for body in bodies * ROUNDS:
            started = time.perf_counter()
            (await client.post("/v1/intents", json=body)).raise_for_status()
            times.append((time.perf_counter() - started) * 1000)
        started, gate = time.perf_counter(), asyncio.Semaphore(PARALLEL)

        async def one(body: dict[str, object]) -> None:
            async with gate:
                (await client.post("/v1/intents", json=body)).raise_for_status()

        await asyncio.gather(*(one(body) for body in bodies * ROUNDS))
        rate = len(bodies) * ROUNDS / (time.perf_counter() - started)
    percentiles = statistics.quantiles(times, n=100)
    p50, p99 = percentiles[49], percentiles[98]
    print(f"{len(times)} requests: p50 {p50:.1f} ms, p99 {p99:.1f} ms; {rate:.0f} requests/s at {PARALLEL} at once")
    return p50 <= 10 and p99 <= 40 and rate >= 100


def main() -> int:
    os.environ["FRAMEWRIGHT_SERVICE_SECRET"] = TEST_SECRET
    settings = Settings.model_validate(
        {"EMBEDDING_URL": UNREACHABLE, "LLM_PROXY_URL": UNREACHABLE, "FRAMEWRIGHT_LOG_LEVEL": "error"}
    )
    with running(create_app(settings)) as url:
        return 0 if asyncio.run(measure(url)) else 1


if __name__ == "__main__":
    sys.exit(main())
