"""`/api/admin/generations`: what was generated, how, and how long it took."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query

from ...core.dependencies import AnyUserDep, ContextDep, PageDep
from ...core.fields import Slug, Words
from .schemas import GenerationListResponse
from .service import GenerationFilter, GenerationService

router = APIRouter(prefix="/api/admin/generations", tags=["generations"])


async def get_service(context: ContextDep) -> GenerationService:
    return GenerationService(context.gateway)


ServiceDep = Annotated[GenerationService, Depends(get_service)]


@router.get("", summary="The log, the newest first; developers see their own")
async def list_generations(
    actor: AnyUserDep,
    service: ServiceDep,
    page: PageDep,
    status: Annotated[Slug | None, Query()] = None,
    user_id: Annotated[Words | None, Query()] = None,
    q: Annotated[Words | None, Query(description="Words of the prompt")] = None,
) -> GenerationListResponse:
    found = await service.list(actor, GenerationFilter(status, user_id, q), limit=page.limit, cursor=page.cursor)
    return GenerationListResponse.model_validate(found)


@router.get("/{generation_id}", summary="One generation's whole record")
async def read_generation(
    actor: AnyUserDep, service: ServiceDep, generation_id: Annotated[str, Path(pattern="^[A-Za-z0-9._-]{1,100}$")]
) -> dict[str, Any]:
    return await service.get(actor, generation_id)
