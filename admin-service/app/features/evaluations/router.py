"""`/api/admin/evaluations` for people."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Response

from ...core.dependencies import ContextDep, OperatorDep, PageDep
from ...core.fields import Slug
from .csv_files import comparison_csv, items_csv
from .report import report_page
from .schemas import (
    CaseListResponse,
    CaseResponse,
    EvaluationListResponse,
    EvaluationRequest,
    EvaluationResponse,
    GoldenResponse,
)
from .service import EvaluationService

router = APIRouter(prefix="/api/admin", tags=["evaluations"])
ONE = "/evaluations/{evaluation_id}"
_REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


async def get_service(context: ContextDep) -> EvaluationService:
    return EvaluationService(
        context.database, context.clock, lambda: context.gateway, context.packs, context.settings.framework
    )


ServiceDep = Annotated[EvaluationService, Depends(get_service)]
EvaluationId = Annotated[str, Path(pattern="^[A-Za-z0-9-]{1,64}$")]


@router.get("/golden", summary="The golden cases of a framework")
def read_golden(
    _actor: OperatorDep, service: ServiceDep, framework: Annotated[Slug | None, Query()] = None
) -> GoldenResponse:
    return GoldenResponse.model_validate(service.golden(framework))


@router.get("/evaluations", summary="Evaluations, the newest first")
async def list_evaluations(
    _actor: OperatorDep, service: ServiceDep, page: PageDep, framework: Annotated[Slug | None, Query()] = None
) -> EvaluationListResponse:
    return EvaluationListResponse.model_validate(await service.page(framework, page))


@router.post("/evaluations", status_code=201, summary="Start an evaluation")
async def start_evaluation(actor: OperatorDep, service: ServiceDep, body: EvaluationRequest) -> EvaluationResponse:
    return EvaluationResponse.model_validate(await service.start(actor, body.model_dump()))


@router.get(ONE, summary="How far it is, and the comparison of what is done")
async def read_evaluation(_actor: OperatorDep, service: ServiceDep, evaluation_id: EvaluationId) -> EvaluationResponse:
    return EvaluationResponse.model_validate(await service.get(evaluation_id))


@router.delete(ONE, status_code=204, summary="Delete an evaluation that has ended")
async def delete_evaluation(actor: OperatorDep, service: ServiceDep, evaluation_id: EvaluationId) -> None:
    await service.delete(actor, evaluation_id)


@router.post(ONE + "/cancel", summary="Begin nothing more")
async def cancel_evaluation(actor: OperatorDep, service: ServiceDep, evaluation_id: EvaluationId) -> EvaluationResponse:
    return EvaluationResponse.model_validate(await service.cancel(actor, evaluation_id))


@router.post(ONE + "/resume", summary="Go on at the first case that is not done")
async def resume_evaluation(actor: OperatorDep, service: ServiceDep, evaluation_id: EvaluationId) -> EvaluationResponse:
    return EvaluationResponse.model_validate(await service.resume(actor, evaluation_id))


@router.get(ONE + "/cases", summary="The cases with the score of every variant")
async def list_cases(_actor: OperatorDep, service: ServiceDep, evaluation_id: EvaluationId) -> CaseListResponse:
    return CaseListResponse.model_validate({"items": await service.cases(evaluation_id)})


@router.get(ONE + "/cases/{case_id}", summary="One case, and what every variant made of it")
async def read_case(
    _actor: OperatorDep,
    service: ServiceDep,
    evaluation_id: EvaluationId,
    case_id: Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,100}$")],
) -> CaseResponse:
    return CaseResponse.model_validate(await service.case(evaluation_id, case_id))


@router.get(
    ONE + "/report", summary="The report: one HTML page with its plots, nothing fetched", response_class=Response
)
async def read_report(
    _actor: OperatorDep,
    service: ServiceDep,
    evaluation_id: EvaluationId,
    lang: Annotated[Literal["ko", "en"], Query()] = "en",
) -> Response:
    page = report_page(await service.get(evaluation_id), await service.cases(evaluation_id), lang)
    return _file(page, "text/html; charset=utf-8", f"evaluation-{evaluation_id}.html")


@router.get(ONE + "/comparison.csv", summary="The comparison, a line for each variant", response_class=Response)
async def read_comparison_csv(_actor: OperatorDep, service: ServiceDep, evaluation_id: EvaluationId) -> Response:
    text = comparison_csv((await service.get(evaluation_id))["comparison"])
    return _file(text, "text/csv; charset=utf-8", f"comparison-{evaluation_id}.csv")


@router.get(ONE + "/results.csv", summary="Every generation with its measures", response_class=Response)
async def read_results_csv(_actor: OperatorDep, service: ServiceDep, evaluation_id: EvaluationId) -> Response:
    text = items_csv(*await service.results(evaluation_id))
    return _file(text, "text/csv; charset=utf-8", f"results-{evaluation_id}.csv")


def _file(text: str, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Security-Policy": _REPORT_POLICY}
    return Response(text, media_type=media_type, headers=headers)
