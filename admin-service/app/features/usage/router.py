"""`/api/admin/usage`: tokens, engine time and cost by day, user, model and engine."""

from datetime import date, timedelta
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from ...core.dependencies import ContextDep, OperatorDep
from ...db.mesh_settings import read_document
from .schemas import UsageResponse
from .service import UsageService, members, table

router = APIRouter(prefix="/api/admin/usage", tags=["usage"])
_DAYS = 30


async def get_service(context: ContextDep) -> UsageService:
    return UsageService(context.gateway, context.database, partial(read_document, context.database))


async def get_span(
    context: ContextDep,
    first: Annotated[date | None, Query(description="30 days before the last unless given; UTC")] = None,
    last: Annotated[date | None, Query(description="Today unless given; UTC")] = None,
) -> tuple[date, date]:
    end = last or context.clock().date()
    return first or end - timedelta(days=_DAYS - 1), end


ServiceDep = Annotated[UsageService, Depends(get_service)]
SpanDep = Annotated[tuple[date, date], Depends(get_span)]


@router.get("", summary="What was used, and what it cost")
async def read_usage(actor: OperatorDep, service: ServiceDep, span: SpanDep) -> UsageResponse:
    return UsageResponse.model_validate(members(await service.read(actor, *span)))


@router.get(
    "/export",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
    summary="The lines by day, user, engine and model, as CSV",
)
async def export_usage(actor: OperatorDep, service: ServiceDep, span: SpanDep) -> Response:
    content = table(await service.read(actor, *span))
    headers = {"Content-Disposition": f'attachment; filename="usage-{span[0]}-{span[1]}.csv"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)
