"""`/internal/learning/…`: candidates for examples and figures by model, for admin-service."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query

from ...core.dependencies import CallingService, Ctx
from .schemas import CandidateListResponse, CandidateResponse, FiguresResponse, PreviewResponse, WithdrawnResponse
from .service import LearningService

router = APIRouter(prefix="/internal/learning", tags=["internal"])


def learning_service(context: Ctx) -> LearningService:
    return LearningService(
        learning=context.learning, generations=context.generations, drawing=context.clients.postprocess
    )


Service = Annotated[LearningService, Depends(learning_service)]


@router.get("/candidates", response_model=CandidateListResponse, summary="Accepted screens, newest first, scrubbed")
async def list_candidates(
    _caller: CallingService,
    service: Service,
    cursor: Annotated[str | None, Query(max_length=36, pattern=r"^[0-9a-f-]*$")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    items, next_cursor = await service.candidates(cursor=cursor or None, limit=limit)
    return CandidateListResponse(items=items, next_cursor=next_cursor)


@router.get("/candidates/{candidate_id}", response_model=CandidateResponse, summary="One accepted screen, scrubbed")
async def read_candidate(candidate_id: str, _caller: CallingService, service: Service) -> Any:
    return await service.candidate(candidate_id)


@router.get("/candidates/{candidate_id}/preview", response_model=PreviewResponse, summary="Its picture")
async def read_candidate_preview(
    candidate_id: str, caller: CallingService, service: Service, theme: Literal["auto", "light", "dark"] = "auto"
) -> Any:
    html = await service.preview(candidate_id, theme=theme, user_id=caller.user_id or "", role=caller.role or "")
    return PreviewResponse(html=html)


@router.get("/withdrawn", response_model=WithdrawnResponse, summary="Which of these may not be learnt from any more")
async def list_withdrawn(
    _caller: CallingService,
    service: Service,
    generation_id: Annotated[list[Annotated[str, Query(max_length=36)]], Query(min_length=1, max_length=100)],
) -> Any:
    return WithdrawnResponse(generation_ids=await service.withdrawn(generation_id))


@router.get("/figures", response_model=FiguresResponse, summary="How each model does in daily use")
async def read_figures(
    _caller: CallingService, service: Service, days: Annotated[int, Query(ge=1, le=365)] = 30
) -> Any:
    return await service.figures(days=days)
