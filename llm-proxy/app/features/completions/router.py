"""`POST /v1/chat/completions` and `POST /v1/completions` (OpenAI)."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from ...core.dependencies import ContextDep
from .direct import DirectPath
from .relay import StreamedAnswer, WholeAnswer
from .schemas import ChatCompletionRequest, CompletionRequest
from .service import Asked, read_chat, read_completion

router = APIRouter(prefix="/v1", tags=["OpenAI"])
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer; with `stream`, server-sent events that end in `[DONE]`.",
        "content": {"application/json": {"schema": {"type": "object"}}, "text/event-stream": {}},
    },
    400: {"description": "The request is not valid, or too long for the engine's context window."},
    404: {"description": "There is no such model."},
    502: {"description": "No engine of the chain could be reached."},
    503: {"description": "The engines are busy; `Retry-After` says when to come back."},
    504: {"description": "No engine answered in time."},
}


@router.post("/chat/completions", summary="Chat completion", responses=_ANSWERS, response_class=Response)
async def create_chat_completion(body: ChatCompletionRequest, context: ContextDep) -> Response:
    return _respond(read_chat(body), context)


@router.post("/completions", summary="Text completion", responses=_ANSWERS, response_class=Response)
async def create_completion(body: CompletionRequest, context: ContextDep) -> Response:
    return _respond(read_completion(body), context)


def _respond(asked: Asked, context: ContextDep) -> Response:
    service = context.completions
    if asked.stream:
        return StreamedAnswer(service.frames(asked), heartbeat_s=context.settings.heartbeat_s)
    return WholeAnswer(lambda: service.answer(asked))


DIRECT_PATHS = {
    path.path: path
    for path in (
        DirectPath("/v1/chat/completions", ChatCompletionRequest, create_chat_completion),
        DirectPath("/v1/completions", CompletionRequest, create_completion),
    )
}
