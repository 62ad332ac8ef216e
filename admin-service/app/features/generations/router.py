"""`/api/admin/generations`: what was generated, how, and how long it took."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import StreamingResponse

from ...core.context import Context
from ...core.dependencies import AnyUserDep, ContextDep, PageDep
from ...core.fields import Slug, Words
from ...db.mesh_settings import log_of, read_document
from .schemas import GenerationListResponse
from .service import GenerationFilter, GenerationService

router = APIRouter(prefix="/api/admin/generations", tags=["generations"])
_MEDIA_TYPES = {"jsonl": "application/x-ndjson", "csv": "text/csv; charset=utf-8"}


async def get_service(context: ContextDep) -> GenerationService:
    return GenerationService(context.gateway, partial(_redacted, context))


async def _redacted(context: Context) -> Sequence[str]:
    kinds: list[str] = log_of(await read_document(context.database))["redact"]
    return kinds


async def get_filter(
    *,
    status: Annotated[Slug | None, Query()] = None,
    kind: Annotated[Slug | None, Query()] = None,
    user_id: Annotated[Words | None, Query()] = None,
    engine: Annotated[Words | None, Query()] = None,
    framework: Annotated[Slug | None, Query()] = None,
    degraded: Annotated[bool | None, Query(description="Answered by another engine than was asked for")] = None,
    since: Annotated[datetime | None, Query()] = None,
    until: Annotated[datetime | None, Query()] = None,
    q: Annotated[
        Words | None, Query(description="Words of the prompt, the answer, files or the problem; all have to occur")
    ] = None,
) -> GenerationFilter:
    return GenerationFilter(status, kind, user_id, engine, framework, degraded, since, until, q)


ServiceDep = Annotated[GenerationService, Depends(get_service)]
FilterDep = Annotated[GenerationFilter, Depends(get_filter)]


@router.get("", summary="The log, the newest first; developers see their own")
async def list_generations(
    actor: AnyUserDep, service: ServiceDep, page: PageDep, wanted: FilterDep
) -> GenerationListResponse:
    found = await service.list(actor, wanted, limit=page.limit, cursor=page.cursor)
    return GenerationListResponse.model_validate(found)


@router.get(
    "/export",
    response_class=StreamingResponse,
    responses={200: {"content": {name: {"schema": {"type": "string"}} for name in _MEDIA_TYPES.values()}}},
    summary="The log as a file, written as it is read: JSON lines with whole records, or a table",
)
async def export_generations(
    actor: AnyUserDep,
    service: ServiceDep,
    wanted: FilterDep,
    format: Literal["jsonl", "csv"] = "jsonl",  # noqa: A002 - the query's own name
) -> StreamingResponse:
    stack = AsyncExitStack()
    content = await stack.enter_async_context(await service.export(actor, wanted, format_=format))
    name = f"generations-{datetime.now(UTC):%Y%m%d-%H%M}.{format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingResponse(_closing(content, stack), media_type=_MEDIA_TYPES[format], headers=headers)


async def _closing(content: AsyncIterator[bytes], stack: AsyncExitStack) -> AsyncIterator[bytes]:
    async with stack:
        async for part in content:
            yield part


@router.get("/{generation_id}", summary="One generation's whole record")
async def read_generation(
    actor: AnyUserDep, service: ServiceDep, generation_id: Annotated[str, Path(pattern="^[A-Za-z0-9._-]{1,100}$")]
) -> dict[str, Any]:
    return await service.get(actor, generation_id)
