"""Load by keep-alive connections: a client of few instructions, for it shares the cores with what it measures."""

import asyncio
import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from app.core.settings import DEFAULT_MODEL
from numpy.typing import NDArray

_READY_S = 180
_WORDS = (
    *("save", "load", "grid", "row", "column", "value", "screen", "button", "date", "list", "search", "table", "order"),
    *("user", "code", "server", "event", "popup", "field", "number", "check", "text", "filter", "page", "report"),
    *("update", "delete", "insert", "select", "group", "total", "name", "status", "type", "format", "state"),
)
_unique = count()


@dataclass(frozen=True, slots=True)
class Server:
    name: str
    port: int
    path: str
    ready_path: str
    headers: Callable[[], dict[str, str]]
    """For each request anew: tokens are short-lived."""


def sentences(size: int, *, words: int = 16) -> list[str]:
    """No two are the same: a cache has nothing to give."""
    return [f"{' '.join(random.choices(_WORDS, k=words))} {next(_unique)}" for _ in range(size)]  # noqa: S311 - texts


async def wave(server: Server, *, clients: int, seconds: float, inputs: int = 1, words: int = 16) -> list[float]:
    """Milliseconds of every request that ended within the time, of so many clients at once."""
    until = time.perf_counter() + seconds
    found = await asyncio.gather(*(_client(server, until, inputs, words) for _ in range(clients)))
    return [item for times in found for item in times]


async def _client(server: Server, until: float, inputs: int, words: int) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    times = []
    try:
        while (started := time.perf_counter()) < until:
            texts = sentences(inputs, words=words)
            await _asked((reader, writer), server, "POST", server.path, texts)
            if (ended := time.perf_counter()) < until:
                times.append((ended - started) * 1000)
    finally:
        writer.close()
    return times


async def embed(server: Server, texts: Sequence[str]) -> NDArray[np.float32]:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    answer = json.loads(await _asked((reader, writer), server, "POST", server.path, texts))
    writer.close()
    return np.array([item["embedding"] for item in answer["data"]], dtype=np.float32)


async def until_ready(server: Server) -> None:
    async with asyncio.timeout(_READY_S):
        while True:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
                await _asked((reader, writer), server, "GET", server.ready_path, ())
                writer.close()
            except (OSError, ValueError, asyncio.IncompleteReadError):
                await asyncio.sleep(0.3)
            else:
                return


async def _asked(
    connection: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    server: Server,
    method: str,
    path: str,
    texts: Sequence[str],
) -> bytes:
    reader, writer = connection
    body = json.dumps({"model": DEFAULT_MODEL, "input": texts[0] if len(texts) == 1 else list(texts)}).encode()
    more = "".join(f"{name}: {value}\r\n" for name, value in server.headers().items())
    head = f"{method} {path} HTTP/1.1\r\nHost: x\r\n{more}Content-Type: application/json\r\nContent-Length: {len(body)}"
    writer.write(head.encode() + b"\r\n\r\n" + body)
    answer = await reader.readuntil(b"\r\n\r\n")
    status, *lines = answer.decode("latin-1").split("\r\n")
    length = next(int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length:"))
    content = await reader.readexactly(length)
    if " 200 " not in f"{status} ":
        raise ValueError(f"{server.name}: {status}")
    return content
