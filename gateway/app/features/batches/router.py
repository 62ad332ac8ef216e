"""`/api/v1/batches`: a CSV file of prompts, each row a generation."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import iterate_in_threadpool
from starlette.datastructures import UploadFile

from chassis.errors import FieldError, InvalidInput

from ...core.dependencies import Ctx, CurrentUser
from ...core.idempotency import Subjects, checked_key
from ...core.streaming import Stream
from .archive import chunks, pack
from .schemas import Batch, BatchAccepted, BatchCancelled, BatchListResponse, BatchRowsResponse
from .service import BatchService

PREFIX = "/api/v1/batches"
router = APIRouter(prefix=PREFIX, tags=["batches"])

_FILE: dict[str, Any] = {"type": "string", "format": "binary"}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "text/csv": {"schema": {"type": "string"}},
            "multipart/form-data": {
                "schema": {"type": "object", "required": ["file"], "properties": {"file": _FILE}}
            },
        },
    }
}  # fmt: skip


async def batch_service(context: Ctx) -> BatchService:
    return BatchService(
        batches=context.batches,
        orders=context.orders,
        subjects=Subjects(context.keys),
        allowed=context.webhook_addresses,
        most_rows=context.settings.batch_rows,
    )


Service = Annotated[BatchService, Depends(batch_service)]


@router.post(
    "",
    status_code=202,
    response_model=BatchAccepted,
    openapi_extra=_BODY,
    summary="Make a screen for each row of a CSV file (columns: prompt, framework, mode, model, artifacts)",
)
async def create_batch(
    request: Request,
    user: CurrentUser,
    service: Service,
    name: Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")] = "",
    webhook: Annotated[str | None, Query(max_length=2_000, pattern="^https?://[^\x00]+$")] = None,
    idempotency_key: Annotated[str | None, Header(description="The same key and file: the same batch.")] = None,
) -> Any:
    content, filename = await _file(request)
    batch_id, total = await service.create_once(
        content, user, name=name or filename, webhook=webhook, key=checked_key(idempotency_key)
    )
    accepted = BatchAccepted(batch_id=batch_id, total=total)
    return JSONResponse(accepted.model_dump(), 202, headers={"Location": f"{PREFIX}/{batch_id}"})


@router.get("", response_model=BatchListResponse, summary="One's own batches, newest first")
async def list_batches(
    user: CurrentUser,
    service: Service,
    cursor: Annotated[str | None, Query(max_length=36, pattern=r"^[0-9a-f-]*$")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    items, next_cursor = await service.page(user, cursor=cursor or None, limit=limit)
    return BatchListResponse(items=items, next_cursor=next_cursor)


@router.get("/{batch_id}", response_model=Batch, summary="How far a batch is, and when it may end")
async def read_batch(batch_id: str, user: CurrentUser, service: Service) -> Any:
    return await service.batch(batch_id, user)


@router.get("/{batch_id}/rows", response_model=BatchRowsResponse, summary="The rows with their results")
async def read_rows(
    batch_id: str,
    user: CurrentUser,
    service: Service,
    after: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    items, next_row = await service.lines(batch_id, user, after=after, limit=limit)
    return BatchRowsResponse(items=items, next_row=next_row)


@router.get(
    "/{batch_id}/archive",
    response_class=Response,
    responses={200: {"description": "A folder for each row, and summary.csv.", "content": {"application/zip": {}}}},
    summary="All files as a zip, with what is there so far",
)
async def read_archive(batch_id: str, user: CurrentUser, service: Service) -> Response:
    await service.batch(batch_id, user)
    packed = await pack(service.generations(batch_id, user))
    headers = {"Content-Disposition": f'attachment; filename="{batch_id}.zip"'}
    return Stream(iterate_in_threadpool(chunks(packed)), media_type="application/zip", headers=headers)


@router.delete("/{batch_id}", response_model=BatchCancelled, summary="Cancel what has not ended")
async def cancel_batch(batch_id: str, user: CurrentUser, service: Service) -> Any:
    return BatchCancelled(batch_id=batch_id, cancelled=await service.cancel(batch_id, user))


async def _file(request: Request) -> tuple[bytes, str]:
    """The CSV file and its name, as the body itself or as a form's `file`."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        async with request.form(max_files=1, max_fields=1) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise _no_file("The form has no file in its field `file`.")
            return await file.read(), (file.filename or "")[:200].replace("\x00", "")
    if kind not in {"text/csv", "application/csv", "application/vnd.ms-excel", "text/plain"}:
        raise _no_file("Send the file as text/csv, or as `file` of a multipart/form-data form.")
    return await request.body(), ""


def _no_file(message: str) -> InvalidInput:
    return InvalidInput(message, code="invalid_csv", errors=[FieldError("file", message)])
