"""New messages, single answers and models, by REST (R3.7)."""

from typing import Annotated, Any

from fastapi import APIRouter, Header
from fastapi.responses import JSONResponse

from chassis import sse

from ...core.dependencies import Ctx, CurrentUser
from ...core.event_streams import event_response
from ...core.strict_json import StrictRoute
from .dependencies import Service
from .schemas import (
    GenerateRequest,
    GenerateResponse,
    ModelListResponse,
    ModelResponse,
    TurnAccepted,
    TurnRequest,
    TurnResponse,
)

router = APIRouter(tags=["chat"], route_class=StrictRoute)

_STREAM: dict[str, Any] = {
    "content": {sse.MEDIA_TYPE: {"schema": {"type": "string"}}},
    "description": "The answer, or the event stream where `Accept` asks for it.",
}


Accept = Annotated[str, Header()]


@router.post(
    "/api/sessions/{session_id}/messages",
    response_model=TurnResponse,
    responses={200: _STREAM, 202: {"model": TurnAccepted}},
    summary="A message, and its answer",
)
async def create_message(
    session_id: str,
    body: TurnRequest,
    context: Ctx,
    user: CurrentUser,
    service: Service,
    accept: Accept = "application/json",
    prefer: Annotated[str, Header()] = "",
) -> Any:
    respond_async = "respond-async" in prefer.lower()
    stream = sse.MEDIA_TYPE in accept.lower() and not respond_async
    opened = await service.open(session_id, body, user, interactive=stream)
    turn = opened.turn
    location = f"/api/v1/generations/{turn.generation_id}"
    if stream:
        groups = context.conversations.turns.groups(opened)
        return event_response(groups, context.measures.streams, location=location)
    if respond_async:
        accepted = TurnAccepted(
            generation_id=turn.generation_id,
            user_message_id=turn.user_message_id,
            message_id=turn.answer_id,
            turn=turn.number,
        )
        return JSONResponse(
            accepted.model_dump(), 202, headers={"Location": location, "Preference-Applied": "respond-async"}
        )
    return await service.answered(session_id, opened, user)


@router.post(
    "/api/llm/generate",
    response_model=GenerateResponse,
    responses={200: _STREAM},
    summary="One answer without a session",
)
async def generate(
    body: GenerateRequest, context: Ctx, user: CurrentUser, service: Service, accept: Accept = "application/json"
) -> Any:
    created = await service.generate(body, user)
    generation_id = created.data["generation_id"]
    if sse.MEDIA_TYPE in accept.lower():
        return event_response(
            context.orders.groups(generation_id, created=created),
            context.measures.streams,
            location=f"/api/v1/generations/{generation_id}",
        )
    return await service.generated(created, user)


@router.get("/api/llm/models", response_model=ModelListResponse, summary="The models that there are")
async def list_models(_user: CurrentUser, service: Service) -> Any:
    found = await service.models()
    return {"default": found.default, "models": [engine.model_dump() for engine in found.engines]}


@router.get("/api/llm/models/{model_id}", response_model=ModelResponse, summary="One model")
async def read_model(model_id: str, _user: CurrentUser, service: Service) -> Any:
    return (await service.model(model_id)).model_dump()
