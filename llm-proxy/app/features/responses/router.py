"""`POST /v1/responses` (OpenAI)."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from chassis.direct import DirectPath
from chassis.sse import COMMENT, MEDIA_TYPE

from ...core.dependencies import CallerDep, ContextDep
from ...core.relay import StreamedAnswer, StreamProtocol, WholeAnswer
from .schemas import ResponsesRequest
from .service import error_frame, read_response

router = APIRouter(prefix="/v1", tags=["OpenAI"])
EVENTS = StreamProtocol(f"{MEDIA_TYPE}; charset=utf-8", error_frame, lambda: COMMENT)
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The response; with `stream`, its events.",
        "content": {"application/json": {"schema": {"type": "object"}}, "text/event-stream": {}},
    },
    400: {"description": "The request is not valid, too long, or the engine has no Responses API."},
    404: {"description": "There is no such model."},
    502: {"description": "No engine could be reached."},
    503: {"description": "The engines are busy; `Retry-After` says when to come back."},
    504: {"description": "No engine answered in time."},
}


@router.post(
    "/responses", summary="A response, from an engine that has the API", responses=_ANSWERS, response_class=Response
)
async def create_response(body: ResponsesRequest, context: ContextDep, caller: CallerDep) -> Response:
    asked = read_response(body, caller.user_id)
    service = context.responses
    if asked.stream:
        return StreamedAnswer(service.frames(asked), EVENTS, heartbeat_s=context.settings.heartbeat_s)
    return WholeAnswer(lambda: service.answer(asked))


DIRECT_PATHS = {"/v1/responses": DirectPath("/v1/responses", ResponsesRequest, create_response)}
