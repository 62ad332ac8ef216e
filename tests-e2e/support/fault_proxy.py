"""A TCP proxy between two services that can be slow, answer for the service, or cut the line.

Toxiproxy, the known one, is a Go program that is no Python package, and knows no HTTP: it can't answer 500 or garbage.
"""

import asyncio
import os
import socket
import struct
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal

Mode = Literal["pass", "slow", "error", "garbage", "cut"]
_READ = 65_536
_RESET = struct.pack("ii", 1, 0)
"""SO_LINGER with no time: closing sends RST, as a lost peer's kernel would."""


@dataclass
class FaultProxy:
    """Listens on `port` and passes on to `target`, both on loopback, while it is started."""

    port: int
    target: int
    mode: Mode = "pass"
    delay_s: float = 2.0
    body: bytes = b"<html><body>Internal Server Error</body></html>"
    _open: set[asyncio.StreamWriter] = field(default_factory=set)
    _loop: asyncio.AbstractEventLoop | None = None
    _thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, args=(self._loop, ready), daemon=True)
        self._thread.start()
        if not ready.wait(10):
            raise RuntimeError(f"the proxy on {self.port} did not start")

    def stop(self) -> None:
        if self._loop and self._thread:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(5)

    def set(self, mode: Mode) -> None:
        """From now on, for open connections too."""
        self.mode = mode
        if mode == "cut" and self._loop:
            self._loop.call_soon_threadsafe(self._reset_all)

    def _serve(self, loop: asyncio.AbstractEventLoop, ready: threading.Event) -> None:
        asyncio.set_event_loop(loop)
        server = loop.run_until_complete(asyncio.start_server(self._connected, "127.0.0.1", self.port))
        ready.set()
        loop.run_forever()
        server.close()
        self._reset_all()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0.05))
        loop.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.mode == "cut":
            _reset(writer)
            return
        try:
            back_reader, back_writer = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            _reset(writer)
            return
        ends = {writer, back_writer}
        self._open |= ends
        late = asyncio.Event()
        tasks = [
            asyncio.create_task(self._to_service(reader, writer, back_writer, late)),
            asyncio.create_task(self._to_caller(back_reader, writer, late)),
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            self._open -= ends
            for end in ends:
                with suppress(OSError, RuntimeError):
                    end.close()

    async def _to_service(
        self, reader: asyncio.StreamReader, caller: asyncio.StreamWriter, service: asyncio.StreamWriter,
        late: asyncio.Event,
    ) -> None:  # fmt: skip
        with suppress(OSError):
            while data := await reader.read(_READ):
                if self.mode in {"error", "garbage"}:
                    caller.write(self._own_answer())
                    await caller.drain()
                    return
                if self.mode == "slow":
                    late.set()
                service.write(data)
                await service.drain()

    async def _to_caller(self, reader: asyncio.StreamReader, caller: asyncio.StreamWriter, late: asyncio.Event) -> None:
        """Slow: each answer begins late; once it has begun it flows."""
        with suppress(OSError):
            while data := await reader.read(_READ):
                if late.is_set():
                    late.clear()
                    await asyncio.sleep(self.delay_s)
                caller.write(data)
                await caller.drain()

    def _own_answer(self) -> bytes:
        garbage = self.mode == "garbage"
        status, kind = ("200 OK", "application/json") if garbage else ("500 Internal Server Error", "text/html")
        body = b"{\xff\x00" + os.urandom(64) if garbage else self.body
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        return head.encode() + body

    def _reset_all(self) -> None:
        for writer in list(self._open):
            _reset(writer)


def _reset(writer: asyncio.StreamWriter) -> None:
    plain = writer.get_extra_info("socket")
    if plain is not None:
        with suppress(OSError):
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()
