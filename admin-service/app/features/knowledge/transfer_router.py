"""`/api/admin/knowledge_files`: entries in and out by the file; `/api/admin/knowledge_index`: what searches find."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException

from chassis import sse
from chassis.errors import FieldError, InvalidInput

from ...core.dependencies import AnyUserDep, ContextDep, OperatorDep
from ...core.fields import Slug, Words
from .entry_files import Defaults
from .index import PATH as INDEX, KnowledgeIndexService
from .service import KnowledgeFilter, KnowledgeService
from .transfer import KnowledgeTransfer
from .transfer_schemas import FrameworkIndexResponse, ImportResponse, KnowledgeIndexResponse
from .uploads import MAX_FILES, Upload

router = APIRouter(tags=["knowledge"])
FILES = "/api/admin/knowledge_files"
_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}},
                }
            }
        },
    }
}


async def get_transfer(context: ContextDep) -> KnowledgeTransfer:
    return KnowledgeTransfer(context.database, KnowledgeService(context.database, context.clock))


async def get_index(context: ContextDep) -> KnowledgeIndexService:
    return KnowledgeIndexService(context.rag)


TransferDep = Annotated[KnowledgeTransfer, Depends(get_transfer)]
IndexDep = Annotated[KnowledgeIndexService, Depends(get_index)]


@router.get(
    FILES,
    response_class=Response,
    responses={200: {"description": "`<framework>/knowledge/<id>.md`", "content": {"application/zip": {}}}},
    summary="Entries as a zip of Markdown files, to keep or to read in elsewhere",
)
async def export_entries(
    _actor: AnyUserDep,
    service: TransferDep,
    framework: Annotated[Slug | None, Query()] = None,
    kind: Annotated[Slug | None, Query()] = None,
    tag: Annotated[Words | None, Query()] = None,
) -> Response:
    packed = await service.write_out(KnowledgeFilter(framework=framework, kind=kind, tag=tag))
    name = f"knowledge-{framework or 'all'}-{datetime.now(UTC):%Y%m%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(packed, media_type="application/zip", headers=headers)


@router.post(
    FILES,
    openapi_extra=_FORM,
    summary="Read in Markdown files, a pack's lists (YAML), or zip archives of them; every file is answered for",
)
async def import_entries(
    request: Request,
    actor: OperatorDep,
    service: TransferDep,
    framework: Annotated[Slug, Query(description="Of files that don't name one")],
    *,
    kind: Annotated[Slug, Query(description="Of files that don't name one")] = "rule",
    existing: Annotated[
        Literal["replace", "keep"],
        Query(description="An entry that is there already gets a new version, or stays as it is"),
    ] = "replace",
    check: Annotated[bool, Query(description="Only say what would become of each file")] = False,
) -> ImportResponse:
    report = await service.read_in(
        actor, await _uploads(request), Defaults(framework, kind), replacing=existing == "replace", check_only=check
    )
    return ImportResponse.of(report)


@router.get(INDEX, summary="How many entries are known and indexed, by framework")
async def read_index(actor: AnyUserDep, service: IndexDep) -> KnowledgeIndexResponse:
    states = await service.state(actor)
    return KnowledgeIndexResponse(items=[FrameworkIndexResponse.model_validate(state) for state in states])


@router.post(
    INDEX,
    response_class=StreamingResponse,
    responses={200: {"content": {sse.MEDIA_TYPE: {"schema": {"type": "string"}}}}},
    summary="Index what changed, or everything: events `progress` …, then `completed` or `failed`",
)
async def run_index(
    actor: OperatorDep,
    service: IndexDep,
    *,
    everything: Annotated[bool, Query(description="Embed what has not changed too")] = False,
) -> StreamingResponse:
    """The run goes on whether or not somebody listens."""
    events = service.run(actor, everything=everything)
    return StreamingResponse(events, media_type=sse.MEDIA_TYPE, headers=sse.HEADERS)


async def _uploads(request: Request) -> list[Upload]:
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise _no_files("Send the files as `files` of a multipart/form-data form.")
    try:
        async with request.form(max_files=MAX_FILES, max_fields=1) as form:
            files = [item for item in form.getlist("files") if isinstance(item, UploadFile)]
            uploads = [Upload(_name(file), await file.read()) for file in files]
    except MultiPartException as error:
        raise _no_files(error.message) from error
    if not uploads:
        raise _no_files("The form has no file in its field `files`.")
    return uploads


def _name(file: UploadFile) -> str:
    return (file.filename or "").replace("\x00", "")[:300] or "file"


def _no_files(message: str) -> InvalidInput:
    return InvalidInput(message, code="no_files", errors=[FieldError("files", message)])
