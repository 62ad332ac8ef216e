"""One open socket: what its client sends, what the session sends, and how it ends."""

import asyncio
import time
from typing import Any

import orjson
from pydantic import ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from chassis.errors import ServiceError
from chassis.logging import get_logger

from ...conversations.assembly import Conversations
from ...conversations.feed import GoesOnElsewhere
from ...conversations.signals import typing_signal
from ...conversations.sockets import RESTARTING, TOO_SLOW, Socket
from ...core.identity import User
from ...storage.conversation_records import CHAT_CHANNEL, Session
from .schemas import (
    CLIENT_FRAME,
    AnswerFrame,
    CancelFrame,
    ChatMessageFrame,
    PingFrame,
    TypingFrame,
)
from .service import ChatService

_NORMAL, _INTERNAL = 1000, 1011
_TYPING_PAUSE_S = 0.3
_log = get_logger(__name__)


class Connection:
    """`run` gives the code with which the socket is to be closed."""

    def __init__(
        self,
        websocket: WebSocket,
        socket: Socket,
        *,
        user: User,
        service: ChatService,
        parts: Conversations,
        send_limit_s: float,
    ) -> None:
        self._websocket, self._socket, self._user = websocket, socket, user
        self._service, self._parts, self._send_limit_s = service, parts, send_limit_s
        self._typed: tuple[bool, float] = (False, 0.0)

    async def run(self, session: Session, after: int) -> int:
        greeting = {
            "type": "resume", "from": after, "last_seq": session.last_seq, "running": session.running,
            "connection_id": self._socket.id,
        }  # fmt: skip
        try:
            await self._send(greeting)
            return await self._first_of(self._read(), self._feed(after), self._notices())
        except WebSocketDisconnect:
            return _NORMAL
        except TimeoutError:
            return TOO_SLOW
        except GoesOnElsewhere:
            return RESTARTING
        except ServiceError as error:  # the store is away: the client comes back and resumes
            _log.warning("socket_closed", reason=error.code)
            return TOO_SLOW
        except Exception as error:  # noqa: BLE001 - the outermost loop of a connection
            _log.error("socket_failed", exc_info=error)
            return _INTERNAL

    @staticmethod
    async def _first_of(*works: Any) -> int:
        """Runs all of them until one ends: its code, or its error."""
        tasks = [asyncio.create_task(work) for work in works]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            return int(next(iter(done)).result())
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _read(self) -> int:
        while True:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect":
                return _NORMAL
            await self._take(message.get("text"))

    async def _feed(self, after: int) -> int:
        async for frame in self._parts.feed.frames(self._socket.session_id, after, self._socket):
            await self._send(frame)
        return _NORMAL

    async def _notices(self) -> int:
        socket = self._socket
        while True:
            await socket.noticed.wait()
            socket.noticed.clear()
            while socket.notices:
                await self._send(socket.notices.popleft())
            if socket.closing is not None:
                return socket.closing

    async def _take(self, text: str | None) -> None:
        """A frame of the client's; what is wrong with it is told, and the connection stays."""
        client_id: str | None = None
        try:
            frame = CLIENT_FRAME.validate_json(text or "")
            client_id = getattr(frame, "client_id", None)
            await self._act(frame)
        except ValidationError as error:
            await self._send(_invalid(error, text))
        except ServiceError as error:
            failure = {"type": "error", "code": error.code, "message": error.detail, **error.extra}
            await self._send(failure | ({"client_id": client_id} if client_id else {}))

    async def _act(self, frame: Any) -> None:
        session_id, user = self._socket.session_id, self._user
        match frame:
            case ChatMessageFrame():
                await self._service.open(session_id, frame, user, interactive=True)
                self._parts.sockets.wake(session_id)
            case CancelFrame():
                await self._service.cancel(session_id, frame.generation_id, user)
            case AnswerFrame():
                await self._service.answer(session_id, frame, user)
            case TypingFrame():
                await self._type(typing=frame.typing)
            case PingFrame():
                await self._send({"type": "pong", "id": frame.id})

    async def _type(self, *, typing: bool) -> None:
        """Told on at most every so often; that it has ended is always told, where it was told that it began."""
        before, at = self._typed
        if (typing and time.monotonic() - at < _TYPING_PAUSE_S) or not (typing or before):
            return
        self._typed = (typing, time.monotonic())
        signal = typing_signal(self._socket.session_id, self._socket.id, typing=typing)
        await self._parts.turn_store.notify(CHAT_CHANNEL, [signal])

    async def _send(self, frame: dict[str, Any]) -> None:
        """One frame.

        Raises:
            TimeoutError: the reader takes nothing.
        """
        async with asyncio.timeout(self._send_limit_s):
            await self._websocket.send_text(orjson.dumps(frame).decode())


def _invalid(error: ValidationError, text: str | None) -> dict[str, Any]:
    if text is None:
        return {"type": "error", "code": "invalid_frame", "message": "Frames are JSON text, not binary."}
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    message = f"{place}: {first['msg']}" if place else first["msg"]
    return {"type": "error", "code": "invalid_frame", "message": message}
