"""What the mesh adds to an engine's own time, generations beside searches, and what idle streams cost.

Each figure stands beside its target of docs (PERFORMANCE, "The mesh") or, for the engine, beside the same engine asked
directly in the same run. Ratios below 1 are better than asked.
"""

import argparse
import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import aiohttp
import httpx
import psutil

from support.api import GENERATIONS, Api
from support.gateways import spec_pieces
from support.mesh import Mesh, free_port_base, until
from support.prompts import PROMPTS
from support.simulator import simulated_engine

ENGINE = "pacedvllm"
PROMPT = "Task 관리 화면 만들어줘"
SEARCHES = ("그리드에서 수정하고 저장", "팝업 열기", "코드 콤보 조회", "날짜 입력", "체크된 행 삭제")
USERS = 10
ALONE_RATIO, TEN_RATIO = 1.02, 1.05
GENERATIONS_A_SECOND, SEARCHES_A_SECOND, SEARCH_P95_MS = 10, 100, 100.0
IDLE_STREAMS, IDLE_MB = 500, 150.0
QUESTION_S = 600
"""How long the generations of idle streams wait for their answer: longer than a slow machine takes to open them all."""
PARTS = ("idle", "load", "engine")

Figures = dict[str, float]


@contextmanager
def paced_engine(folder: Path, port: int, seconds: float, spec: dict[str, object]) -> Iterator[str]:
    """The simulated engine as a process of its own, so that its pace does not suffer from ours."""
    answer = folder / "answer.md"
    answer.write_text("".join(spec_pieces(spec, 1_000)), encoding="utf-8")
    with simulated_engine(port, answers=answer, output_tokens=1_000, tokens_per_s=1_000 / seconds) as url:
        yield url


async def direct(session: aiohttp.ClientSession, url: str) -> float:
    """Seconds of the engine's own answer."""
    started = time.perf_counter()
    body = {"model": "simulated", "messages": [{"role": "user", "content": PROMPT}], "stream": True}
    async with session.post(f"{url}/v1/chat/completions", json=body) as response:
        assert response.status == 200
        async for _ in response.content:
            pass
    return time.perf_counter() - started


async def through_mesh(session: aiohttp.ClientSession, base: str, model: str | None, prompt: str = PROMPT) -> float:
    """Seconds from the prompt to `completed`."""
    started = time.perf_counter()
    body = {"prompt": prompt, **({"model": model} if model else {})}
    last = b""
    async with session.post(f"{base}{GENERATIONS}", json=body, headers={"Accept": "text/event-stream"}) as response:
        assert response.status == 200, await response.text()
        async for line in response.content:
            if line.startswith(b"data: "):
                last = line[6:]
    event = json.loads(last)
    assert event["type"] == "completed", event
    assert model is None or event["engine"] == model, event
    return time.perf_counter() - started


async def users(work: Callable[[], Awaitable[float]], within_s: float, seed: int) -> list[float]:
    """Ten users, each at a moment of its own within the time."""
    chance = random.Random(seed)

    async def one(wait_s: float) -> float:
        await asyncio.sleep(wait_s)
        return await work()

    return list(await asyncio.gather(*(one(chance.uniform(0, within_s)) for _ in range(USERS))))


async def engine_figures(mesh: Mesh, session: aiohttp.ClientSession, engine_url: str, within_s: float) -> Figures:
    def ask_engine() -> Awaitable[float]:
        return direct(session, engine_url)

    def ask_mesh() -> Awaitable[float]:
        return through_mesh(session, mesh.url, ENGINE)

    alone_direct, alone_mesh = await ask_engine(), await ask_mesh()
    ten_direct = await users(ask_engine, within_s, seed=1)
    ten_mesh = await users(ask_mesh, within_s, seed=1)
    return {
        "engine_alone_s.direct": alone_direct,
        "engine_alone_s.mesh": alone_mesh,
        "engine_alone_ratio": alone_mesh / alone_direct,
        "engine_ten_users_s.direct": statistics.mean(ten_direct),
        "engine_ten_users_s.mesh": statistics.mean(ten_mesh),
        "engine_ten_users_ratio": statistics.mean(ten_mesh) / statistics.mean(ten_direct),
    }


