"""Ollama's native API, as its clients know it."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from chassis.direct import DirectPath

from ...core.dependencies import CallerDep, ContextDep
from ...core.relay import StreamedAnswer, StreamProtocol, WholeAnswer
from .cards import CatalogueService
from .schemas import ChatRequest, EmbedRequest, GenerateRequest, OldEmbedRequest, ShowRequest
from .service import OllamaAsked, read_chat, read_generate
from .wire import error_line

router = APIRouter(prefix="/api", tags=["Ollama"])
NDJSON = StreamProtocol("application/x-ndjson", error_line)
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "With `stream` (the default) one JSON object a line, the last with `done`.",
        "content": {"application/json": {"schema": {"type": "object"}}, "application/x-ndjson": {}},
    },
    400: {"description": "The request is not valid, or too long for the engine's context window."},
    404: {"description": "There is no such model."},
    503: {"description": "The engines are busy; `Retry-After` says when to come back."},
}


@router.post("/generate", summary="An answer to a prompt", responses=_ANSWERS, response_class=Response)
async def generate(body: GenerateRequest, context: ContextDep, caller: CallerDep) -> Response:
    if not body.prompt:
        return WholeAnswer(lambda: context.ollama.loaded(body))
    return _respond(read_generate(body, context.ollama_defaults, caller.user_id), context)


@router.post("/chat", summary="The next message of a conversation", responses=_ANSWERS, response_class=Response)
async def chat(body: ChatRequest, context: ContextDep, caller: CallerDep) -> Response:
    if not body.messages:
        return WholeAnswer(lambda: context.ollama.loaded(body))
    return _respond(read_chat(body, context.ollama_defaults, caller.user_id), context)


def _respond(wanted: OllamaAsked, context: ContextDep) -> Response:
    service = context.ollama
    if wanted.asked.stream:
        return StreamedAnswer(service.lines(wanted), NDJSON, heartbeat_s=context.settings.heartbeat_s)
    return WholeAnswer(lambda: service.answer(wanted))


@router.get("/tags", summary="The models")
async def tags(context: ContextDep) -> dict[str, Any]:
    return _catalogue(context).tags()


@router.get("/ps", summary="The models that are ready")
async def running(context: ContextDep) -> dict[str, Any]:
    return _catalogue(context).running()


@router.post("/show", summary="One model: its context window, its quantization, what it can do")
async def show(body: ShowRequest, context: ContextDep) -> dict[str, Any]:
    return _catalogue(context).show(body.model or body.name)


@router.get("/version", summary="The version")
async def version(context: ContextDep) -> dict[str, str]:
    return _catalogue(context).version()


@router.post("/embed", summary="Embeddings, by embedding-service")
async def embed(body: EmbedRequest, context: ContextDep, caller: CallerDep) -> dict[str, Any]:
    return await context.embeddings.embed(body, user_id=caller.user_id, role=caller.role)


@router.post("/embeddings", summary="One embedding, in Ollama's older way")
async def embed_one(body: OldEmbedRequest, context: ContextDep, caller: CallerDep) -> dict[str, Any]:
    request = EmbedRequest(model=body.model, input=body.prompt)
    answer = await context.embeddings.embed(request, user_id=caller.user_id, role=caller.role)
    return {"embedding": answer["embeddings"][0]}


def _catalogue(context: ContextDep) -> CatalogueService:
    return context.ollama_models


DIRECT_PATHS = {
    path.path: path
    for path in (
        DirectPath("/api/generate", GenerateRequest, generate),
        DirectPath("/api/chat", ChatRequest, chat),
    )
}
