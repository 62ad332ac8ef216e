"""Answers that end with their caller: when the client leaves, the engine is stopped at once, streaming or not."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from chassis.errors import ServiceError
from chassis.sse import HEADERS

GATHER_S = 0.010
"""Text that comes more often than this goes out together: no reader sees the difference, and a write costs more."""

_WATCHED_AFTER_S = 0.02
_STREAM_HEADERS = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]


class WatchedResponse(Response):
    """Sends `answer`, and breaks it off when the client has gone."""

    def __init__(self) -> None:
        self.background = None

    async def answer(self, send: Send) -> None:
        raise NotImplementedError

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine runs in a task
        leaving = Leaving(task, receive)
        try:
            await self.answer(send)
        except asyncio.CancelledError:
            if not leaving.left or task.uncancel():
                raise
        finally:
            leaving.stop()


class Leaving:
    """Watches for the client's going, and cancels the task that answers it.

    The watch begins a little later than the answer: most of those that come at once need none.
    """

    def __init__(self, answering: asyncio.Task[Any], receive: Receive) -> None:
        self.left = False
        self._answering = answering
        self._receive = receive
        self._loop = asyncio.get_running_loop()
        self._task: asyncio.Task[None] | None = None
        self._timer = self._loop.call_later(_WATCHED_AFTER_S, self._begin)

    def stop(self) -> None:
        self._timer.cancel()
        if self._task is not None:
            self._task.cancel()

    def _begin(self) -> None:
        self._task = self._loop.create_task(self._watch())

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.left = True
        self._answering.cancel()


class WholeAnswer(WatchedResponse):
    """One JSON document. An error is raised before anything is sent."""

    def __init__(self, document: Callable[[], Awaitable[dict[str, Any]]]) -> None:
        super().__init__()
        self._document = document

    async def answer(self, send: Send) -> None:
        body = orjson.dumps(await self._document())
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


class LastFrame(bytes):
    """The frame that ends a stream."""


@dataclass(frozen=True, slots=True)
class StreamProtocol:
    """What is particular of a stream's protocol; `comment` says that we are still there, where it can."""

    media_type: str
    error_frame: Callable[[ServiceError], bytes]
    comment: Callable[[], bytes] | None = None


class StreamedAnswer(WatchedResponse):
    """Frames as they come. The status waits for the first frame, so that an early failure has its own status.

    After `heartbeat_s` of silence a comment is sent, and with it the status; a failure is then a frame.
    """

    def __init__(self, frames: AsyncGenerator[bytes], protocol: StreamProtocol, *, heartbeat_s: float) -> None:
        super().__init__()
        self._frames = frames
        self._protocol = protocol
        self._heartbeat_s = heartbeat_s
        self._started = False

    async def answer(self, send: Send) -> None:
        comment = self._protocol.comment
        heartbeat = Heartbeat(lambda: self._write(send, comment() if comment else b""), self._heartbeat_s)
        ended = False
        try:
            async with aclosing(self._frames) as frames:
                async for frame in frames:
                    quick = heartbeat.wrote() < GATHER_S
                    if isinstance(frame, LastFrame):
                        await self._write(send, frame, more=False)
                        ended = True
                    else:
                        await self._write(send, frame)
                        if quick:
                            await asyncio.sleep(GATHER_S)
        except ServiceError as error:
            if not self._started:
                raise
            await self._write(send, self._protocol.error_frame(error))
        finally:
            heartbeat.stop()
        if not ended:
            await send({"type": "http.response.body", "body": b""})

    def _head(self) -> list[tuple[bytes, bytes]]:
        return [(b"content-type", self._protocol.media_type.encode()), *_STREAM_HEADERS]

    async def _write(self, send: Send, content: bytes, *, more: bool = True) -> None:
        if not self._started:
            self._started = True
            await send({"type": "http.response.start", "status": 200, "headers": self._head()})
        await send({"type": "http.response.body", "body": content, "more_body": more})


class Heartbeat:
    """Calls `beat` where nothing was written for a while. One timer, and a task only when it fires."""

    def __init__(self, beat: Callable[[], Awaitable[None]], interval_s: float) -> None:
        self._beat = beat
        self._interval_s = interval_s
        self._loop = asyncio.get_running_loop()
        self._wrote_at = self._loop.time()
        self._timer = self._loop.call_later(interval_s, self._look)
        self._task: asyncio.Task[None] | None = None

    def wrote(self) -> float:
        """Notes that something is written now; seconds since that was so before."""
        before, self._wrote_at = self._wrote_at, self._loop.time()
        return self._wrote_at - before

    def stop(self) -> None:
        self._timer.cancel()
        if self._task is not None:
            self._task.cancel()

    def _look(self) -> None:
        now = self._loop.time()
        if now >= self._wrote_at + self._interval_s and (self._task is None or self._task.done()):
            self._wrote_at = now
            self._task = self._loop.create_task(self._run())
        self._timer = self._loop.call_later(max(self._wrote_at + self._interval_s - now, 0.01), self._look)

    async def _run(self) -> None:
        await self._beat()