async def load_figures(mesh: Mesh, session: aiohttp.ClientSession, seconds: float) -> Figures:
    """Both at a fixed rate, whatever the answers take: a mesh that can't keep up shows it by its times."""
    errors: list[str] = []
    generation_s: list[float] = []
    search_ms: list[float] = []
    prompts = list(PROMPTS)

    async def generate(number: int) -> None:
        try:
            generation_s.append(await through_mesh(session, mesh.url, None, prompts[number % len(prompts)]))
        except (TimeoutError, AssertionError, aiohttp.ClientError) as error:
            errors.append(f"generation: {error!r}"[:200])

    async def search(number: int) -> None:
        started = time.perf_counter()
        body = {"query": SEARCHES[number % len(SEARCHES)], "framework": "xframe5"}
        try:
            async with session.post(f"{mesh.url}/api/v1/search", json=body) as response:
                await response.read()
                assert response.status == 200, response.status
        except (TimeoutError, AssertionError, aiohttp.ClientError) as error:
            errors.append(f"search: {error!r}"[:200])
        search_ms.append((time.perf_counter() - started) * 1000)

    for number in range(3):
        await generate(number)
        await search(number)
    generation_s.clear()
    search_ms.clear()
    started, cpu_before = time.perf_counter(), cpu_of(mesh)
    await asyncio.gather(
        at_rate(generate, GENERATIONS_A_SECOND, seconds), at_rate(search, SEARCHES_A_SECOND, seconds)
    )  # fmt: skip
    took, cpu = time.perf_counter() - started, cpu_of(mesh) - cpu_before
    asked = GENERATIONS_A_SECOND * seconds
    for error in errors[:5]:
        print(f"  {error}")
    return {
        "generations_per_s": len(generation_s) / took,
        "searches_per_s": len(search_ms) / took,
        "load_errors": len(errors),
        "load_cores": cpu / asked * GENERATIONS_A_SECOND,
        "load_generation_p50_ms": statistics.median(generation_s) * 1000,
        "load_generation_p95_ms": statistics.quantiles(generation_s, n=20)[18] * 1000,
        "load_search_p50_ms": statistics.median(search_ms),
        "load_search_p95_ms": statistics.quantiles(search_ms, n=20)[18],
    }


def cpu_of(mesh: Mesh) -> float:
    """CPU seconds of all processes of the mesh so far: they suffer least from what else runs here."""
    used = 0.0
    for mark in mesh.record()["processes"].values():
        for process in (found := psutil.Process(mark["pid"]), *found.children(recursive=True)):
            times = process.cpu_times()
            used += times.user + times.system
    return used


async def at_rate(work: Callable[[int], Awaitable[None]], rate: float, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    started = loop.time()
    tasks = []
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, started + number / rate - loop.time()))
        tasks.append(asyncio.ensure_future(work(number)))
    await asyncio.gather(*tasks)


async def idle_figures(mesh: Mesh, session: aiohttp.ClientSession) -> Figures:
    """Streams of generations that wait for an answer, followed by many readers."""
    gateway = psutil.Process(mesh.record()["processes"]["gateway"]["pid"])
    asking = [await _asking(session, mesh.url) for _ in range(10)]
    before = gateway.memory_full_info().uss
    readers = [
        asyncio.ensure_future(_read(session, f"{mesh.url}{GENERATIONS}/{asking[number % 10][0]}/events"))
        for number in range(IDLE_STREAMS)
    ]
    streams = 0
    deadline = time.monotonic() + 120
    while streams < IDLE_STREAMS + len(asking) and time.monotonic() < deadline:
        await asyncio.sleep(1)
        async with session.get(f"{mesh.url}/health") as response:
            streams = (await response.json())["event_streams"]
    ended = [reader for reader in readers if reader.done()]
    if ended or streams < IDLE_STREAMS:
        reasons = {repr(reader.exception()) for reader in ended if not reader.cancelled()}
        raise RuntimeError(f"{streams} streams are open, {len(ended)} readers have ended: {reasons}")
    cost = (gateway.memory_full_info().uss - before) / 1024 / 1024
    cpu = gateway.cpu_times()
    await asyncio.sleep(5)
    later = gateway.cpu_times()
    for reader in readers:
        reader.cancel()
    await asyncio.gather(*readers, return_exceptions=True)
    for _, stream in asking:
        stream.close()
    return {
        "idle_streams": streams,
        "idle_streams_mb": cost,
        "idle_streams_cpu_share": (later.user + later.system - cpu.user - cpu.system) / 5,
    }


