"""`/api/admin/releases`: what is in production, since when, and by which verdict."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from ...core.dependencies import ContextDep, OperatorDep, PageDep
from ...core.fields import Slug, Words
from .schemas import Kind, PackReleaseRequest, ReleaseListResponse, ReleaseResponse
from .service import ReleaseService

router = APIRouter(prefix="/api/admin/releases", tags=["releases"])


async def get_service(context: ContextDep) -> ReleaseService:
    return ReleaseService(context.database, context.clock, context.packs)


ServiceDep = Annotated[ReleaseService, Depends(get_service)]
Subject = Annotated[str, Path(pattern=r"^[a-z0-9._-]{1,63}(/[a-z0-9._-]{1,63})?$")]


@router.get("", summary="Releases, the newest first")
async def list_releases(
    _actor: OperatorDep,
    service: ServiceDep,
    page: PageDep,
    kind: Annotated[Kind | None, Query()] = None,
    subject: Annotated[Words | None, Query()] = None,
) -> ReleaseListResponse:
    return ReleaseListResponse.model_validate(await service.page(kind, subject, page))


@router.put("/pack/{framework}", summary="Label a pack's present state as in production")
async def release_pack(
    actor: OperatorDep, service: ServiceDep, framework: Slug, body: PackReleaseRequest
) -> ReleaseResponse:
    return ReleaseResponse.model_validate(await service.release_pack(actor, framework, body.overrule))


@router.post("/{kind}/{subject:path}/rollback", summary="What was in production before is there again")
async def roll_back(
    actor: OperatorDep,
    service: ServiceDep,
    kind: Kind,
    subject: Subject,
    release: Annotated[
        str | None, Query(max_length=64, description="The release to take back: 409 where it is not the newest")
    ] = None,
) -> ReleaseResponse:
    return ReleaseResponse.model_validate(await service.roll_back(actor, kind, subject, release))
