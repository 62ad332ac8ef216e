"""`/api/admin/profiles` for people, `/internal/profiles` for the gateway."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from ...core.dependencies import CallerDep, ContextDep, IfNoneMatch, OperatorDep
from ...core.versions import entity_tag, tag_matches
from .schemas import (
    InternalProfilesResponse,
    ModelProfileListResponse,
    ModelProfileResponse,
    ModelProfileUpdateRequest,
    SuggestionRequest,
)
from .service import ProfileService

router = APIRouter(tags=["profiles"])


async def get_service(context: ContextDep) -> ProfileService:
    return ProfileService(context.database, context.gateway, context.clock)


ServiceDep = Annotated[ProfileService, Depends(get_service)]


@router.get("/api/admin/profiles", summary="Values of every model, and why they hold")
async def list_profiles(actor: OperatorDep, service: ServiceDep) -> ModelProfileListResponse:
    return ModelProfileListResponse.model_validate(await service.overview(actor))


@router.put("/api/admin/profiles", summary="Set values of a model; null goes back to the preset")
async def update_profile(
    actor: OperatorDep, service: ServiceDep, body: ModelProfileUpdateRequest
) -> ModelProfileResponse:
    values = body.values.model_dump(exclude_unset=True)
    return ModelProfileResponse.model_validate(await service.update(actor, body.model, values, body.reason))


@router.post("/api/admin/profiles/suggestions", summary="Take over what the figures suggest")
async def take_over_suggestions(
    actor: OperatorDep, service: ServiceDep, body: SuggestionRequest
) -> ModelProfileResponse:
    return ModelProfileResponse.model_validate(await service.take_over(actor, body.model, body.names))


@router.get(
    "/internal/profiles",
    tags=["internal"],
    summary="Values by model, with an ETag to poll by",
    response_model=InternalProfilesResponse,
    responses={304: {"description": "The caller has them."}},
)
async def read_published_profiles(
    _caller: CallerDep, service: ServiceDep, response: Response, if_none_match: IfNoneMatch = None
) -> InternalProfilesResponse | Response:
    tag = entity_tag(await service.revision())
    if tag_matches(if_none_match, tag):
        return Response(status_code=304, headers={"ETag": tag})
    published = await service.published()
    response.headers["ETag"] = entity_tag(published["revision"])
    return InternalProfilesResponse.model_validate(published)
