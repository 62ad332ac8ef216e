"""What the handlers of chat ask for in their signatures."""

from typing import Annotated

from fastapi import Depends

from ...core.context import Context
from ...core.dependencies import Ctx
from .service import ChatService


def chat_service(context: Context) -> ChatService:
    parts = context.conversations
    return ChatService(
        turns=parts.turns,
        sessions=parts.sessions,
        messages=parts.messages,
        generations=context.generations,
        orders=context.orders,
        engines=context.clients.llm,
    )


async def get_service(context: Ctx) -> ChatService:
    return chat_service(context)


Service = Annotated[ChatService, Depends(get_service)]
