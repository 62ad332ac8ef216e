"""`/v1/…`: OpenAI's protocol. The model `framewright` is the pipeline; all others are llm-proxy's."""

from typing import Any

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from chassis import sse
from chassis.errors import FieldError, InvalidInput, NotFound

from ...core.context import Context
from ...core.dependencies import Ctx, CurrentUser
from ...core.identity import User
from ...core.leaving import while_connected
from ...core.passing import pass_on
from ...core.streaming import Stream
from .frames import PIPELINE_MODEL
from .schemas import ChatCompletion, ChatCompletionRequest, Model, ModelList, PipelineRequest
from .service import PipelineCompletions

router = APIRouter(prefix="/v1", tags=["openai"])

FIRST_BYTE_S = 300.0
"""A model may load, and an answer that is not streamed has no byte before its end."""
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": ChatCompletionRequest.model_json_schema()}},
    }
}


@router.get("/models", response_model=ModelList, summary="The engines, and the pipeline as the model `framewright`")
async def models(context: Ctx, user: CurrentUser) -> Any:
    return {"object": "list", "data": await _models(context, user)}


@router.get("/models/{model_id:path}", response_model=Model, summary="One model")
async def model(model_id: str, context: Ctx, user: CurrentUser) -> Any:
    found = next((item for item in await _models(context, user) if item["id"] == model_id), None)
    if found is None:
        raise NotFound(f"There is no model {model_id!r}.", code="model_not_found")
    return found


@router.post(
    "/chat/completions",
    response_model=ChatCompletion,
    openapi_extra=_BODY,
    summary="A chat completion; with model `framewright` the whole pipeline, files as fenced blocks",
)
async def chat_completions(request: Request, context: Ctx, user: CurrentUser) -> Response:
    content = await request.body()
    document = _object(content)
    if document.get("model") != PIPELINE_MODEL:
        return await _passed(request, context, user, content)
    try:
        wanted = PipelineRequest.model_validate(document)
    except ValidationError as error:
        raise RequestValidationError([{**item, "loc": ("body", *item["loc"])} for item in error.errors()]) from error
    completions = PipelineCompletions(context.orders)
    completion = await completions.start(wanted, user)
    if wanted.stream:
        frames = completions.frames(completion, usage=wanted.wants_usage)
        return Stream(frames, media_type=sse.MEDIA_TYPE, headers=sse.HEADERS)
    return JSONResponse(await while_connected(request, completions.whole(completion)))


@router.post("/completions", response_model=ChatCompletion, summary="A completion by an engine")
async def completions(request: Request, context: Ctx, user: CurrentUser) -> Response:
    content = await request.body()
    if _object(content).get("model") == PIPELINE_MODEL:
        message = f"{PIPELINE_MODEL} answers at /v1/chat/completions."
        raise InvalidInput(message, code="model_not_supported", errors=[FieldError("model", message)])
    return await _passed(request, context, user, content)


@router.post("/responses", response_class=Response, summary="A response by an engine that has OpenAI's newer protocol")
async def responses(request: Request, context: Ctx, user: CurrentUser) -> Response:
    content = await request.body()
    if _object(content).get("model") == PIPELINE_MODEL:
        message = f"{PIPELINE_MODEL} answers at /v1/chat/completions."
        raise InvalidInput(message, code="model_not_supported", errors=[FieldError("model", message)])
    return await _passed(request, context, user, content)


async def _models(context: Context, user: User) -> list[dict[str, Any]]:
    answer = await context.clients.llm.forwarding.request_json(
        "GET", "/v1/models", user_id=user.id, role=user.role, repeatable=True
    )
    return [{"id": PIPELINE_MODEL}, *answer.get("data", ())]


async def _passed(request: Request, context: Ctx, user: CurrentUser, content: bytes) -> Response:
    return await pass_on(
        request,
        context.clients.llm.forwarding,
        request.url.path,
        content=content,
        user=user,
        first_byte_s=FIRST_BYTE_S,
    )


def _object(content: bytes) -> dict[str, Any]:
    try:
        document = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise InvalidInput("The body is not valid JSON.", code="invalid_json") from error
    if not isinstance(document, dict):
        raise InvalidInput("The body is not a JSON object.", code="invalid_json")
    return document
