"""`/api/admin/templates` for people, `/internal/templates` for rag-service."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from ...core.dependencies import AnyUserDep, CallerDep, ContextDep, IfMatch, IfNoneMatch, OperatorDep, PageDep
from ...core.fields import Slug
from ...core.versions import Expected, entity_tag, tag_matches
from .schemas import (
    DiffResponse,
    InternalTemplatesResponse,
    Label,
    LabelRequest,
    Task,
    TemplateContentResponse,
    TemplateCreateRequest,
    TemplateDetailResponse,
    TemplateListResponse,
    TemplateResponse,
    TemplateVersionRequest,
    VersionNumber,
)
from .service import TemplateService

router = APIRouter(tags=["templates"])
PREFIX = "/api/admin/templates"
ONE = PREFIX + "/{framework}/{name}"


async def get_service(context: ContextDep) -> TemplateService:
    return TemplateService(context.database, context.clock, context.packs)


async def get_id(framework: str, name: str) -> str:
    return f"{framework}/{name}"


ServiceDep = Annotated[TemplateService, Depends(get_service)]
TemplateId = Annotated[str, Depends(get_id)]


@router.get(PREFIX, summary="Templates by id")
async def list_templates(
    _actor: AnyUserDep,
    service: ServiceDep,
    page: PageDep,
    framework: Annotated[Slug | None, Query()] = None,
    task: Annotated[Task | None, Query()] = None,
) -> TemplateListResponse:
    return TemplateListResponse.model_validate(await service.list(framework, task, page))


@router.post(PREFIX, status_code=201, summary="Replace a pack's template, or add one")
async def create_template(
    actor: OperatorDep, service: ServiceDep, body: TemplateCreateRequest, response: Response
) -> TemplateDetailResponse:
    detail = await service.create(actor, body.model_dump())
    response.headers["ETag"] = entity_tag(detail.version)
    return TemplateDetailResponse.model_validate(detail)


@router.get(ONE, summary="One template with its versions")
async def read_template(
    _actor: AnyUserDep, service: ServiceDep, template_id: TemplateId, response: Response
) -> TemplateDetailResponse:
    detail = await service.get(template_id)
    response.headers["ETag"] = entity_tag(detail.version)
    return TemplateDetailResponse.model_validate(detail)


@router.post(ONE + "/versions", status_code=201, summary="Write a new version")
async def add_version(
    actor: OperatorDep,
    service: ServiceDep,
    template_id: TemplateId,
    body: TemplateVersionRequest,
    response: Response,
    if_match: IfMatch = None,
) -> TemplateDetailResponse:
    detail = await service.add_version(
        actor,
        template_id,
        content=body.content,
        base_version=body.base_version,
        note=body.note,
        expected=Expected(if_match),
    )
    response.headers["ETag"] = entity_tag(detail.version)
    return TemplateDetailResponse.model_validate(detail)


@router.get(ONE + "/versions/{version}", summary="One version's content")
async def read_version(
    _actor: AnyUserDep, service: ServiceDep, template_id: TemplateId, version: VersionNumber
) -> TemplateContentResponse:
    return TemplateContentResponse.model_validate(await service.content(template_id, version))


@router.get(ONE + "/diff", summary="What changed between two versions")
async def read_diff(
    _actor: AnyUserDep,
    service: ServiceDep,
    template_id: TemplateId,
    from_version: Annotated[VersionNumber, Query(alias="from")],
    to_version: Annotated[VersionNumber, Query(alias="to")],
) -> DiffResponse:
    return DiffResponse.model_validate(await service.diff(template_id, from_version, to_version))


@router.put(ONE + "/labels/{label}", summary="Put a label on a version; an older one rolls back")
async def move_label(
    actor: OperatorDep,
    service: ServiceDep,
    template_id: TemplateId,
    label: Label,
    body: LabelRequest,
    response: Response,
    if_match: IfMatch = None,
) -> TemplateResponse:
    template = await service.move_label(
        actor,
        template_id,
        label,
        version=body.version,
        stood_on=body.expected,
        expected=Expected(if_match),
        overrule=body.overrule,
    )
    response.headers["ETag"] = entity_tag(template.version)
    return TemplateResponse.model_validate(template)


@router.delete(ONE + "/labels/{label}", summary="Take a label away: the pack's own template holds again")
async def remove_label(
    actor: OperatorDep, service: ServiceDep, template_id: TemplateId, label: Label, if_match: IfMatch = None
) -> TemplateResponse:
    template = await service.move_label(
        actor, template_id, label, version=None, stood_on=None, expected=Expected(if_match)
    )
    return TemplateResponse.model_validate(template)


@router.get(
    "/internal/templates",
    tags=["internal"],
    summary="Templates in production, with an ETag to poll by",
    response_model=InternalTemplatesResponse,
    responses={304: {"description": "The caller has them."}},
)
async def read_published_templates(
    _caller: CallerDep, service: ServiceDep, response: Response, if_none_match: IfNoneMatch = None
) -> InternalTemplatesResponse | Response:
    tag = entity_tag(await service.revision())
    if tag_matches(if_none_match, tag):
        return Response(status_code=304, headers={"ETag": tag})
    published = await service.published()
    response.headers["ETag"] = entity_tag(published["revision"])
    return InternalTemplatesResponse.model_validate(published)
