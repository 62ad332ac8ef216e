"""`/api/sessions/{id}/messages/…` for reading and editing; a new message is a turn, in the feature of chat."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from ...core.dependencies import CurrentUser
from ...core.strict_json import StrictRoute
from ...core.wire_fields import NO_NUL
from .dependencies import Messages, OwnSession
from .schemas import DeletedResponse, MessageListResponse, MessageResponse, MessageUpdateRequest

router = APIRouter(prefix="/api/sessions/{session_id}/messages", tags=["messages"], route_class=StrictRoute)
history_router = APIRouter(prefix="/api/auth", tags=["accounts"], route_class=StrictRoute)

Limit = Annotated[int, Query(ge=1, le=200)]


@router.get("", response_model=MessageListResponse, summary="The newest messages; older ones by the cursor")
async def list_messages(
    session: OwnSession,
    messages: Messages,
    cursor: Annotated[str | None, Query(max_length=20, pattern=NO_NUL)] = None,
    limit: Limit = 50,
) -> Any:
    items, more = await messages.page(session, cursor=cursor, limit=limit)
    return {"items": items, "next_cursor": more}


@router.delete("", response_model=DeletedResponse, summary="Empty the session")
async def delete_messages(session: OwnSession, user: CurrentUser, messages: Messages) -> Any:
    return {"deleted": await messages.clear(session, user)}


@router.get("/{message_id}", response_model=MessageResponse, summary="One message")
async def read_message(session: OwnSession, message_id: str, messages: Messages) -> Any:
    return await messages.read(session, message_id)


@router.put("/{message_id}", response_model=MessageResponse, summary="Edit a message of one's own")
async def update_message(
    session: OwnSession, message_id: str, body: MessageUpdateRequest, user: CurrentUser, messages: Messages
) -> Any:
    return await messages.edit(session, message_id, body.content, user)


@router.delete("/{message_id}", status_code=204, summary="Delete a message")
async def delete_message(session: OwnSession, message_id: str, user: CurrentUser, messages: Messages) -> Response:
    await messages.remove(session, message_id, user)
    return Response(status_code=204)


@history_router.get("/history", response_model=MessageListResponse, summary="One's messages in all sessions")
async def message_history(
    user: CurrentUser,
    messages: Messages,
    q: Annotated[str | None, Query(max_length=200, pattern=NO_NUL)] = None,
    cursor: Annotated[str | None, Query(max_length=200, pattern=NO_NUL)] = None,
    limit: Limit = 50,
) -> Any:
    items, more = await messages.history(user, query=q, cursor=cursor, limit=limit)
    return {"items": items, "next_cursor": more}
