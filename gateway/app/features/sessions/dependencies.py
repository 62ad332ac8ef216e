"""What the handlers of sessions ask for in their signatures."""

from typing import Annotated

from fastapi import Depends

from ...core.dependencies import Ctx, CurrentUser
from ...storage.conversation_records import Session
from .messages import MessageService
from .service import SessionService


async def get_sessions(context: Ctx) -> SessionService:
    parts = context.conversations
    return SessionService(
        sessions=parts.sessions, turns=parts.turn_store, settling=parts.settling, orders=context.orders
    )


async def get_messages(context: Ctx) -> MessageService:
    parts = context.conversations
    return MessageService(messages=parts.messages, turns=parts.turn_store, settling=parts.settling)


Sessions = Annotated[SessionService, Depends(get_sessions)]
Messages = Annotated[MessageService, Depends(get_messages)]


async def own_session(session_id: str, user: CurrentUser, sessions: Sessions) -> Session:
    return await sessions.get(session_id, user)


OwnSession = Annotated[Session, Depends(own_session)]
