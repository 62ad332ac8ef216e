"""`python -m load.ten_users`: ten users within a minute on the paced engine, through the mesh and at the engine itself.

Both rounds ask at the same moments for the same ten screens, no two alike; the ratio of their mean times is the figure.
The engine takes 25 s for one alone, as in the run that the product is held against.
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
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp
import httpx

from load.words import Words
from support.api import GENERATIONS, Api
from support.gateways import spec_pieces
from support.mesh import ROOT, Mesh, free_port_base, until
from support.simulator import MODEL, simulated_engine

USERS, ENGINE, LIMIT = 10, "simulator", 1.05
TOKENS = 1_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--engine-s", type=float, default=25.0, help="what the engine takes for one alone")
    parser.add_argument("--within-s", type=float, default=60.0, help="the time in which all users come")
    parser.add_argument("--rounds", type=int, default=1, help="each is both, at the engine and through the mesh")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "load" / "ten-users.json")
    arguments = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        mesh = Mesh(Path(folder) / "state", free_port_base())
        try:
            mesh.start()
            answers = Path(folder) / "answers.jsonl"
            words = Words()
            prompts = [words.prompt(number) for number in range(USERS)]
            with client_of(mesh) as http:
                write_answers(http, prompts, answers)
                pace = {"output_tokens": TOKENS, "tokens_per_s": TOKENS / arguments.engine_s}
                with simulated_engine(mesh.port_base + 90, answers=answers, **pace) as url:
                    body = {"id": ENGINE, "kind": "vllm", "base_url": f"{url}/v1", "model": MODEL}
                    assert http.post("/api/admin/engines", json=body).status_code == 201
                    until(lambda: Api(http).knows_engine(ENGINE), limit_s=30)
                    figures = asyncio.run(measured(mesh, url, prompts, arguments.within_s, arguments.rounds))
        finally:
            mesh.command("purge")
    return report(figures, load, arguments.out)


def client_of(mesh: Mesh) -> httpx.Client:
    return httpx.Client(base_url=mesh.url, headers={"Authorization": f"Bearer {mesh.key}"}, timeout=60, trust_env=False)


def write_answers(http: httpx.Client, prompts: list[str], file: Path) -> None:
    """What the engine says to each prompt: the very screen that belongs to it, made by rule before."""
    lines = []
    for prompt in prompts:
        made = Api(http).generate(prompt, model="builtin")[0]["generation_id"]
        spec = http.get(f"{GENERATIONS}/{made}/spec").json()
        lines.append({"contains": prompt, "text": "".join(spec_pieces(spec, 10_000))})
    lines.append({"contains": "", "text": lines[-1]["text"]})
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")


async def measured(mesh: Mesh, engine: str, prompts: list[str], within_s: float, rounds: int) -> dict[str, float]:
    headers = {"Authorization": f"Bearer {mesh.key}"}
    timeout = aiohttp.ClientTimeout(total=600)
    async with aiohttp.ClientSession(headers=headers, timeout=timeout) as session:

        async def at_engine(prompt: str) -> float:
            return await asked_directly(session, engine, prompt)

        async def at_mesh(prompt: str) -> float:
            return await asked_through_mesh(session, mesh.url, prompt)

        direct, through = [], []
        for number in range(rounds):
            direct += await users(at_engine, prompts, within_s, seed=number)
            through += await users(at_mesh, prompts, within_s, seed=number)
    return {
        "users": USERS * rounds, "direct_mean_s": statistics.mean(direct), "mesh_mean_s": statistics.mean(through),
        "direct_max_s": max(direct), "mesh_max_s": max(through),
        "ratio": statistics.mean(through) / statistics.mean(direct),
    }  # fmt: skip


async def users(work: Callable[[str], Awaitable[float]], prompts: list[str], within_s: float, seed: int) -> list[float]:
    """Each user has a prompt and a moment of its own."""
    chance = random.Random(seed)

    async def one(prompt: str, wait_s: float) -> float:
        await asyncio.sleep(wait_s)
        return await work(prompt)

    return list(await asyncio.gather(*(one(prompt, chance.uniform(0, within_s)) for prompt in prompts)))


async def asked_directly(session: aiohttp.ClientSession, url: str, prompt: str) -> float:
    started = time.perf_counter()
    body = {"model": MODEL, "messages": [{"role": "user", "content": prompt}], "stream": True}
    async with session.post(f"{url}/v1/chat/completions", json=body) as response:
        assert response.status == 200
        async for _ in response.content.iter_any():
            pass
    return time.perf_counter() - started


async def asked_through_mesh(session: aiohttp.ClientSession, url: str, prompt: str) -> float:
    """From the prompt to `completed`, by that engine and no other."""
    started = time.perf_counter()
    last = b""
    body = {"prompt": prompt, "model": ENGINE}
    async with session.post(f"{url}{GENERATIONS}", json=body, headers={"Accept": "text/event-stream"}) as response:
        assert response.status == 200, await response.text()
        async for line in response.content:
            if line.startswith(b"data: "):
                last = line[6:]
    event = json.loads(last)
    assert event["type"] == "completed", event
    assert event["engine"] == ENGINE, event
    return time.perf_counter() - started


def report(figures: dict[str, float], load: float, out: Path) -> int:
    out.parent.mkdir(parents=True, exist_ok=True)
    last = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}
    print(f"load (1 min) before {load:.1f}, after {os.getloadavg()[0]:.1f}")
    for name, value in figures.items():
        print(f"{name:<16} {value:8.3f}" + (f"   last run {last[name]:.3f}" if name in last else ""))
    out.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    kept = figures["ratio"] <= LIMIT
    print(f"at most {LIMIT} × the engine alone: {'kept' if kept else 'BROKEN'}")
    return int(not kept)


if __name__ == "__main__":
    sys.exit(main())
