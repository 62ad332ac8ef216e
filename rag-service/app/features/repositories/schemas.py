"""Repositories on the wire."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

Name = Annotated[str, StringConstraints(pattern=r"^[\w][\w .-]{0,99}$", strip_whitespace=True)]


class PathSource(BaseModel):
    """A folder on the server, within `FRAMEWRIGHT_REPOSITORY_PATHS`."""

    type: Literal["path"]
    path: str = Field(min_length=1, max_length=4096)


class ArchiveSource(BaseModel):
    """A zip or tar (gz, bz2, xz) in Base64."""

    type: Literal["archive"]
    content: str = Field(min_length=1)


class GitSource(BaseModel):
    """A URL whose host stands in `FRAMEWRIGHT_REPOSITORY_GIT_HOSTS`."""

    type: Literal["git"]
    url: str = Field(min_length=1, max_length=2048)


class RepositoryRequest(BaseModel):
    name: Name
    branch: str = Field("", max_length=200, description="Empty: the default one.")
    source: Annotated[PathSource | ArchiveSource | GitSource, Field(discriminator="type")]


class RepositoryProgress(BaseModel):
    """Files and chunks of the latest run; `skipped` by reason, an ignored folder counts as one."""

    files: int
    files_done: int
    chunks: int
    embedded: int = Field(description="Chunks that were new or changed.")
    unchanged: int
    deleted: int
    secrets: int = Field(description="Secret values that were left out of the text.")
    skipped: dict[str, int]
    eta_s: float | None


class RepositoryResponse(BaseModel):
    id: str
    name: str
    branch: str
    source: Literal["path", "archive", "git"]
    state: Literal["queued", "indexing", "ready", "failed"]
    message: str
    fingerprint: str
    created_at: str
    indexed_at: str | None
    progress: RepositoryProgress


class RepositoryFileResponse(BaseModel):
    """A file as it was indexed: `content` in `encoding` is its bytes, of which `sha256` is."""

    repository_id: str
    path: str
    encoding: Literal["utf-8", "cp949", "utf-16"]
    content: str
    sha256: str


class RepositoryListResponse(BaseModel):
    repositories: list[RepositoryResponse]
