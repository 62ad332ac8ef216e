"""`/internal/evaluations` for the gateway's worker."""

from typing import Annotated

from fastapi import APIRouter, Depends

from ...core.dependencies import CallerDep, ContextDep
from .router import EvaluationId
from .runs import RunService
from .schemas import (
    BeginRequest,
    BeginResponse,
    InterruptRequest,
    JudgementRequest,
    NextRequest,
    NextResponse,
    ResultRequest,
    ResultResponse,
)

router = APIRouter(prefix="/internal/evaluations/{evaluation_id}", tags=["internal"])


async def get_runs(context: ContextDep) -> RunService:
    return RunService(context.database, context.clock)


RunsDep = Annotated[RunService, Depends(get_runs)]


@router.post("/begin", summary="A run of the job begins; earlier ones are over")
async def begin_run(
    _caller: CallerDep, runs: RunsDep, evaluation_id: EvaluationId, body: BeginRequest
) -> BeginResponse:
    return BeginResponse.model_validate(await runs.begin(evaluation_id, body.runner))


@router.post("/next", summary="What is to be generated next")
async def next_items(_caller: CallerDep, runs: RunsDep, evaluation_id: EvaluationId, body: NextRequest) -> NextResponse:
    return NextResponse.model_validate(await runs.next_items(evaluation_id, body.runner, body.limit))


@router.post("/interrupt", status_code=204, summary="The job has given up; it can be resumed")
async def interrupt_run(_caller: CallerDep, runs: RunsDep, evaluation_id: EvaluationId, body: InterruptRequest) -> None:
    await runs.interrupt(evaluation_id, body.runner)


@router.post("/items/{number}", summary="What came of it; the answer says what the judge is to be asked")
async def take_result(
    _caller: CallerDep, runs: RunsDep, evaluation_id: EvaluationId, number: int, body: ResultRequest
) -> ResultResponse:
    question = await runs.take(
        evaluation_id, number, body.runner, generation_id=body.generation_id, record=body.record
    )  # fmt: skip
    return ResultResponse.model_validate({"judge": question})


@router.post("/items/{number}/judgement", status_code=204, summary="What the judge answered")
async def take_judgement(
    _caller: CallerDep, runs: RunsDep, evaluation_id: EvaluationId, number: int, body: JudgementRequest
) -> None:
    await runs.take_judgement(evaluation_id, number, body.runner, body.text)
