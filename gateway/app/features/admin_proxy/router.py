"""`/console/…` and `/api/admin/…`: passed on to admin-service, one origin for the browser."""

from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from chassis.errors import NotFound

from ...core.dependencies import Ctx
from ...core.guard import user_in
from ...core.passing import pass_on

router = APIRouter(tags=["administration"])

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
_FIRST_BYTE_S = 60.0
"""A test of an engine waits for the engine."""


@router.get("/console", include_in_schema=False)
@router.api_route("/console/{path:path}", methods=["GET", "HEAD"], include_in_schema=False)
async def console(request: Request, context: Ctx) -> Response:
    return await _passed(request, context)


@router.api_route(
    "/api/admin/{path:path}",
    methods=_METHODS,
    response_class=Response,
    include_in_schema=False,
)
async def administration(request: Request, context: Ctx) -> Response:
    return await _passed(request, context)


async def _passed(request: Request, context: Ctx) -> Response:
    target = _target(request.scope["path"], request.scope.get("query_string", b""))
    content = await request.body()
    return await pass_on(
        request,
        context.clients.admin.forwarding,
        target,
        content=content,
        user=user_in(request.scope),
        first_byte_s=_FIRST_BYTE_S,
    )


def _target(path: str, query: bytes) -> str:
    """The path and query to ask for; none that could lead out of what is passed on."""
    segments = path.split("/")
    if ".." in segments or "." in segments or "\\" in path or any(ord(character) < 32 for character in path):
        raise NotFound("There is no such page.")
    return quote(path, safe="/~@:!$&'()*+,;=-._") + (f"?{query.decode('latin-1')}" if query else "")
