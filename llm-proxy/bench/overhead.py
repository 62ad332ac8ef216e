"""What the proxy adds to an engine: added time at one client, CPU time per stream of 64 events.

Run from llm-proxy: `../.venv/bin/python bench/overhead.py`. A mock engine and the proxy are processes of their own.
"""

import argparse
import asyncio
import os
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

import aiohttp
import psutil

from chassis.local_postgres import free_port
from chassis.tokens import ServiceTokens

SECRET = "bench-secret-of-at-least-32-characters"  # noqa: S105 - made up
EVENTS = 64
_CHUNK = b'data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"word "},"finish_reason":null}]}\n\n'  # noqa: E501
_FIRST = _CHUNK.replace(b'"content":"word "', b'"role":"assistant","content":""')
_LAST = (
    _CHUNK.replace(b'{"content":"word "}', b"{}").replace(b'"finish_reason":null', b'"finish_reason":"stop"')
    + b'data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":64,"total_tokens":69}}\n\ndata: [DONE]\n\n'
)


def _chunked(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"


async def _engine(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers every POST with 64 events at once, or 5 ms apart where the request says PACED."""
    while True:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            break
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0] or b"0")
        body = await reader.readexactly(length)
        if b"PACED" in body:
            writer.write(HEAD + _chunked(_FIRST))
            for _ in range(EVENTS):
                await asyncio.sleep(0.005)
                writer.write(_chunked(_CHUNK))
            writer.write(_chunked(_LAST) + b"0\r\n\r\n")
        else:
            writer.write(HEAD + _chunked(_FIRST) + _chunked(_CHUNK) * EVENTS + _chunked(_LAST) + b"0\r\n\r\n")
        await writer.drain()
    writer.close()


async def _serve(port: int) -> None:
    async with await asyncio.start_server(_engine, "127.0.0.1", port) as server:
        await server.serve_forever()


async def _timed(session: aiohttp.ClientSession, url: str, body: dict[str, object]) -> tuple[float, float]:
    """Seconds to the first event with content, and to the end."""
    started = time.perf_counter()
    first = 0.0
    async with session.post(url, json=body) as response:
        async for chunk in response.content.iter_any():
            if not first and b"word" in chunk:
                first = time.perf_counter() - started
    return first, time.perf_counter() - started


async def _measure(direct: str, proxied: str, process: psutil.Process, repeats: int) -> None:
    token = ServiceTokens(service="gateway", secret=SECRET).issue(audience="llm-proxy")
    body: dict[str, object] = {"model": "default", "messages": [{"role": "user", "content": "hi"}], "stream": True}
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as session:
        for url in (direct, proxied):
            for _ in range(50):
                await _timed(session, url, body)
        times: dict[str, list[tuple[float, float]]] = {direct: [], proxied: []}
        before = sum(process.cpu_times()[:2])
        for _ in range(repeats):
            for url in (direct, proxied):
                times[url].append(await _timed(session, url, body))
        cpu = (sum(process.cpu_times()[:2]) - before) / repeats
        first = [statistics.median(item[0] for item in times[url]) * 1000 for url in (direct, proxied)]
        end = [statistics.median(item[1] for item in times[url]) * 1000 for url in (direct, proxied)]
        print(f"first p50: direct {first[0]:.2f} ms, proxied {first[1]:.2f} ms, added {first[1] - first[0]:.2f} ms")
        print(f"whole answer  p50: direct {end[0]:.2f} ms, proxied {end[1]:.2f} ms, added {end[1] - end[0]:.2f} ms")
        print(f"CPU of the proxy for a stream of {EVENTS} events: {cpu * 1000:.2f} ms")
        paced = {**body, "messages": [{"role": "user", "content": "PACED"}]}
        for name, url in (("direct", direct), ("proxied", proxied)):
            before = sum(process.cpu_times()[:2])
            done = await asyncio.gather(*(_timed(session, url, paced) for _ in range(64)))
            cpu = (sum(process.cpu_times()[:2]) - before) / 64
            first_ms = statistics.median(item[0] for item in done) * 1000
            end_ms = statistics.median(item[1] for item in done) * 1000
            print(f"64 paced, {name}: first {first_ms:.1f} ms, end {end_ms:.0f} ms, proxy CPU {cpu * 1000:.2f} ms each")


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=500)
    parser.add_argument("--engine", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.engine:
        asyncio.run(_serve(arguments.engine))
        return
    engine_port, proxy_port = free_port(), free_port()
    engine = subprocess.Popen([sys.executable, __file__, "--engine", str(engine_port)])
    environment = os.environ | {
        "FRAMEWRIGHT_SERVICE_SECRET": SECRET,
        "FRAMEWRIGHT_ENGINE_URL": f"http://127.0.0.1:{engine_port}",
        "FRAMEWRIGHT_ENGINE_MODEL": "m",
        "FRAMEWRIGHT_ENGINE_PROBE_S": "60",
    }
    command = [sys.executable, "-m", "chassis.server", "app.main:create_app", "--port", str(proxy_port)]
    folder = Path(__file__).parents[1]
    proxy = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, cwd=folder)
    try:
        _wait_for(engine_port)
        _wait_for(proxy_port)
        asyncio.run(
            _measure(
                f"http://127.0.0.1:{engine_port}/v1/chat/completions",
                f"http://127.0.0.1:{proxy_port}/v1/chat/completions",
                psutil.Process(proxy.pid),
                arguments.repeats,
            )
        )
    finally:
        for process in (proxy, engine):
            process.terminate()
            process.wait()


if __name__ == "__main__":
    main()
