"""`/api/sessions/…`: one's conversations (R3.2, R3.7)."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from chassis.errors import FieldError, InvalidInput

from ...conversations.documents import session_document
from ...core.dependencies import Ctx, CurrentUser
from ...core.strict_json import StrictRoute
from ...core.wire_fields import NO_NUL
from ...storage.records import moment
from .dependencies import Sessions
from .importing import import_session
from .schemas import (
    ExportDocument,
    ImportResponse,
    RecentResponse,
    SearchResponse,
    SessionCreateRequest,
    SessionListResponse,
    SessionResponse,
    SessionUpdateRequest,
)
from .transfer import as_markdown, exported, read_json, read_markdown

router = APIRouter(prefix="/api/sessions", tags=["sessions"], route_class=StrictRoute)

Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(max_length=200, pattern=NO_NUL)]
_IMPORT: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": ExportDocument.model_json_schema()},
            "text/markdown": {"schema": {"type": "string"}},
        },
    }
}
_FILES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {}, "text/markdown": {}}, "description": "The file."}
}


@router.get("", response_model=SessionListResponse, summary="One's own sessions, the last used first")
async def list_sessions(
    user: CurrentUser,
    sessions: Sessions,
    kind: Literal["chat", "studio"] | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    page = await sessions.page(user, kind=kind, cursor=cursor, limit=limit)
    return {"items": [session_document(item) for item in page.sessions], "next_cursor": page.next_cursor}


@router.post("", response_model=SessionResponse, status_code=201, summary="Begin a session")
async def create_session(body: SessionCreateRequest, user: CurrentUser, sessions: Sessions) -> Response:
    session = await sessions.create(body, user)
    return JSONResponse(session_document(session), 201, headers={"Location": f"/api/sessions/{session.id}"})


@router.get("/recent", response_model=RecentResponse, summary="The sessions last used")
async def recent_sessions(user: CurrentUser, sessions: Sessions, limit: Annotated[int, Query(ge=1, le=50)] = 10) -> Any:
    page = await sessions.page(user, kind=None, cursor=None, limit=limit)
    return {"items": [session_document(item) for item in page.sessions]}


@router.get("/current", response_model=SessionResponse, summary="The session that one switched to last")
async def current_session(user: CurrentUser, sessions: Sessions) -> Any:
    return session_document(await sessions.current(user))


@router.get("/search", response_model=SearchResponse, summary="Titles and messages that hold every word")
async def search_sessions(
    user: CurrentUser,
    sessions: Sessions,
    q: Annotated[str, Query(min_length=1, max_length=200, pattern=NO_NUL)],
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Any:
    hits, more = await sessions.search(user, query=q, cursor=cursor, limit=limit)
    items = [
        {
            "session": session_document(hit.session),
            "matched": "message" if hit.found.message_id else "title",
            "message": {"id": hit.found.message_id, "role": hit.found.role, "created_at": moment(hit.found.at)}
            if hit.found.message_id
            else None,
            "snippet": hit.snippet,
            "highlights": hit.highlights,
        }
        for hit in hits
    ]
    return {"items": items, "next_cursor": more}


@router.post(
    "/import",
    response_model=ImportResponse,
    status_code=201,
    openapi_extra=_IMPORT,
    summary="A session out of an export, JSON or Markdown",
)
async def import_file(request: Request, context: Ctx, user: CurrentUser, sessions: Sessions) -> Any:
    media_type = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    readers = {"application/json": read_json, "text/markdown": read_markdown}
    if media_type not in readers:
        message = f"An import is {' or '.join(readers)}."
        raise InvalidInput(message, code="unsupported_media_type", errors=[FieldError("Content-Type", message)])
    document = readers[media_type](await request.body())
    session_id = await import_session(document, user, context.conversations.sessions)
    session = await sessions.get(session_id, user)
    return {"session": session_document(session), "messages": len(document.messages)}


@router.get("/{session_id}", response_model=SessionResponse, summary="One session")
async def read_session(session_id: str, user: CurrentUser, sessions: Sessions) -> Any:
    return session_document(await sessions.get(session_id, user))


@router.patch("/{session_id}", response_model=SessionResponse, summary="Rename it, or change its settings")
@router.put("/{session_id}", response_model=SessionResponse, summary="Rename it, or change its settings")
async def update_session(session_id: str, body: SessionUpdateRequest, user: CurrentUser, sessions: Sessions) -> Any:
    return session_document(await sessions.update(session_id, body, user))


@router.delete("/{session_id}", status_code=204, summary="Delete it with its messages")
async def delete_session(session_id: str, user: CurrentUser, sessions: Sessions) -> Response:
    await sessions.delete(session_id, user)
    return Response(status_code=204)


@router.post("/{session_id}/switch", response_model=SessionResponse, summary="Make it the current one")
async def switch_session(session_id: str, user: CurrentUser, sessions: Sessions) -> Any:
    return session_document(await sessions.switch(session_id, user))


@router.get("/{session_id}/export", response_class=Response, responses=_FILES, summary="The session as a file")
async def export_session(
    session_id: str,
    context: Ctx,
    user: CurrentUser,
    sessions: Sessions,
    format: Literal["json", "markdown"] = "json",  # noqa: A002 - its name in the API
) -> Response:
    session, parts = await sessions.get(session_id, user), context.conversations
    await parts.settling.settle(session.id)
    document = exported(session, await parts.messages.all(session.id))
    if format == "json":
        return JSONResponse(document, headers=_attachment(session.id, "json"))
    return Response(as_markdown(document), media_type="text/markdown", headers=_attachment(session.id, "md"))


def _attachment(session_id: str, ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="session-{session_id}.{ending}"'}
