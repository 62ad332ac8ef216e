"""`/api/generate`, `/api/chat`, `/api/tags` …: Ollama's protocol, passed on to llm-proxy (R4.4)."""

from typing import Any

from fastapi import APIRouter, Request, Response

from ...core.dependencies import Ctx, CurrentUser
from ...core.passing import pass_on

router = APIRouter(prefix="/api", tags=["ollama"])

FIRST_BYTE_S = 300.0
"""A model may load, and an answer that is not streamed has no byte before its end."""
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {"schema": {"type": "object"}}, "application/x-ndjson": {}}}
}


@router.post("/generate", responses=_ANSWERS, response_class=Response, summary="An answer to a prompt (Ollama)")
async def generate(request: Request, context: Ctx, user: CurrentUser) -> Response:
    return await _passed(request, context, user)


@router.post("/chat", responses=_ANSWERS, response_class=Response, summary="A conversation's next message (Ollama)")
async def chat(request: Request, context: Ctx, user: CurrentUser) -> Response:
    return await _passed(request, context, user)


@router.get("/tags", responses=_ANSWERS, response_class=Response, summary="The models (Ollama)")
async def tags(request: Request, context: Ctx, user: CurrentUser) -> Response:
    return await _passed(request, context, user)


@router.post("/show", responses=_ANSWERS, response_class=Response, summary="One model (Ollama)")
async def show(request: Request, context: Ctx, user: CurrentUser) -> Response:
    return await _passed(request, context, user)


@router.get("/ps", responses=_ANSWERS, response_class=Response, summary="The models that are ready (Ollama)")
async def ready(request: Request, context: Ctx, user: CurrentUser) -> Response:
    return await _passed(request, context, user)


@router.get("/version", responses=_ANSWERS, response_class=Response, summary="The version (Ollama)")
async def version(request: Request, context: Ctx, user: CurrentUser) -> Response:
    return await _passed(request, context, user)


@router.post("/embed", responses=_ANSWERS, response_class=Response, summary="Embeddings (Ollama)")
async def embed(request: Request, context: Ctx, user: CurrentUser) -> Response:
    return await _passed(request, context, user)


@router.post("/embeddings", responses=_ANSWERS, response_class=Response, summary="One embedding (Ollama's older way)")
async def embed_one(request: Request, context: Ctx, user: CurrentUser) -> Response:
    return await _passed(request, context, user)


async def _passed(request: Request, context: Ctx, user: CurrentUser) -> Response:
    content = await request.body()
    return await pass_on(
        request,
        context.clients.llm.forwarding,
        request.url.path,
        content=content,
        user=user,
        first_byte_s=FIRST_BYTE_S,
    )
