"""`POST /v1/chat/completions` and `POST /v1/completions` (OpenAI)."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from chassis.direct import DirectPath
from chassis.sse import COMMENT, MEDIA_TYPE

from ...core.dependencies import CallerDep, ContextDep
from ...core.relay import StreamedAnswer, StreamProtocol, WholeAnswer
from ...routing.asking import Asked, Progress
from .schemas import ChatCompletionRequest, CompletionRequest
from .service import read_chat, read_completion
from .wire import error_frame

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
async def create_chat_completion(body: ChatCompletionRequest, context: ContextDep, caller: CallerDep) -> Response:
    return _respond(read_chat(body, caller.user_id), context)


@router.post("/completions", summary="Text completion", responses=_ANSWERS, response_class=Response)
async def create_completion(body: CompletionRequest, context: ContextDep, caller: CallerDep) -> Response:
    return _respond(read_completion(body, caller.user_id), context)


def _respond(asked: Asked, context: ContextDep) -> Response:
    service = context.completions
    if asked.stream:
        protocol = StreamProtocol(f"{MEDIA_TYPE}; charset=utf-8", error_frame, lambda: comment(asked.progress))
        return StreamedAnswer(service.frames(asked), protocol, heartbeat_s=context.settings.heartbeat_s)
    return WholeAnswer(lambda: service.answer(asked))


def comment(progress: Progress) -> bytes:
    """What a stream says while there is nothing else to say: the place in the queue, if it is in one."""
    if not progress.position:
        return COMMENT
    return b": queued, place %d, about %d s\n\n" % (progress.position, round(progress.expected_s))


DIRECT_PATHS = {
    path.path: path
    for path in (
        DirectPath("/v1/chat/completions", ChatCompletionRequest, create_chat_completion),
        DirectPath("/v1/completions", CompletionRequest, create_completion),
    )
}
