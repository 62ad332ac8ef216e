"""`POST /v1/plans`."""

from fastapi import APIRouter

from ...core.dependencies import PlanDependency
from .schemas import PlanRequest, PlanResponse

router = APIRouter(prefix="/v1", tags=["patches"])


@router.post("/plans", summary="Say what an intent is about in files, with the snippets around it")
def create_plan(request: PlanRequest, service: PlanDependency) -> PlanResponse:
    return service.plan(request)