async def _asking(session: aiohttp.ClientSession, base: str) -> tuple[str, aiohttp.ClientResponse]:
    """A generation that waits for an answer, and its open stream."""
    response = await session.post(
        f"{base}{GENERATIONS}", json={"prompt": "화면 만들어줘"}, headers={"Accept": "text/event-stream"}
    )
    generation_id = ""
    async for line in response.content:
        if line.startswith(b"data: "):
            event = json.loads(line[6:])
            generation_id = generation_id or event["generation_id"]
            if event["type"] == "question":
                return generation_id, response
    raise AssertionError("it asked nothing")


async def _read(session: aiohttp.ClientSession, url: str) -> None:
    async with session.get(url) as response:
        async for _ in response.content:
            pass


def prepare(http: httpx.Client, engine_url: str) -> None:
    body = {"id": ENGINE, "kind": "vllm", "base_url": f"{engine_url}/v1", "model": "simulated"}
    created = http.post("/api/admin/engines", json=body)
    assert created.status_code == 201, created.text
    until(lambda: Api(http).knows_engine(ENGINE), limit_s=30)


async def measured(mesh: Mesh, engine_url: str, arguments: argparse.Namespace) -> Figures:
    headers = {"Authorization": f"Bearer {mesh.key}"}
    connector = aiohttp.TCPConnector(limit=0)
    timeout = aiohttp.ClientTimeout(total=600)
    async with aiohttp.ClientSession(headers=headers, connector=connector, timeout=timeout) as session:
        figures: Figures = {}
        if "idle" in arguments.parts:
            figures |= await idle_figures(mesh, session)
        if "load" in arguments.parts:
            figures |= await load_figures(mesh, session, arguments.load_s)
        if "engine" in arguments.parts:
            figures |= await engine_figures(mesh, session, engine_url, 60 * arguments.engine_s / 25)
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--engine-s", type=float, default=25.0, help="what the engine takes alone")
    parser.add_argument("--load-s", type=float, default=20.0, help="how long generations and searches are asked for")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="which figures")
    parser.add_argument("--out", type=Path, help="where the figures go as JSON")
    arguments = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        mesh = Mesh(Path(folder) / "state", free_port_base(), {"GATEWAY_QUESTION_LIMIT_S": str(QUESTION_S)})
        try:
            mesh.start()
            until(lambda: mesh.is_ready("embedding-service"), limit_s=120)  # what its models cost once is no load's
            headers = {"Authorization": f"Bearer {mesh.key}"}
            with httpx.Client(base_url=mesh.url, headers=headers, timeout=60, trust_env=False) as http:
                made = Api(http).generate(PROMPT, model="builtin")[0]["generation_id"]
                spec = http.get(f"{GENERATIONS}/{made}/spec").json()
                with paced_engine(Path(folder), mesh.port_base + 90, arguments.engine_s, spec) as engine_url:
                    prepare(http, engine_url)
                    figures = asyncio.run(measured(mesh, engine_url, arguments))
        finally:
            mesh.command("purge")
    print(f"load (1 min) before {load:.1f}, after {os.getloadavg()[0]:.1f}: ratios of one run suffer less than times")
    report(figures)
    if arguments.out:
        arguments.out.write_text(json.dumps(figures, indent=1))
    return 0


def report(figures: Figures) -> None:
    targets = {
        "engine_alone_ratio": ALONE_RATIO,
        "engine_ten_users_ratio": TEN_RATIO,
        "load_search_p95_ms": SEARCH_P95_MS,
        "idle_streams_mb": IDLE_MB,
        "load_cores": 2.0,
    }
    at_least = {"generations_per_s": GENERATIONS_A_SECOND, "searches_per_s": SEARCHES_A_SECOND}
    for name, value in figures.items():
        line = f"{name:<28} {value:9.3f}"
        if name in targets:
            line += f"   at most {targets[name]:g}, ratio {value / targets[name]:.2f}"
        if name in at_least:
            line += f"   asked for {at_least[name]:g}, ratio {at_least[name] / value:.2f}"
        print(line)


if __name__ == "__main__":
    sys.exit(main())
