"""Random disconnects and reconnects over two gateways that are killed in between: no event lost, none twice, all end.

Each client orders a generation with an idempotency key, reads a few events, hangs up, and goes on at either gateway
with `Last-Event-ID`. Afterwards its events are compared with the whole log. The seed repeats the choices.
"""

import argparse
import asyncio
import contextlib
import json
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import aiohttp
import httpx

from support.api import GENERATIONS, TERMINAL, Api
from support.engine import PacedEngine, paced_engine
from support.gateways import START_LIMIT_S, OwnProcess, spec_pieces
from support.mesh import Mesh, free_port_base, until

ENGINE = "paced"
PROMPT = "Task 관리 화면 만들어줘"
SILENCE_LIMIT_S = 15.0
"""A generation whose gateway was killed goes on, or ends, within this."""
STUCK_S = 90.0
_AWAY = (aiohttp.ClientError, OSError, asyncio.TimeoutError)


@dataclass
class Tally:
    """What has happened so far."""

    wanted: int
    disconnects: int = 0
    kills: int = 0
    generations: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    taken_over: int = 0
    longest_silence_s: float = 0.0
    longest_silence: str = ""
    problems: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    log_errors: Counter[str] = field(default_factory=Counter)

    @property
    def enough(self) -> bool:
        return self.disconnects >= self.wanted or bool(self.faults)

    def stop(self) -> None:
        """What has happened so far is enough."""
        self.wanted = self.disconnects


