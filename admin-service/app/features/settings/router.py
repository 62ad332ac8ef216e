"""`/api/admin/settings` for people, `/internal/settings` for the services."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from ...core.dependencies import CallerDep, ContextDep, IfMatch, IfNoneMatch, OperatorDep
from ...core.versions import Expected, entity_tag, tag_matches
from .schemas import InternalSettingsResponse, SettingsResponse, SettingsUpdateRequest
from .service import SettingsService

SECRETS_FOR = "llm-proxy"
router = APIRouter(tags=["settings"])


async def get_service(context: ContextDep) -> SettingsService:
    return SettingsService(context.database, context.box, context.clock, context.settings.framework, context.packs)


ServiceDep = Annotated[SettingsService, Depends(get_service)]


@router.get("/api/admin/settings", summary="Settings of the mesh")
async def read_settings(_actor: OperatorDep, service: ServiceDep, response: Response) -> SettingsResponse:
    settings = await service.get()
    response.headers["ETag"] = entity_tag(settings.version)
    return SettingsResponse.model_validate(settings)


@router.patch("/api/admin/settings", summary="Change settings; they hold within seconds, without a restart")
async def update_settings(
    actor: OperatorDep,
    service: ServiceDep,
    body: SettingsUpdateRequest,
    response: Response,
    if_match: IfMatch = None,
) -> SettingsResponse:
    changes = body.model_dump(exclude_unset=True, exclude={"version"})
    settings = await service.update(actor, changes, Expected(if_match, body.version))
    response.headers["ETag"] = entity_tag(settings.version)
    return SettingsResponse.model_validate(settings)


@router.get(
    "/internal/settings",
    tags=["internal"],
    summary="Settings and engines, with an ETag to poll by",
    response_model=InternalSettingsResponse,
    responses={304: {"description": "The caller has them."}},
)
async def read_published_settings(
    caller: CallerDep, service: ServiceDep, response: Response, if_none_match: IfNoneMatch = None
) -> InternalSettingsResponse | Response:
    with_secrets = caller.service == SECRETS_FOR
    suffix = "-secrets" if with_secrets else ""
    tag = entity_tag(await service.revision() + suffix)
    if tag_matches(if_none_match, tag):
        return Response(status_code=304, headers={"ETag": tag})
    published = await service.published(with_secrets=with_secrets)
    response.headers["ETag"] = entity_tag(published["revision"] + suffix)
    response.headers["Cache-Control"] = "no-store"
    return InternalSettingsResponse.model_validate(published)
