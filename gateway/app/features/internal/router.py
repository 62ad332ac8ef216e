"""`/internal/…`: for the other services, with a service token."""

from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from pydantic import Field

from ...core.dependencies import CallingService, Ctx
from ...core.streaming import Stream
from ...core.wire_fields import NO_NUL, Day, Moment
from ...storage.experiments import Sticky, experiment_outcomes
from ...storage.jobs import EVALUATIONS, RUN_EVALUATION, Job
from .export import MEDIA_TYPES, lines_of
from .filters import Masked, Wanted
from .schemas import (
    EvaluationRun,
    GenerationLogLine,
    GenerationLogResponse,
    GenerationRecord,
    MeasuresResponse,
    Outcome,
    OutcomesResponse,
    UsageReportResponse,
)
from .service import LogService, MeasureService

router = APIRouter(prefix="/internal", tags=["internal"])
FrameworkName = Annotated[str, Field(max_length=63, pattern=NO_NUL)]


@router.get("/generations", response_model=GenerationLogResponse, summary="The generation log, newest first")
async def list_generations(
    context: Ctx,
    _caller: CallingService,
    wanted: Wanted,
    masked: Masked,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=36, pattern=NO_NUL)] = None,
) -> Any:
    service = LogService(generations=context.generations, events=context.events)
    items, next_cursor = await service.page(replace(wanted, cursor=cursor or None, limit=limit))
    lines = [GenerationLogLine.model_validate(item, from_attributes=True) for item in items]
    shown = [line.model_copy(update={"prompt": masked.text(line.prompt)}) for line in lines]
    return GenerationLogResponse(items=shown, next_cursor=next_cursor)


@router.get(
    "/generations/export",
    response_class=Stream,
    responses={200: {"content": {name: {"schema": {"type": "string"}} for name in MEDIA_TYPES.values()}}},
    summary="The generation log as a file: whole records as JSON lines, or CSV",
)
async def export_generations(
    context: Ctx,
    _caller: CallingService,
    wanted: Wanted,
    masked: Masked,
    format: Literal["jsonl", "csv"] = "jsonl",  # noqa: A002 - the query's own name
) -> Stream:
    return Stream(lines_of(context.log_export, wanted, masked, format), media_type=MEDIA_TYPES[format])


@router.get("/generations/{generation_id}", response_model=GenerationRecord, summary="A generation's whole record")
async def read_generation(generation_id: str, context: Ctx, _caller: CallingService, masked: Masked) -> Any:
    service = LogService(generations=context.generations, events=context.events)
    return masked.value(GenerationRecord.model_validate(await service.record(generation_id)).model_dump(mode="json"))


@router.get("/measures", response_model=MeasuresResponse, summary="Counts, times and tokens of generations over time")
async def read_measures(
    context: Ctx,
    _caller: CallingService,
    since: Moment,
    until: Moment,
    step_s: Annotated[int, Query(ge=10, le=31 * 86_400)] = 900,
) -> Any:
    return await MeasureService(context.measured).over(since, until, step_s=step_s)


@router.get("/usage", response_model=UsageReportResponse, summary="Tokens and engine time by day, user, engine, model")
async def read_usage(
    context: Ctx,
    _caller: CallingService,
    first: Annotated[Day, Query(description="Days are UTC's")],
    last: Day,
) -> Any:
    return await MeasureService(context.measured).usage(first, last)


@router.post("/evaluations", status_code=202, summary="Queues the job that works on an evaluation of admin-service")
async def run_evaluation(body: EvaluationRun, context: Ctx, caller: CallingService) -> EvaluationRun:
    for model in body.models:
        await context.orders.check_model(model)
    arguments = {"evaluation_id": body.evaluation_id, "user_id": caller.user_id, "role": caller.role}
    await context.jobs.put(Job(RUN_EVALUATION, EVALUATIONS, arguments))
    return body


@router.get("/experiments/{experiment_id}/outcomes", summary="What came of an experiment's screens, in their order")
async def read_outcomes(
    experiment_id: Annotated[str, Path(max_length=36, pattern=NO_NUL)],
    context: Ctx,
    _caller: CallingService,
    sticky: Annotated[Sticky, Query(description="Who stays with an arm")] = "user",
    framework: Annotated[list[FrameworkName] | None, Query(max_length=20, description="All unless given")] = None,
    after: Annotated[str, Query(max_length=36, pattern=NO_NUL)] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
) -> OutcomesResponse:
    found = await experiment_outcomes(
        context.database, experiment_id, sticky=sticky, frameworks=framework or (), after=after, limit=limit
    )
    return OutcomesResponse(items=[Outcome.model_validate(item) for item in found])
