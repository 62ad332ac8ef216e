"""`/ws/chat/{session_id}` (R3.4): refused before opening, resumed where it was cut, closed where its reader is slow."""

import asyncio
from contextlib import suppress

from fastapi import APIRouter
from starlette.websockets import WebSocket, WebSocketDisconnect

from chassis.errors import FieldError, InvalidInput, ServiceError, problem_response
from chassis.logging import get_logger

from ...conversations.sockets import Socket
from ...core.context import Context
from ...core.dependencies import context_of, user_of
from ...core.guard import CREDENTIAL_KEY, refuse
from ...core.identity import User
from ...storage.conversation_records import TURN_SPAN, Session
from ...storage.identifiers import new_id
from .connection import Connection
from .dependencies import chat_service

router = APIRouter()

_LONGEST_SEQ = 15
_CLOSE_LIMIT_S = 1.0
_log = get_logger(__name__)


@router.websocket("/ws/chat/{session_id}")
async def chat_socket(websocket: WebSocket, session_id: str) -> None:
    context = context_of(websocket)
    try:
        user = user_of(websocket)
        after = _resume_from(websocket.query_params.get("resume_from"))
        context.conversations.sockets.check_room(user.id)
        session = await chat_service(context).session(session_id, user)
    except ServiceError as error:
        refusal = problem_response(error, instance=websocket.url.path)
        await refuse(refusal, websocket.scope, websocket.receive, websocket.send)
        return
    with suppress(WebSocketDisconnect):
        await websocket.accept()
        await _serve(websocket, context, session, user, start_after(session, after))


async def _serve(websocket: WebSocket, context: Context, session: Session, user: User, after: int) -> None:
    parts = context.conversations
    socket = Socket(new_id(), session.id, user.id, websocket.scope[CREDENTIAL_KEY])
    connection = Connection(
        websocket,
        socket,
        user=user,
        service=chat_service(context),
        parts=parts,
        send_limit_s=context.settings.socket_send_limit_s,
    )
    parts.sockets.add(socket)
    try:
        with context.measures.sockets.track_inprogress():
            code = await connection.run(session, after)
    finally:
        parts.sockets.remove(socket)
    with suppress(RuntimeError, WebSocketDisconnect, TimeoutError):
        async with asyncio.timeout(_CLOSE_LIMIT_S):
            await websocket.close(code)


def start_after(session: Session, resume_from: int | None) -> int:
    """After which number the frames begin: that which the client has seen; else the running turn, from its start."""
    end = (session.turns + 1) * TURN_SPAN
    if resume_from is not None:
        return min(resume_from, end)
    return session.turns * TURN_SPAN if session.running else end


def _resume_from(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_SEQ):
        message = "resume_from is the `seq` of a frame."
        raise InvalidInput(message, code="invalid_resume_from", errors=[FieldError("resume_from", message)])
    return int(text)
