"""`/api/v1/generations`: order, follow, cancel, answer, rate."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import JSONResponse

from chassis import sse

from ...core.dependencies import Ctx, CurrentUser
from ...core.idempotency import checked_key
from ...core.strict_json import StrictRoute
from .dependencies import Service
from .readings import router as readings
from .schemas import (
    AnswerRequest,
    AnswerResponse,
    CancelResponse,
    FeedbackRequest,
    FeedbackResponse,
    GenerationAccepted,
    GenerationLine,
    GenerationListResponse,
    GenerationRequest,
    GenerationResult,
)
from .service import How
from .streams import event_response, resume_after

PREFIX = "/api/v1/generations"
_STREAM: dict[str, Any] = {
    "content": {sse.MEDIA_TYPE: {"schema": {"type": "string"}}},
    "description": "The result, or the event stream where `Accept` asks for it.",
}

router = APIRouter(prefix=PREFIX, tags=["generations"], route_class=StrictRoute)


# Before the paths that begin with a generation's id.
router.include_router(readings)


@router.post(
    "",
    response_model=GenerationResult,
    responses={
        200: _STREAM,
        202: {"model": GenerationAccepted, "description": "`Prefer: respond-async`: it runs; `Location` says where."},
    },
    summary="Make a screen, modify one, or answer a question",
)
async def create(
    body: GenerationRequest,
    context: Ctx,
    user: CurrentUser,
    service: Service,
    accept: Annotated[str, Header()] = "application/json",
    prefer: Annotated[str, Header()] = "",
    idempotency_key: Annotated[str | None, Header(description="The same key and body: the same generation.")] = None,
) -> Any:
    how: How = (
        "job" if "respond-async" in prefer.lower() else "stream" if sse.MEDIA_TYPE in accept.lower() else "wait"
    )  # fmt: skip
    generation_id, created = await service.order_once(body, user, how=how, key=checked_key(idempotency_key))
    location = f"{PREFIX}/{generation_id}"
    if how == "wait":
        result = _jsonable(await service.awaited(generation_id, created, user))
        return JSONResponse(result, headers={"Content-Location": location})
    if how == "job":
        accepted = GenerationAccepted(generation_id=generation_id)
        return JSONResponse(
            accepted.model_dump(), 202, headers={"Location": location, "Preference-Applied": "respond-async"}
        )
    if created is not None and (body.framework is not None or body.attachments):
        await service.admitted(created)
    return event_response(service.groups(generation_id, created=created), context.measures.streams, location=location)


def _jsonable(result: dict[str, Any]) -> dict[str, Any]:
    return GenerationResult.model_validate(result).model_dump(mode="json")


@router.get("", response_model=GenerationListResponse, summary="One's own generations, newest first")
async def list_generations(
    user: CurrentUser,
    service: Service,
    status: Literal["queued", "running", "waiting", "completed", "failed", "cancelled"] | None = None,
    q: Annotated[str | None, Query(max_length=200, pattern=r"^[^\x00]*$")] = None,
    cursor: Annotated[str | None, Query(max_length=36, pattern=r"^[0-9a-f-]*$")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    items, next_cursor = await service.page(user, status=status, query=q, cursor=cursor, limit=limit)
    lines = [GenerationLine.model_validate(item, from_attributes=True) for item in items]
    return GenerationListResponse(items=lines, next_cursor=next_cursor)


@router.get("/{generation_id}", response_model=GenerationResult, summary="The result so far")
async def read(generation_id: str, user: CurrentUser, service: Service) -> Any:
    return await service.result(generation_id, user)


@router.get(
    "/{generation_id}/events",
    response_class=Response,
    responses={
        200: _STREAM,
        204: {"description": "`Last-Event-ID` is the last event that there will be: browsers ask no more."},
        400: {"description": "`Last-Event-ID` is no number."},
    },
    summary="The event stream; `Last-Event-ID` resumes it, also after the end",
)
async def events(
    generation_id: str,
    context: Ctx,
    user: CurrentUser,
    service: Service,
    last_event_id: Annotated[str | None, Header()] = None,
) -> Response:
    after = resume_after(last_event_id)
    row = await service.record(generation_id, user)
    if after and row.ended_at is not None and after >= await context.events.last_seq(generation_id):
        return Response(status_code=204)
    stream = service.groups(generation_id, after=after)
    return event_response(stream, context.measures.streams, location=f"{PREFIX}/{generation_id}")


@router.delete("/{generation_id}", response_model=CancelResponse, summary="Cancel; the engine stops within 200 ms")
async def cancel(generation_id: str, user: CurrentUser, service: Service) -> Any:
    return CancelResponse(generation_id=generation_id, status=await service.cancel(generation_id, user))


@router.post("/{generation_id}/answers", response_model=AnswerResponse, summary="Answer a question of the generation")
async def answer(generation_id: str, body: AnswerRequest, user: CurrentUser, service: Service) -> Any:
    await service.answer(generation_id, body, user)
    return AnswerResponse(question_id=body.question_id, value=body.value)


@router.post("/{generation_id}/feedback", response_model=FeedbackResponse, summary="Rate, and give the code accepted")
async def feedback(generation_id: str, body: FeedbackRequest, user: CurrentUser, service: Service) -> Any:
    return await service.rate(generation_id, body, user)
