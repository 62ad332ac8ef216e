"""Answers that end with their caller: when the client leaves, the engine is stopped at once, streaming or not."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import Any

import orjson
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from chassis.errors import ServiceError
from chassis.sse import COMMENT, HEADERS, MEDIA_TYPE

from .wire import error_frame

_STREAM_HEADERS = [
    (b"content-type", f"{MEDIA_TYPE}; charset=utf-8".encode()),
    *((name.lower().encode(), value.encode()) for name, value in HEADERS.items()),
]


class WatchedResponse(Response):
    """Runs `answer` as a task of its own, and cancels it when the client has gone."""

    def __init__(self) -> None:
        self.background = None

    async def answer(self, send: Send) -> None:
        raise NotImplementedError

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        answer = asyncio.create_task(self.answer(send))
        gone = asyncio.create_task(_gone(receive))
        try:
            await asyncio.wait((answer, gone), return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            if not answer.done():
                answer.cancel()
                await asyncio.wait((answer,))
        if not answer.cancelled():
            answer.result()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


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


class StreamedAnswer(WatchedResponse):
    """Server-sent events. The status waits for the first frame, so that an early failure has its own status.

    After `heartbeat_s` of silence a comment line is sent, and with it the status; a failure is then a frame.
    """

    def __init__(self, frames: AsyncGenerator[bytes], *, heartbeat_s: float) -> None:
        super().__init__()
        self._frames = frames
        self._heartbeat_s = heartbeat_s
        self._started = False

    async def answer(self, send: Send) -> None:
        heartbeat = Heartbeat(lambda: self._write(send, COMMENT), self._heartbeat_s)
        heartbeat.restart()
        try:
            async with aclosing(self._frames) as frames:
                async for frame in frames:
                    heartbeat.stop()
                    await self._write(send, frame)
                    heartbeat.restart()
        except ServiceError as error:
            if not self._started:
                raise
            heartbeat.stop()
            await self._write(send, error_frame(error))
        finally:
            heartbeat.stop()
        await send({"type": "http.response.body", "body": b""})

    async def _write(self, send: Send, content: bytes) -> None:
        if not self._started:
            self._started = True
            await send({"type": "http.response.start", "status": 200, "headers": list(_STREAM_HEADERS)})
        await send({"type": "http.response.body", "body": content, "more_body": True})


class Heartbeat:
    """Calls `beat` again and again while nothing else is sent. It costs a timer, and a task only when it fires."""

    def __init__(self, beat: Callable[[], Awaitable[None]], interval_s: float) -> None:
        self._beat = beat
        self._interval_s = interval_s
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None

    def restart(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(self._interval_s, self._start)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        while True:
            await self._beat()
            await asyncio.sleep(self._interval_s)
