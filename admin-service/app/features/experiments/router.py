"""`/api/admin/experiments` for people, `/internal/experiments` for the gateway."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from ...core.dependencies import CallerDep, ContextDep, IfNoneMatch, OperatorDep, PageDep
from ...core.versions import entity_tag, tag_matches
from .schemas import (
    ExperimentDetailResponse,
    ExperimentListResponse,
    ExperimentRequest,
    ExperimentResponse,
    InternalExperimentResponse,
)
from .service import ExperimentService

router = APIRouter(tags=["experiments"])
PREFIX = "/api/admin/experiments"


async def get_service(context: ContextDep) -> ExperimentService:
    return ExperimentService(context.database, context.clock, lambda: context.gateway)


ServiceDep = Annotated[ExperimentService, Depends(get_service)]
ExperimentId = Annotated[str, Path(pattern="^[A-Za-z0-9-]{1,64}$")]


@router.get(PREFIX, summary="Experiments, the newest first")
async def list_experiments(_actor: OperatorDep, service: ServiceDep, page: PageDep) -> ExperimentListResponse:
    return ExperimentListResponse.model_validate(await service.page(page))


@router.post(PREFIX, status_code=201, summary="Start an A/B test: generations without an engine of their own take part")
async def start_experiment(actor: OperatorDep, service: ServiceDep, body: ExperimentRequest) -> ExperimentResponse:
    return ExperimentResponse.model_validate(await service.start(actor, body.model_dump()))


@router.get(PREFIX + "/{experiment_id}", summary="What came of its arms so far, and whether that is chance")
async def read_experiment(
    actor: OperatorDep, service: ServiceDep, experiment_id: ExperimentId
) -> ExperimentDetailResponse:
    return ExperimentDetailResponse.model_validate(await service.detail(actor, experiment_id))


@router.post(PREFIX + "/{experiment_id}/rollback", summary="End it: everything goes to what is in production")
async def roll_back(actor: OperatorDep, service: ServiceDep, experiment_id: ExperimentId) -> ExperimentResponse:
    return ExperimentResponse.model_validate(await service.roll_back(actor, experiment_id))


@router.get(
    "/internal/experiments",
    tags=["internal"],
    summary="The experiment that runs, with an ETag to poll by",
    response_model=InternalExperimentResponse,
    responses={304: {"description": "The caller has it."}},
)
async def read_running_experiment(
    _caller: CallerDep, service: ServiceDep, response: Response, if_none_match: IfNoneMatch = None
) -> InternalExperimentResponse | Response:
    revision, document = await service.published()
    tag = entity_tag(revision)
    if tag_matches(if_none_match, tag):
        return Response(status_code=304, headers={"ETag": tag})
    response.headers["ETag"] = tag
    return InternalExperimentResponse.model_validate(document)
