"""`/api/v1/repositories`: the code index, passed on to rag-service."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel

from chassis.errors import Forbidden

from ...core.context import Context
from ...core.dependencies import Ctx, CurrentUser
from ...core.identity import User
from ...core.passing import pass_on
from ...storage.jobs import INDEX_REPOSITORY, INDEXING, Job

router = APIRouter(prefix="/api/v1/repositories", tags=["repositories"])


class RepositoryAccepted(BaseModel):
    """The part of rag-service's answer that a job needs."""

    id: str


RepositoryId = Annotated[str, Path(pattern="^[0-9a-f]{16}$")]
_MAY_DELETE = frozenset({"admin", "operator"})
_FIRST_BYTE_S = 60.0
"""An archive is unpacked before the answer."""


@router.post("", status_code=202, response_class=Response, summary="Index a repository, or what changed in it")
async def create_repository(request: Request, context: Ctx, user: CurrentUser) -> Response:
    """A job stays with it until it is indexed, and asks again where that failed."""
    return await _supervised(request, context, user, "")


@router.get("", response_class=Response, summary="The repositories, with their states")
async def list_repositories(request: Request, context: Ctx, user: CurrentUser) -> Response:
    return await _passed(request, context, user, "")


@router.get("/{repository_id}", response_class=Response, summary="A repository, and how far it is indexed")
async def read_repository(repository_id: RepositoryId, request: Request, context: Ctx, user: CurrentUser) -> Response:
    return await _passed(request, context, user, f"/{repository_id}")


@router.post("/{repository_id}/index", status_code=202, response_class=Response, summary="Index what changed since")
async def index_repository(repository_id: RepositoryId, request: Request, context: Ctx, user: CurrentUser) -> Response:
    return await _supervised(request, context, user, f"/{repository_id}/index")


@router.delete("/{repository_id}", status_code=204, response_class=Response, summary="Forget a repository")
async def delete_repository(repository_id: RepositoryId, request: Request, context: Ctx, user: CurrentUser) -> Response:
    """All that is stored of it goes too: for administrators and operators."""
    if user.role not in _MAY_DELETE:
        raise Forbidden("Deleting a repository needs the role admin or operator.")
    return await _passed(request, context, user, f"/{repository_id}")


async def _supervised(request: Request, context: Context, user: User, below: str) -> Response:
    """Passed on; what rag-service has taken is looked after by a job."""
    response = await context.clients.rag.forwarding.request(
        "POST",
        f"/v1/repositories{below}",
        content=await request.body(),
        user_id=user.id,
        role=user.role,
        limit_s=_FIRST_BYTE_S,
    )
    accepted = RepositoryAccepted.model_validate_json(response.content)
    arguments = {"repository_id": accepted.id, "user_id": user.id, "role": user.role}
    await context.jobs.put(Job(INDEX_REPOSITORY, INDEXING, arguments))
    return Response(response.content, response.status_code, media_type="application/json")


async def _passed(request: Request, context: Context, user: User, below: str) -> Response:
    return await pass_on(
        request,
        context.clients.rag.forwarding,
        f"/v1/repositories{below}",
        content=await request.body(),
        user=user,
        first_byte_s=_FIRST_BYTE_S,
    )