class ChaoticClient:
    """One client with its own random choices."""

    def __init__(self, urls: list[str], session: aiohttp.ClientSession, tally: Tally, seed: str) -> None:
        self._urls, self._session, self._tally = urls, session, tally
        self._random = random.Random(seed)
        self._seed = seed

    async def run(self) -> None:
        number = 0
        while not self._tally.enough:
            number += 1
            events = await self._generation(f"{self._seed}-{number}")
            self._check(events, await self._whole(events[0]["generation_id"]))
            self._tally.generations += 1
            self._tally.ends[events[-1]["type"]] += 1
            self._tally.problems.update([events[-1]["problem"]["code"]] if events[-1]["type"] == "failed" else [])
            self._tally.taken_over += any(event.get("code") == "taken_over" for event in events)

    async def _generation(self, key: str) -> list[dict[str, Any]]:
        """All events of a new generation, read in many small parts."""
        events: list[dict[str, Any]] = []
        last_at = time.monotonic()
        while not events or events[-1]["type"] not in TERMINAL:
            patience = self._random.randint(1, 8)
            try:
                async for event in self._part(events, key):
                    moment = time.monotonic()
                    self._note_silence(moment - last_at, events, event)
                    last_at = moment
                    events.append(event)
                    patience -= 1
                    if patience == 0 and event["type"] not in TERMINAL:
                        self._tally.disconnects += 1
                        break
            except _AWAY:
                await asyncio.sleep(0.05)
            if time.monotonic() - last_at > STUCK_S:
                raise RuntimeError(f"{key}: no event for {STUCK_S:.0f} s; last was {events[-1:]}")
        return events

    def _note_silence(self, seconds: float, events: list[dict[str, Any]], event: dict[str, Any]) -> None:
        if seconds > self._tally.longest_silence_s:
            before = _shown(events[-1]) if events else "the request"
            self._tally.longest_silence_s = seconds
            self._tally.longest_silence = f"between: {before} → {_shown(event)}"

    async def _part(self, events: list[dict[str, Any]], key: str) -> AsyncIterator[dict[str, Any]]:
        url = self._random.choice(self._urls)
        headers = {"Accept": "text/event-stream"}
        if events:
            headers["Last-Event-ID"] = str(events[-1]["seq"])
            request = self._session.get(f"{url}{GENERATIONS}/{events[0]['generation_id']}/events", headers=headers)
        else:
            headers["Idempotency-Key"] = key
            body = {"prompt": PROMPT, "model": ENGINE}
            request = self._session.post(f"{url}{GENERATIONS}", json=body, headers=headers)
        async with request as response:
            if response.status != 200:
                await asyncio.sleep(0.1)
                return
            try:
                async for line in response.content:
                    if line.startswith(b"data: "):
                        yield json.loads(line[6:])
            finally:
                response.close()

    async def _whole(self, generation_id: str) -> list[dict[str, Any]]:
        """The log as it is in the end, read at once."""
        while True:
            with contextlib.suppress(*_AWAY):
                url = self._random.choice(self._urls)
                async with self._session.get(f"{url}{GENERATIONS}/{generation_id}/events") as response:
                    if response.status == 200:
                        text = await response.text()
                        return [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: ")]
            await asyncio.sleep(0.1)

    def _check(self, events: list[dict[str, Any]], whole: list[dict[str, Any]]) -> None:
        seqs = [event["seq"] for event in events]
        if seqs != list(range(1, len(seqs) + 1)):
            self._tally.faults.append(f"{self._seed}: seqs {seqs}")
        if events != whole:
            self._tally.faults.append(f"{self._seed}: what was read is not what was logged")


def _shown(event: dict[str, Any]) -> str:
    return " ".join(str(event.get(name, "")) for name in ("at", "seq", "type", "stage", "status", "code")).strip()


async def kill_now_and_then(mesh: Mesh, own: OwnProcess, tally: Tally, every_s: float, seed: str) -> None:
    """Kills one of the gateways at a time; the supervisor starts its own again, and we start ours."""
    chance = random.Random(seed)
    while not tally.enough:
        await asyncio.sleep(chance.uniform(0.5, 1.5) * every_s)
        if chance.random() < 0.5:
            mesh.kill("gateway")
            tally.kills += 1
            await asyncio.sleep(0.5)
            await asyncio.to_thread(until, lambda: mesh.is_ready("gateway"), START_LIMIT_S)
        else:
            await asyncio.to_thread(own.kill)
            tally.kills += 1
            await asyncio.to_thread(own.start)


async def chaos(mesh: Mesh, own: OwnProcess, arguments: argparse.Namespace, tally: Tally) -> None:
    signal.signal(signal.SIGTERM, lambda *_: tally.stop())
    headers = {"Authorization": f"Bearer {mesh.key}"}
    timeout = aiohttp.ClientTimeout(total=None, connect=5, sock_read=30)
    connector = aiohttp.TCPConnector(limit=0, force_close=True)
    async with aiohttp.ClientSession(headers=headers, timeout=timeout, connector=connector) as session:
        clients = [
            ChaoticClient([mesh.url, own.url], session, tally, f"{arguments.seed}-{number}")
            for number in range(arguments.clients)
        ]
        killing = asyncio.create_task(
            kill_now_and_then(mesh, own, tally, arguments.kill_every_s, f"{arguments.seed}-kills")
        )
        killing.add_done_callback(partial(note_end, tally))
        reporting = asyncio.create_task(report_progress(tally))
        try:
            await asyncio.gather(*(client.run() for client in clients))
        finally:
            for task in (killing, reporting):
                task.cancel()
            await asyncio.gather(killing, reporting, return_exceptions=True)


def note_end(tally: Tally, killing: "asyncio.Task[None]") -> None:
    """A run in which nothing is killed any more shows nothing: it is a fault of the run."""
    if not killing.cancelled() and killing.exception() is not None:
        tally.faults.append(f"no gateway was killed any more: {killing.exception()!r}")


async def report_progress(tally: Tally) -> None:
    while True:
        await asyncio.sleep(15)
        print(f"  {tally.disconnects} disconnects, {tally.kills} kills, {tally.generations} generations", flush=True)


def prepare(http: httpx.Client, engine: PacedEngine) -> None:
    """An engine that answers with a real spec, slowly enough to be cut off many times."""
    api = Api(http)
    made = api.generate(PROMPT, model="builtin")[0]["generation_id"]
    spec = http.get(f"{GENERATIONS}/{made}/spec").json()
    engine.pieces, engine.pause_s = spec_pieces(spec, 40), 0.03
    body = {"id": ENGINE, "kind": "openai", "base_url": f"{engine.url}/v1", "model": "paced-7b", "max_concurrency": 500}
    created = http.post("/api/admin/engines", json=body)
    if created.status_code == 422:
        created = http.post("/api/admin/engines", json={**body} | {"max_concurrency": None})
    assert created.status_code == 201, created.text
    until(lambda: api.knows_engine(ENGINE), limit_s=30)


def open_generations(mesh: Mesh) -> int:
    """Generations in the database that have not ended."""
    with httpx.Client(base_url=mesh.url, headers={"Authorization": f"Bearer {mesh.key}"}, trust_env=False) as http:
        return sum(
            len(http.get(GENERATIONS, params={"status": status, "limit": 200}).json()["items"])
            for status in ("queued", "running", "waiting")
        )


def errors_in(*logs: str) -> Counter[str]:
    """What the gateways called an error, by its beginning; Python's own warnings go there as bare lines."""
    found: Counter[str] = Counter()
    for line in (line for log in logs for line in log.splitlines()):
        with contextlib.suppress(ValueError):
            document = json.loads(line)
            if document.get("level") in {"error", "critical"}:
                found[str(document.get("event"))[:80]] += 1
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--disconnects", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=40)
    parser.add_argument("--kill-every-s", type=float, default=8.0)
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}: {arguments.disconnects} disconnects, {arguments.clients} clients", flush=True)
    started, tally = time.monotonic(), Tally(arguments.disconnects)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the mesh is stopped then, too
    with tempfile.TemporaryDirectory() as folder, paced_engine() as engine:
        mesh = Mesh(Path(folder) / "state", free_port_base())
        own = OwnProcess(mesh, mesh.port_base + 81, Path(folder) / "second.log")
        try:
            mesh.start()
            with httpx.Client(
                base_url=mesh.url, headers={"Authorization": f"Bearer {mesh.key}"}, timeout=60, trust_env=False
            ) as http:
                prepare(http, engine)
            own.start()
            asyncio.run(chaos(mesh, own, arguments, tally))
            still_open = open_generations(mesh)
            tally.log_errors = errors_in(mesh.log("gateway"), own.log.read_text())
        finally:
            own.kill()
            mesh.command("purge")
    return report(tally, still_open, time.monotonic() - started, arguments)


def report(tally: Tally, still_open: int, seconds: float, arguments: argparse.Namespace) -> int:
    early = f", stopped before {arguments.disconnects}" if tally.disconnects < arguments.disconnects else ""
    print(f"disconnects {tally.disconnects}{early}, in {seconds:.0f} s (seed {arguments.seed})")
    print(f"gateways killed {tally.kills}")
    print(f"generations {tally.generations}: {dict(tally.ends)}; taken over by another gateway {tally.taken_over}")
    if tally.problems:
        print(f"  failed: {dict(tally.problems)}")
    silence, limit = tally.longest_silence_s, SILENCE_LIMIT_S
    print(f"longest silence of a log {silence:.1f} s, limit {limit:.0f} s, ratio {silence / limit:.2f}")
    print(f"  {tally.longest_silence}")
    print(f"generations left open {still_open}; events lost or seen twice {len(tally.faults)}")
    for fault in tally.faults[:10]:
        print(f"  {fault}")
    print(f"errors in the gateways' logs: {dict(tally.log_errors) or 'none'}")
    return 1 if early or tally.faults or still_open or tally.log_errors or silence > limit else 0


if __name__ == "__main__":
    sys.exit(main())
