"""`/api/admin/examples`: accepted screens, and whether they become examples."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import HTMLResponse

from ...core.dependencies import ContextDep, OperatorDep, PageDep
from .schemas import ApprovalRequest, ExampleListResponse, ExampleResponse, RefusalRequest, Status
from .service import Decision, ExampleService

router = APIRouter(prefix="/api/admin/examples", tags=["examples"])
GenerationId = Annotated[str, Path(pattern="^[0-9a-f-]{36}$")]
_PICTURE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    "Referrer-Policy": "no-referrer",
}
"""A picture is drawn by its own styles, runs nothing, and is embedded by this origin alone."""


async def get_service(context: ContextDep) -> ExampleService:
    return ExampleService(context.database, context.gateway, context.clock)


ServiceDep = Annotated[ExampleService, Depends(get_service)]


@router.get("", summary="Accepted screens, newest first")
async def list_examples(
    actor: OperatorDep, service: ServiceDep, page: PageDep, status: Annotated[Status | None, Query()] = None
) -> ExampleListResponse:
    found = await service.list(actor, status=status, limit=page.limit, cursor=page.cursor)
    return ExampleListResponse.model_validate(found)


@router.get("/{generation_id}", summary="One of them: spec, files, what was changed; scrubbed")
async def read_example(actor: OperatorDep, service: ServiceDep, generation_id: GenerationId) -> ExampleResponse:
    return ExampleResponse.model_validate(await service.get(actor, generation_id))


@router.get("/{generation_id}/preview", response_class=HTMLResponse, summary="Its picture")
async def read_example_preview(
    actor: OperatorDep,
    service: ServiceDep,
    generation_id: GenerationId,
    theme: Literal["auto", "light", "dark"] = "auto",
) -> HTMLResponse:
    return HTMLResponse(await service.preview(actor, generation_id, theme), headers=_PICTURE_HEADERS)


@router.post("/{generation_id}/approve", summary="Make it an example: prompts carry it within seconds")
async def approve_example(
    actor: OperatorDep, service: ServiceDep, generation_id: GenerationId, body: ApprovalRequest
) -> ExampleResponse:
    decision = Decision(title=body.title, aliases=tuple(body.aliases))
    return ExampleResponse.model_validate(await service.approve(actor, generation_id, decision))


@router.post("/{generation_id}/reject", summary="Leave it out, and say why")
async def reject_example(
    actor: OperatorDep, service: ServiceDep, generation_id: GenerationId, body: RefusalRequest
) -> ExampleResponse:
    return ExampleResponse.model_validate(await service.reject(actor, generation_id, Decision(reason=body.reason)))


@router.post("/{generation_id}/retract", summary="Take an example back")
async def retract_example(
    actor: OperatorDep, service: ServiceDep, generation_id: GenerationId, body: RefusalRequest
) -> ExampleResponse:
    return ExampleResponse.model_validate(await service.retract(actor, generation_id, Decision(reason=body.reason)))
