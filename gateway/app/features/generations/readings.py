"""`POST /api/v1/generations/readings`: what a prompt asks for, before anything is made of it."""

from typing import Any, Protocol

from fastapi import APIRouter

from ...core.clients.intent import IntentAnswer
from ...core.dependencies import Ctx, CurrentUser
from ...core.identity import User
from ...core.strict_json import StrictRoute
from .schemas import ReadingRequest, ReadingResponse

router = APIRouter(route_class=StrictRoute)


class Reading(Protocol):
    """What is needed of intent-service."""

    async def intents(self, body: dict[str, Any], *, user_id: str, role: str) -> IntentAnswer: ...


@router.post(
    "/readings",
    response_model=ReadingResponse,
    summary="What a prompt asks for, and its data model: nothing is made, nothing is kept",
)
async def read_prompt(body: ReadingRequest, context: Ctx, user: CurrentUser) -> Any:
    return await reading(context.clients.intent, body, user)


async def reading(intents: Reading, request: ReadingRequest, user: User) -> dict[str, Any]:
    """The members of `ReadingResponse`."""
    answer = await intents.intents(request.model_dump(), user_id=user.id, role=user.role)
    record = answer.model_dump(exclude={"data_model", "warnings"})
    return {
        "intent": record,
        "data_model": answer.data_model,
        "warnings": [warning.model_dump() for warning in answer.warnings],
    }
