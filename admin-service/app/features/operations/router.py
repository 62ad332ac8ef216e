"""`/api/admin/operations`: the state of services and engines, and generations over time."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends

from ...core.dependencies import ContextDep, OperatorDep
from .schemas import HealthResponse, MeasuresResponse
from .service import OperationsService

router = APIRouter(prefix="/api/admin/operations", tags=["operations"])


async def get_service(context: ContextDep) -> OperationsService:
    return OperationsService(context.services, context.gateway, context.clock)


ServiceDep = Annotated[OperationsService, Depends(get_service)]


@router.get("/health", summary="Each service and engine, asked now")
async def read_health(_actor: OperatorDep, service: ServiceDep) -> HealthResponse:
    return HealthResponse.model_validate(await service.health())


@router.get("/measures", summary="Generations over time: how many, how fast, how they ended")
async def read_measures(
    actor: OperatorDep, service: ServiceDep, span: Literal["hour", "day", "week", "month"] = "day"
) -> MeasuresResponse:
    return MeasuresResponse.model_validate(await service.measures(actor, span))
