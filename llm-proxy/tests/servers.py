"""Servers at the level of sockets: one replays recordings byte for byte, one misbehaves as it is told."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

DATA = Path(__file__).parent / "data"


@dataclass(slots=True)
class Exchange:
    """One request that a server was sent, and when its client hung up (perf_counter), if it did."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    left_at: float | None = None
    sent: int = 0

    def json(self) -> Any:
        return orjson.loads(self.body)


Script = Callable[[Exchange, asyncio.StreamWriter], Awaitable[None]]


@dataclass(slots=True)
class SocketServer:
    """Answers every POST with `script`, every GET from `gets` (raw responses by path, else 404)."""

    script: Script
    gets: dict[str, bytes] = field(default_factory=dict)
    exchanges: list[Exchange] = field(default_factory=list)
    url: str = ""
    port: int = 0
    writers: set[asyncio.StreamWriter] = field(default_factory=set)
    tasks: set[asyncio.Future[None]] = field(default_factory=set)

    def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Known from the start, so that stopping can close it whatever its task has come to."""
        self.writers.add(writer)
        self.tasks.add(asyncio.ensure_future(self.handle(reader, writer)))

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._serve(reader, writer)
        finally:
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while exchange := await _read_request(reader):
                if exchange.method == "GET":
                    writer.write(self.gets.get(exchange.path, NOT_FOUND))
                    await writer.drain()
                    break
                self.exchanges.append(exchange)
                script = asyncio.ensure_future(self.script(exchange, writer))
                watcher = asyncio.ensure_future(_hang_up(reader, exchange))
                await asyncio.wait((script, watcher), return_when=asyncio.FIRST_COMPLETED)
                script.cancel()
                watcher.cancel()
                await asyncio.gather(script, watcher, return_exceptions=True)
                if exchange.left_at is not None or writer.is_closing():
                    break


async def _read_request(reader: asyncio.StreamReader) -> Exchange | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode().rstrip().split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Exchange(method, path, headers, body)


async def _hang_up(reader: asyncio.StreamReader, exchange: Exchange) -> None:
    """Ends when the client closes: nothing else comes from it while it is being answered."""
    with suppress(ConnectionError):
        while await reader.read(1024):
            pass
    exchange.left_at = time.perf_counter()


@contextmanager
def serving(server: SocketServer) -> Iterator[SocketServer]:
    """Runs it on a free loopback port in a thread of its own."""
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    stop = asyncio.Event()

    async def run() -> None:
        listener = await asyncio.start_server(server.connected, "127.0.0.1", server.port)
        server.url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
        ready.set()
        await stop.wait()
        await asyncio.sleep(0.05)  # what was just accepted gets its transport: a closed listener leaves it without
        listener.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for writer in server.writers:
            writer.transport.abort()
        await asyncio.sleep(0.02)  # transports close in the loop's next rounds

    def body() -> None:
        loop.run_until_complete(run())
        loop.close()

    thread = threading.Thread(target=body, daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)


def recording(name: str) -> bytes:
    """The bytes that a real server sent: `vllm/chat_stream`."""
    return (DATA / f"{name}.txt").read_bytes()


def recorded_request(name: str) -> Any:
    """The JSON of the request that the recording answers."""
    return orjson.loads((DATA / f"{name}.req.txt").read_bytes().partition(b"\r\n\r\n")[2])


def replay(name: str, *, cut: int = 0) -> Script:
    """Sends a recording, whole or in pieces of `cut` bytes, and hangs up as the recorded server did."""
    content = recording(name)

    async def script(_exchange: Exchange, writer: asyncio.StreamWriter) -> None:
        size = cut or len(content)
        for start in range(0, len(content), size):
            writer.write(content[start : start + size])
            await writer.drain()
            if cut:
                await asyncio.sleep(0)
        writer.close()

    return script


def chunked(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


def event(document: Any) -> bytes:
    """A chunk of the transfer that holds one event."""
    return chunked(b"data: %b\n\n" % (document if isinstance(document, bytes) else orjson.dumps(document)))


def delta(text: str) -> bytes:
    return event({"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]})


def response(status: str, body: bytes, *, content_type: str = "application/json", extra: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\ncontent-length: {len(body)}\r\n{extra}\r\n"
    return head.encode() + body


STREAM_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
STREAM_END = event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}) + event(b"[DONE]") + b"0\r\n\r\n"
NOT_FOUND = response("404 Not Found", b'{"detail":"Not Found"}', extra="connection: close\r\n")
