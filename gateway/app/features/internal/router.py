"""`/internal/…`: for the other services, with a service token."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from ...core.dependencies import CallingService, Ctx
from ...storage.experiments import experiment_outcomes
from ...storage.jobs import EVALUATIONS, RUN_EVALUATION, Job
from ...storage.records import GenerationFilter
from .schemas import (
    EvaluationRun,
    GenerationLogLine,
    GenerationLogResponse,
    GenerationRecord,
    Outcome,
    OutcomesResponse,
)
from .service import LogService

router = APIRouter(prefix="/internal", tags=["internal"])

_NO_NUL = r"^[^\x00]*$"


@router.get("/generations", response_model=GenerationLogResponse, summary="The generation log, newest first")
async def list_generations(
    context: Ctx,
    _caller: CallingService,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=36, pattern=_NO_NUL)] = None,
    status: Annotated[str | None, Query(max_length=16, pattern=_NO_NUL)] = None,
    user_id: Annotated[str | None, Query(max_length=200, pattern=_NO_NUL)] = None,
    q: Annotated[str | None, Query(max_length=200, pattern=_NO_NUL)] = None,
) -> Any:
    service = LogService(generations=context.generations, events=context.events)
    wanted = GenerationFilter(user_id=user_id, status=status, query=q, cursor=cursor or None, limit=limit)
    items, next_cursor = await service.page(wanted)
    lines = [GenerationLogLine.model_validate(item, from_attributes=True) for item in items]
    return GenerationLogResponse(items=lines, next_cursor=next_cursor)


@router.get("/generations/{generation_id}", response_model=GenerationRecord, summary="A generation's whole record")
async def read_generation(generation_id: str, context: Ctx, _caller: CallingService) -> Any:
    return await LogService(generations=context.generations, events=context.events).record(generation_id)


@router.post("/evaluations", status_code=202, summary="Queues the job that works on an evaluation of admin-service")
async def run_evaluation(body: EvaluationRun, context: Ctx, caller: CallingService) -> EvaluationRun:
    for model in body.models:
        await context.orders.check_model(model)
    arguments = {"evaluation_id": body.evaluation_id, "user_id": caller.user_id, "role": caller.role}
    await context.jobs.put(Job(RUN_EVALUATION, EVALUATIONS, arguments))
    return body


@router.get("/experiments/{experiment_id}/outcomes", summary="What came of an experiment's generations, in their order")
async def read_outcomes(
    experiment_id: Annotated[str, Path(max_length=36, pattern=_NO_NUL)],
    context: Ctx,
    _caller: CallingService,
    after: Annotated[str, Query(max_length=36, pattern=_NO_NUL)] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
) -> OutcomesResponse:
    found = await experiment_outcomes(context.database, experiment_id, after=after, limit=limit)
    return OutcomesResponse(items=[Outcome.model_validate(item) for item in found])
