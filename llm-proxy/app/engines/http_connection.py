"""One HTTP/1.1 connection to an engine: what comes is kept until it is read, and nothing runs in between.

An asyncio protocol over httptools: no task, no timer and no copy for each chunk of an answer, of which there are
thousands a second.
"""

import asyncio
from collections.abc import Callable
from typing import cast

import httptools

MAX_HEAD_BYTES = 64 * 1024
_HELD_AT_MOST = 256 * 1024
"""Bytes that wait for a slow reader; the engine is then made to wait too."""
_FRAMING = frozenset({"content-length", "transfer-encoding"})


class ConnectionBroken(Exception):
    """The connection ended before the answer did, or what came was not HTTP. `nothing_came` where not a byte had."""

    def __init__(self, reason: str, *, nothing_came: bool = False) -> None:
        super().__init__(reason)
        self.nothing_came = nothing_came


class Connection(asyncio.Protocol):
    """Carries one exchange at a time. `ask`, then `head`, then `read` until it gives nothing."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.complete = False
        self.used = False
        """Whether it has carried an exchange before."""
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._parser: httptools.HttpResponseParser | None = None
        self._parts: list[bytes] = []
        self.on_body = self._parts.append
        self._asking = self._head_done = self._keeps = self._paused = self._excess = self._failed = False
        self._received = self._held = 0
        self._waiter: asyncio.Future[None] | None = None
        self.when_over: Callable[[], None] | None = None
        """Called once where the exchange ends while nobody reads it."""
        self._error: Exception | None = None

    def ask(self, request: bytes) -> None:
        """Sends a request, head and body."""
        assert self._transport is not None  # noqa: S101 - made by a connector, which waits for it
        self.status, self.headers = 0, {}
        self._asking, self.complete, self._head_done, self._failed, self._error = True, False, False, False, None
        self._received = self._held = 0
        self._parser = httptools.HttpResponseParser(self)
        self._transport.write(request)

    async def head(self) -> None:
        """Until status and headers are known."""
        while not self._head_done:
            if self._error is not None:
                raise self._error
            await self._wait()

    async def read(self) -> bytes:
        """What has come since; empty at the end of the answer.

        Raises:
            ConnectionBroken: the answer did not end; or whatever `fail` was given.
        """
        if self._failed and self._error is not None:
            raise self._error
        while not self._parts:
            if self.complete:
                return b""
            if self._error is not None:
                raise self._error
            await self._wait()
        parts = self._parts
        data = parts[0] if len(parts) == 1 else b"".join(parts)
        parts.clear()
        self._held = 0
        if self._paused and self._transport is not None:
            self._paused = False
            self._transport.resume_reading()
        return data

    def fail(self, error: Exception) -> None:
        """Ends the exchange from outside: whoever reads gets the error, also where the engine sends on and on."""
        if self._error is None:
            self._error = error
        self._failed = True
        self._wake()

    @property
    def reusable(self) -> bool:
        """Whether another exchange may follow."""
        return (
            self.complete
            and not self._excess
            and self._transport is not None
            and not self._transport.is_closing()
            and self._keeps
        )

    @property
    def closed(self) -> bool:
        return self._transport is None or self._transport.is_closing()

    def rest(self) -> None:
        """Between two exchanges: whatever comes now was not asked for."""
        self._asking, self.used = False, True
        self._parts.clear()

    def close(self) -> None:
        """At once, without a word: an engine stops its work when it sees this."""
        if self._transport is not None:
            self._transport.abort()

    async def _wait(self) -> None:
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _wake(self) -> None:
        waiter = self._waiter
        if waiter is not None and not waiter.done():
            waiter.set_result(None)
        over = self.when_over
        if over is not None and (self.complete or self._transport is None):
            self.when_over = None
            over()

    # What asyncio calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        if not self._asking or self.complete or self._parser is None:
            self._excess = True
            self.close()
            return
        self._received += len(data)
        self._held += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._broke("what came is not HTTP")
        if not self._head_done and self._received > MAX_HEAD_BYTES:
            self._broke("the head of the answer does not end")
        if self._held > _HELD_AT_MOST and not self._paused and not self.complete and self._transport is not None:
            self._paused = True
            self._transport.pause_reading()
        self._wake()

    def connection_lost(self, error: Exception | None) -> None:
        self._transport = self._parser = None
        if not self._asking or self.complete:
            return
        if self._head_done and error is None and not _FRAMING & self.headers.keys():
            self.complete = True  # such an answer ends with its connection
        elif self._error is None:
            self._error = ConnectionBroken("the connection broke", nothing_came=not self._received)
        self._wake()

    def _broke(self, reason: str) -> None:
        if self._error is None:
            self._error = ConnectionBroken(reason)
        self.close()

    # What the parser calls; the body goes straight into the list.

    def on_message_begin(self) -> None:
        self._excess = self.complete

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        assert self._parser is not None  # noqa: S101 - it is the parser that calls
        self.status = self._parser.get_status_code()
        self._head_done = self.status >= 200
        self._keeps = self._parser.should_keep_alive()

    def on_message_complete(self) -> None:
        if self._head_done:
            self.complete = True
        else:
            self.headers = {}  # 100 Continue and its like: the answer is still to come
