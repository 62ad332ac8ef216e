"""`/plan`, `/patch_smart` and the ledger below `/api/v1/patches` (R4)."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from ...core.dependencies import CurrentUser
from ...core.strict_json import StrictRoute
from .dependencies import Ledger, Patching, Planning
from .schemas import (
    PatchFeedbackRequest,
    PatchFeedbackResponse,
    PatchListResponse,
    PatchRecord,
    PatchRequest,
    PatchResponse,
    PatchSmartRequest,
    PlanListResponse,
    PlanRequest,
    PlanResponse,
    RollbackResponse,
)

router = APIRouter(tags=["patches"], route_class=StrictRoute)
_REFUSED: dict[int | str, dict[str, Any]] = {
    409: {"description": "A file is not what the patch was made for. Every file stays as it was."},
    422: {"description": "What can't be applied: `failures` says which edit, why, and where to look."},
}


@router.post("/plan", response_model=PlanResponse, summary="Plan a change of code")
async def create_plan(body: PlanRequest, user: CurrentUser, service: Planning) -> Any:
    return await service.plan(body, user)


@router.get("/api/v1/plans", response_model=PlanListResponse, summary="One's own plans, newest first")
async def list_plans(
    user: CurrentUser,
    service: Planning,
    cursor: Annotated[str | None, Query(max_length=36, pattern=r"^[0-9a-f-]*$")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    return await service.page(user, cursor=cursor, limit=limit)


@router.delete("/api/v1/plans/{plan_id}", status_code=204, summary="Forget a plan, with the files kept for it")
async def delete_plan(plan_id: str, user: CurrentUser, service: Planning) -> None:
    await service.delete(plan_id, user)


@router.post("/patch_smart", response_model=PatchResponse, responses=_REFUSED, summary="Edits for a plan, checked")
async def create_patch_of_plan(body: PatchSmartRequest, user: CurrentUser, service: Patching) -> Any:
    return await service.patch(body, user)


@router.post("/api/v1/patches", response_model=PatchResponse, responses=_REFUSED, summary="Apply edits of one's own")
async def create_patch(body: PatchRequest, user: CurrentUser, service: Ledger) -> Any:
    return await service.apply_request(body, user)


@router.get("/api/v1/patches", response_model=PatchListResponse, summary="One's own patches, newest first")
async def list_patches(
    user: CurrentUser,
    service: Ledger,
    cursor: Annotated[str | None, Query(max_length=36, pattern=r"^[0-9a-f-]*$")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    return await service.page(user, cursor=cursor, limit=limit)


@router.get("/api/v1/patches/{patch_id}", response_model=PatchRecord, summary="A patch, with its files")
async def read_patch(patch_id: str, user: CurrentUser, service: Ledger) -> Any:
    return await service.read(patch_id, user)


@router.post("/api/v1/patches/{patch_id}/feedback", response_model=PatchFeedbackResponse, summary="Rate a patch")
async def rate_patch(patch_id: str, body: PatchFeedbackRequest, user: CurrentUser, service: Ledger) -> Any:
    return await service.rate(patch_id, body, user)


@router.post(
    "/api/v1/patches/{patch_id}/rollback",
    response_model=RollbackResponse,
    summary="Take a patch back: the files before",
)
async def roll_back_patch(patch_id: str, user: CurrentUser, service: Ledger) -> Any:
    return await service.roll_back(patch_id, user)
