"""10,000 requests through the proxy, one in a hundred to an engine that misbehaves, clients that leave at random.

Run from llm-proxy: `../.venv/bin/python bench/soak.py`. Every request must end in an answer or an error; afterwards no
connection and no task may be left, and memory must be flat.
"""

import argparse
import asyncio
import gc
import random
import sys
import time
from collections import Counter
from pathlib import Path

import aiohttp
import orjson
import psutil
import uvicorn

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.core.settings import Settings
from app.main import create_app

from chassis.local_postgres import free_port
from chassis.tokens import ServiceTokens

SECRET = "soak-secret-of-at-least-32-characters"  # noqa: S105 - made up
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
FAULTS = ("reset", "stall", "garbage", "500", "half", "slow")
FAULT_SHARE, LEAVING_SHARE, CLIENTS, HANG_S = 0.01, 0.1, 32, 20.0
ALLOWED_GROWTH = 1.15


def _event(document: object) -> bytes:
    data = b"data: " + orjson.dumps(document) + b"\n\n"
    return b"%x\r\n%b\r\n" % (len(data), data)


def _delta(text: str, finish: str | None = None) -> bytes:
    return _event({"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": finish}]})


class Engine:
    """A server whose answers are as `chance` has it; counts its open connections."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.open = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0] or b"0")
                await reader.readexactly(length)
                if head.startswith(b"GET"):
                    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}")
                elif not await self._answer(reader, writer):
                    break
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self.open -= 1
            writer.transport.abort()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Whether the connection may be used again."""
        fault = self._chance.choice(FAULTS) if self._chance.random() < FAULT_SHARE else ""
        if fault == "500":
            writer.write(b"HTTP/1.1 500 Oops\r\ncontent-length: 4\r\n\r\nboom")
            return True
        writer.write(HEAD)
        for number in range(self._chance.randint(1, 8)):
            writer.write(_delta(f"word{number} "))
            if self._chance.random() < 0.3:
                await writer.drain()
                await asyncio.sleep(0.002)
        if fault == "stall":
            await reader.read()
        elif fault == "garbage":
            writer.write(b"5\r\ndata:\r\n2\r\n\n\n\r\n")
        elif fault == "half":
            writer.write(b"20\r\ndata: {")
        elif fault == "slow":
            await asyncio.sleep(0.3)
        if fault in {"reset", "stall", "half", "garbage"}:
            await writer.drain()
            return False
        last = _event({"choices": [], "usage": {"prompt_tokens": 3, "completion_tokens": 8, "total_tokens": 11}})
        done = b"data: [DONE]\n\n"
        writer.write(_delta("", "stop") + last + b"%x\r\n%b\r\n0\r\n\r\n" % (len(done), done))
        return True


async def _ask(session: aiohttp.ClientSession, url: str, chance: random.Random) -> str:
    """How one request ended."""
    stream = chance.random() < 0.7
    body = {"messages": [{"role": "user", "content": "hi"}], "stream": stream}
    leaves = chance.random() < LEAVING_SHARE
    try:
        async with (
            asyncio.timeout(chance.random() * 0.02 if leaves else HANG_S),
            session.post(url, json=body) as answer,
        ):
            content = await answer.read()
    except TimeoutError:
        return "left" if leaves else "hung"
    except aiohttp.ClientError:
        return "broken"
    if answer.status != 200:
        return "error"
    if not stream:
        return "answer" if orjson.loads(content).get("choices") else "nothing"
    if content.endswith(b"data: [DONE]\n\n"):
        return "answer"
    return "error frame" if b'"error"' in content else "nothing"


async def soak(requests: int, seed: int) -> int:
    chance = random.Random(seed)  # noqa: S311 - chance, not secrets
    engine = Engine(chance)
    listener = await asyncio.start_server(engine.serve, "127.0.0.1", 0)
    settings = Settings(
        service_secret=SECRET, admin_url="http://127.0.0.1:9", engine_model="m", engine_kind="vllm",
        engine_url=f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}",
        between_bytes_s=0.5, first_byte_s=2.0, probe_s=60.0, poll_s=60.0, log_level="error",
    )  # fmt: skip
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(create_app(settings), port=port, log_config=None, access_log=False))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - the server has no event for it
        await asyncio.sleep(0.01)
    url = f"http://127.0.0.1:{port}/v1/chat/completions"
    outcomes: Counter[str] = Counter()
    marks: list[tuple[int, int]] = []
    issuer = ServiceTokens(service="gateway", secret=SECRET)
    idle_tasks = len(asyncio.all_tasks())
    started = time.perf_counter()

    async def client(session: aiohttp.ClientSession) -> None:
        while (asked := sum(outcomes.values())) < requests:
            outcomes[await _ask(session, url, chance)] += 1
            if asked % (requests // 10) == 0:
                marks.append((asked, psutil.Process().memory_info().rss))

    headers = {"Authorization": f"Bearer {issuer.issue(audience='llm-proxy')}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        await asyncio.gather(*(client(session) for _ in range(CLIENTS)))
    seconds = time.perf_counter() - started
    await asyncio.sleep(6)  # longer than connections are kept
    gc.collect()
    tasks, connections = len(asyncio.all_tasks()) - idle_tasks, engine.open
    memory = [size for _, size in sorted(marks)]
    growth = memory[-1] / memory[len(memory) // 2]
    print(f"{sum(outcomes.values())} requests in {seconds:.0f} s: {dict(outcomes)}")
    print(f"left over: {tasks} tasks, {connections} connections; memory over the second half x {growth:.3f}")
    server.should_exit = True
    await serving
    listener.close()
    return int(bool(outcomes["hung"] or outcomes["nothing"] or tasks > 0 or connections or growth > ALLOWED_GROWTH))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    sys.exit(asyncio.run(soak(arguments.requests, arguments.seed)))
