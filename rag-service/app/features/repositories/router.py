"""`/v1/repositories`."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query

from ...core.dependencies import Files, Repositories
from .records import Record
from .schemas import (
    ArchiveSource,
    PathSource,
    RepositoryFileResponse,
    RepositoryListResponse,
    RepositoryRequest,
    RepositoryResponse,
)

router = APIRouter(prefix="/v1/repositories", tags=["repositories"])


@router.post("", status_code=202, summary="Index a repository, or what changed in it")
async def create_repository(body: RepositoryRequest, service: Repositories) -> RepositoryResponse:
    source = body.source
    if isinstance(source, PathSource):
        location = source.path
    else:
        location = source.content if isinstance(source, ArchiveSource) else source.url
    return _shown(await service.create(body.name, body.branch, source.type, location))


@router.get("", summary="The repositories, with their states")
async def list_repositories(service: Repositories) -> RepositoryListResponse:
    return RepositoryListResponse(repositories=[_shown(record) for record in service.all()])


@router.get("/{repository_id}", summary="A repository, and how far it is indexed")
async def read_repository(repository_id: str, service: Repositories) -> RepositoryResponse:
    return _shown(service.one(repository_id))


@router.get("/{repository_id}/files", summary="An indexed file, whole")
async def read_repository_file(
    repository_id: str, path: Annotated[str, Query(min_length=1, max_length=1_000)], service: Files
) -> RepositoryFileResponse:
    return RepositoryFileResponse.model_validate(asdict(await service.read(repository_id, path)))


@router.post("/{repository_id}/index", status_code=202, summary="Index what changed since")
async def index_repository(repository_id: str, service: Repositories) -> RepositoryResponse:
    return _shown(service.index(repository_id))


@router.delete("/{repository_id}", status_code=204, summary="Forget a repository and what is stored of it")
async def delete_repository(repository_id: str, service: Repositories) -> None:
    await service.delete(repository_id)


def _shown(record: Record) -> RepositoryResponse:
    return RepositoryResponse.model_validate(asdict(record))
