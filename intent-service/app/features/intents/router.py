"""`POST /v1/intents`."""

from fastapi import APIRouter

from ...core.dependencies import Intents
from .schemas import IntentRequest, IntentResponse

router = APIRouter(tags=["intents"])


@router.post(
    "/v1/intents",
    summary="What a prompt asks for: kind, data model, screen pattern, questions",
    responses={422: {"description": "A field is not valid, or the framework is unknown."}},
)
async def understand(request: IntentRequest, intents: Intents) -> IntentResponse:
    return await intents.understand(request)
