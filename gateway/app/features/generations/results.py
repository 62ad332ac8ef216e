"""`/api/v1/generations/{id}/…`: spec, picture, files, archive."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import HTMLResponse

from screenspec.spec import ScreenSpec

from ...core.dependencies import CurrentUser
from ...core.strict_json import StrictRoute
from .dependencies import Service, Specs
from .schemas import ArtifactListResponse, GenerationResult
from .spec_service import archive, artifact, edited_version
from .views import without_content

router = APIRouter(prefix="/api/v1/generations/{generation_id}", tags=["generations"], route_class=StrictRoute)

Version = Annotated[int | None, Query(ge=1, le=1_000_000, description="Of the spec; the current one unless named.")]

_MEDIA_TYPES = {
    "xml": "application/xml", "javascript": "text/javascript", "sql": "application/sql", "json": "application/json",
    "java": "text/x-java", "typescript": "text/x-typescript", "tsx": "text/x-typescript", "css": "text/css",
    "html": "text/html", "markdown": "text/markdown",
}  # fmt: skip
_FILE_HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
"""A generated file is data: no browser may run it as a page of this origin."""
_PICTURE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    "Referrer-Policy": "no-referrer",
}
"""A picture is drawn by its own styles, runs nothing, and is embedded by this origin alone."""


@router.get(
    "/spec", response_model=ScreenSpec, summary="The screen spec, or an earlier version of it; its version is the ETag"
)
async def read_spec(
    generation_id: str,
    response: Response,
    user: CurrentUser,
    service: Service,
    specs: Specs,
    version: Annotated[int | None, Query(ge=1, le=1_000_000)] = None,
) -> Any:
    number, spec = await specs.spec(await service.record(generation_id, user), version)
    response.headers["ETag"] = f'"{number}"'
    return spec


@router.put("/spec", response_model=GenerationResult, summary="Emit again from an edited spec, without an engine")
async def write_spec(
    generation_id: str,
    body: ScreenSpec,
    response: Response,
    user: CurrentUser,
    service: Service,
    specs: Specs,
    if_match: Annotated[str | None, Header(description="The version that was edited, as `ETag` gave it.")] = None,
) -> Any:
    version = edited_version(if_match)
    await specs.emit_again(await service.record(generation_id, user), body, user, version=version)
    result = await service.result(generation_id, user)
    response.headers["ETag"] = f'"{result["spec_version"]}"'
    return result


@router.get(
    "/preview",
    response_class=HTMLResponse,
    summary="A picture of the screen and its popups with sample rows, as an HTML page that is safe to embed",
)
async def read_preview(
    generation_id: str,
    user: CurrentUser,
    service: Service,
    specs: Specs,
    theme: Literal["auto", "light", "dark"] = "auto",
    version: Annotated[int | None, Query(ge=1, le=1_000_000)] = None,
) -> HTMLResponse:
    row = await service.record(generation_id, user)
    number, page = await specs.preview(row, user, version=version, theme=theme)
    return HTMLResponse(page, headers={**_PICTURE_HEADERS, "ETag": f'"{number}-{theme}"'})


@router.get(
    "/artifacts",
    response_model=ArtifactListResponse,
    summary="The files, or those of an earlier version of the spec, without their content",
)
async def list_artifacts(
    generation_id: str, user: CurrentUser, service: Service, specs: Specs, version: Version = None
) -> Any:
    files = await specs.files(await service.record(generation_id, user), user, version=version)
    return {"artifacts": [without_content(item) for item in files]}


@router.get(
    "/artifacts/{path:path}",
    response_class=Response,
    responses={200: {"description": "The file's exact bytes.", "content": {"*/*": {}}}},
    summary="A file",
)
async def read_artifact(
    generation_id: str, path: str, user: CurrentUser, service: Service, specs: Specs, version: Version = None
) -> Response:
    found = artifact(await specs.files(await service.record(generation_id, user), user, version=version), path)
    media_type = _MEDIA_TYPES.get(found["language"], "text/plain")
    content = found["content"].encode()
    headers = {**_FILE_HEADERS, "ETag": f'"{found["sha256"]}"', "Content-Type": f"{media_type}; charset=utf-8"}
    return Response(content, headers=headers)


@router.get(
    "/archive",
    response_class=Response,
    responses={200: {"description": "All files as a zip.", "content": {"application/zip": {}}}},
    summary="All files as a zip",
)
async def read_archive(generation_id: str, user: CurrentUser, service: Service) -> Response:
    row = await service.record(generation_id, user)
    headers = {"Content-Disposition": f'attachment; filename="{generation_id}.zip"'}
    return Response(archive(row), media_type="application/zip", headers=headers)
