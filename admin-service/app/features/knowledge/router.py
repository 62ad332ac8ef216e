"""`/api/admin/knowledge` for people, `/internal/knowledge` for rag-service."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from ...core.dependencies import AnyUserDep, CallerDep, ContextDep, IfMatch, IfNoneMatch, OperatorDep, PageDep
from ...core.fields import Slug, Words
from ...core.versions import Expected, entity_tag, tag_matches
from .schemas import (
    InternalEntry,
    InternalKnowledgeResponse,
    KnowledgeCreateRequest,
    KnowledgeListResponse,
    KnowledgeResponse,
    KnowledgeUpdateRequest,
    KnowledgeVersionResponse,
    KnowledgeVersionsResponse,
)
from .service import KnowledgeFilter, KnowledgeService

router = APIRouter(tags=["knowledge"])
PREFIX = "/api/admin/knowledge"
ONE = PREFIX + "/{entry_id}"


async def get_service(context: ContextDep) -> KnowledgeService:
    return KnowledgeService(context.database, context.clock)


ServiceDep = Annotated[KnowledgeService, Depends(get_service)]


@router.get(PREFIX, summary="Entries that were added to the packs' own, the newest first")
async def list_entries(
    _actor: AnyUserDep,
    service: ServiceDep,
    page: PageDep,
    framework: Annotated[Slug | None, Query()] = None,
    kind: Annotated[Slug | None, Query()] = None,
    tag: Annotated[Words | None, Query()] = None,
    q: Annotated[Words | None, Query(description="Part of the title or text")] = None,
) -> KnowledgeListResponse:
    wanted = KnowledgeFilter(framework=framework, kind=kind, tag=tag, q=q)
    return KnowledgeListResponse.model_validate(await service.list(wanted, page))


@router.post(PREFIX, status_code=201, summary="Add an entry")
async def create_entry(
    actor: OperatorDep, service: ServiceDep, body: KnowledgeCreateRequest, response: Response
) -> KnowledgeResponse:
    entry = await service.create(actor, body.model_dump())
    response.headers["ETag"] = entity_tag(entry.version)
    return KnowledgeResponse.model_validate(entry)


@router.get(ONE, summary="One entry")
async def read_entry(_actor: AnyUserDep, service: ServiceDep, entry_id: str, response: Response) -> KnowledgeResponse:
    entry = await service.get(entry_id)
    response.headers["ETag"] = entity_tag(entry.version)
    return KnowledgeResponse.model_validate(entry)


@router.patch(ONE, summary="Change an entry")
async def update_entry(
    actor: OperatorDep,
    service: ServiceDep,
    entry_id: str,
    body: KnowledgeUpdateRequest,
    response: Response,
    if_match: IfMatch = None,
) -> KnowledgeResponse:
    changes = body.model_dump(exclude={"version"}, exclude_none=True)
    entry = await service.update(actor, entry_id, changes, Expected(if_match, body.version))
    response.headers["ETag"] = entity_tag(entry.version)
    return KnowledgeResponse.model_validate(entry)


@router.delete(ONE, status_code=204, summary="Remove an entry")
async def delete_entry(actor: OperatorDep, service: ServiceDep, entry_id: str, if_match: IfMatch = None) -> None:
    await service.delete(actor, entry_id, Expected(if_match))


@router.get(ONE + "/versions", summary="What the entry was at each version")
async def list_versions(_actor: AnyUserDep, service: ServiceDep, entry_id: str) -> KnowledgeVersionsResponse:
    versions = await service.versions(entry_id)
    return KnowledgeVersionsResponse(items=[KnowledgeVersionResponse.model_validate(row) for row in versions])


@router.post(ONE + "/versions/{version}/restore", summary="Bring an older version back, as the newest")
async def restore_version(
    actor: OperatorDep,
    service: ServiceDep,
    entry_id: str,
    version: int,
    response: Response,
    if_match: IfMatch = None,
) -> KnowledgeResponse:
    entry = await service.restore(actor, entry_id, version, Expected(if_match))
    response.headers["ETag"] = entity_tag(entry.version)
    return KnowledgeResponse.model_validate(entry)


@router.get(
    "/internal/knowledge",
    tags=["internal"],
    summary="Entries in use, with an ETag to poll by",
    response_model=InternalKnowledgeResponse,
    responses={304: {"description": "The caller has them."}},
)
async def read_published_entries(
    _caller: CallerDep, service: ServiceDep, response: Response, if_none_match: IfNoneMatch = None
) -> InternalKnowledgeResponse | Response:
    tag = entity_tag(await service.revision())
    if tag_matches(if_none_match, tag):
        return Response(status_code=304, headers={"ETag": tag})
    revision, entries = await service.published()
    response.headers["ETag"] = entity_tag(revision)
    return InternalKnowledgeResponse(
        revision=revision, entries=[InternalEntry.model_validate(entry) for entry in entries]
    )
