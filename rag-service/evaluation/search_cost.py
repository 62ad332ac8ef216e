"""`python -m evaluation.search_cost`: CPU milliseconds of a search, by process, for fresh and for repeated queries.

embedding-service (its morpheme process counted with it) and rag-service run as in the mesh, over HTTP; times of the
processes are read from /proc, so that other work on the machine disturbs them little.
"""

import argparse
import asyncio
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import aiohttp

from chassis.local_postgres import free_port
from chassis.tokens import ServiceTokens

from .bench import FRAMEWORK, ROOT
from .queries import read_queries

CLIENTS = (1, 8)
_READY_S = 180
_QUIET_S = 3
_TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")
_SUBJECTS = (
    *("주문", "재고", "사원", "휴가", "고객", "계약", "예산", "설비", "공지", "출장", "품목", "거래처", "입고", "출고"),
    *("order", "stock", "employee", "customer", "contract", "budget", "notice", "invoice", "item", "vendor", "leave"),
)


def fresh_queries() -> Iterator[str]:
    """No two are the same, though each is as users write: the graded ones, each about another subject every time."""
    turn = 0
    while True:
        for query in read_queries():
            turn += 1
            yield f"{_SUBJECTS[turn % len(_SUBJECTS)]} {query.text} {turn}"


@contextmanager
def service(folder: str, port: int, environment: dict[str, str]) -> Iterator[int]:
    command = [sys.executable, "-m", "chassis.server", "app.main:create_app", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT / folder, env={**os.environ, **environment})  # noqa: S603 - our own
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(10)


def cpu_ms(pid: int) -> float:
    """Of the process with its children that live."""
    own = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    total = (int(own[11]) + int(own[12])) * _TICK_MS
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        total += sum(cpu_ms(int(child)) for child in children.read_text(encoding="utf-8").split())
    return total


class NotWholeError(Exception):
    """A search went by keywords alone."""


class Caller:
    def __init__(self, session: aiohttp.ClientSession, url: str, tokens: ServiceTokens) -> None:
        self._session, self._url, self._tokens = session, url, tokens

    async def ask(self, method: str, path: str, body: object = None) -> dict[str, object]:
        headers = {"Authorization": f"Bearer {self._tokens.issue(audience='rag-service')}"}
        async with self._session.request(method, self._url + path, json=body, headers=headers) as response:
            response.raise_for_status()
            found: dict[str, object] = await response.json()
            return found

    async def search(self, query: str) -> float:
        started = time.perf_counter()
        found = await self.ask(
            "POST", "/v1/search", {"query": query, "framework": FRAMEWORK, "model_class": "small", "limit": 10}
        )
        if found["warnings"]:
            raise NotWholeError(found["warnings"])
        return (time.perf_counter() - started) * 1000


async def until_indexed(caller: Caller, pid: int) -> None:
    async with asyncio.timeout(_READY_S):
        while True:
            try:
                await caller.search("grid")
            except (aiohttp.ClientError, NotWholeError):
                await asyncio.sleep(0.3)
            else:
                return await until_idle(pid)


async def until_idle(pid: int) -> None:
    """Phrases are indexed after the entries: their embedding would count as the searches'."""
    busy = True
    while busy:
        before = cpu_ms(pid)
        await asyncio.sleep(_QUIET_S)
        busy = cpu_ms(pid) - before > _QUIET_S * 50


async def measured(caller: Caller, queries: Sequence[str], clients: int, pids: dict[str, int]) -> str:
    waiting = iter(queries)

    async def client() -> list[float]:
        return [await caller.search(query) for query in waiting]

    before = {name: cpu_ms(pid) for name, pid in pids.items()}
    times = [ms for found in await asyncio.gather(*(client() for _ in range(clients))) for ms in found]
    spent = {name: (cpu_ms(pid) - before[name]) / len(queries) for name, pid in pids.items()}
    parts = ", ".join(f"{name} {value:.2f}" for name, value in spent.items())
    cuts = statistics.quantiles(times, n=20)
    return f"CPU {sum(spent.values()):.2f} ms ({parts}); p50 {cuts[9]:.1f} ms, p95 {cuts[18]:.1f} ms"


async def main(count: int) -> None:
    secret = secrets.token_hex(32)
    ports = {"embedding": free_port(), "rag": free_port()}
    urls = {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
    shared = {"FRAMEWRIGHT_SERVICE_SECRET": secret, "FRAMEWRIGHT_LOG_LEVEL": "warning"}
    with tempfile.TemporaryDirectory() as folder:
        places = {"QDRANT_PATH": f"{folder}/store", "QDRANT_SNAPSHOTS_PATH": f"{folder}/snapshots"}
        peers = {"EMBEDDING_URL": urls["embedding"], "ADMIN_URL": "http://127.0.0.1:9"}
        with (
            service("embedding-service", ports["embedding"], shared) as embedding,
            service("rag-service", ports["rag"], {**shared, **places, **peers}) as rag,
        ):
            async with aiohttp.ClientSession() as session:
                caller = Caller(session, urls["rag"], ServiceTokens(service="gateway", secret=secret))
                await until_indexed(caller, embedding)
                pids = {"rag": rag, "embedding": embedding}
                fresh = fresh_queries()
                for query in islice(fresh, 50):
                    await caller.search(query)
                for clients in CLIENTS:
                    found = await measured(caller, list(islice(fresh, count)), clients, pids)
                    print(f"{count} fresh queries, {clients} clients: {found}", flush=True)
                repeated = [query.text for query in read_queries()[:20]] * (count // 20)
                for query in repeated[:20]:
                    await caller.search(query)
                print(f"{len(repeated)} repeated, 8 clients: {await measured(caller, repeated, 8, pids)}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure the CPU time of a search.")
    parser.add_argument("--searches", type=int, default=400)
    asyncio.run(main(parser.parse_args().searches))
