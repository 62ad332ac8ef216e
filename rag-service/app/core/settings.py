"""The retrieval service's settings."""

import os
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, SecretStr

from chassis.settings import ServiceSettings

ModelClass = Literal["small", "medium", "large"]


class RetrievalLimits(BaseModel):
    """What one class of models gets: hits at or above `threshold`, at most `limit` of them."""

    threshold: float = Field(ge=0, le=1)
    limit: int = Field(ge=1, le=50)


DEFAULT_RETRIEVAL: dict[str, RetrievalLimits] = {
    "small": RetrievalLimits(threshold=0.30, limit=4),
    "medium": RetrievalLimits(threshold=0.20, limit=6),
    "large": RetrievalLimits(threshold=0.15, limit=8),
}
"""Where admin-service has said nothing: the best of `python -m evaluation.score --half tuning`."""


class RagSettings(ServiceSettings):
    """Where the store and the packs are, and the limits of a search."""

    qdrant_url: str | None = Field(None, validation_alias="QDRANT_URL")
    qdrant_host: str | None = Field(None, validation_alias="QDRANT_HOST")
    qdrant_port: int = Field(6333, validation_alias="QDRANT_PORT")
    qdrant_api_key: SecretStr | None = Field(None, validation_alias="QDRANT_API_KEY")
    qdrant_path: Path = Field(Path(".qdrant"), validation_alias="QDRANT_PATH")
    snapshots_path: Path = Field(Path(".snapshots"), validation_alias="QDRANT_SNAPSHOTS_PATH")
    packs_dir: Path = Field(Path("../frameworks"), validation_alias="FRAMEWRIGHT_PACKS_DIR")
    more_packs: str = Field("", validation_alias="FRAMEWRIGHT_PACKS")
    default_framework: str = Field("", validation_alias="FRAMEWRIGHT_DEFAULT_FRAMEWORK")
    """Empty: what admin-service says, else the first pack."""
    retrieval: dict[str, RetrievalLimits] = Field(DEFAULT_RETRIEVAL, validation_alias="FRAMEWRIGHT_RETRIEVAL")
    embedding_limit_s: float = Field(3.0, gt=0, validation_alias="RAG_EMBEDDING_LIMIT_S")
    """For a query; a search goes on by keywords after it."""
    rerank_model: str = Field("", validation_alias="RERANK_MODEL")
    """Set as for embedding-service, which loads it: searches then have their first candidates read again by it."""
    index_limit_s: float = Field(120.0, gt=0, validation_alias="RAG_INDEX_LIMIT_S")
    """For one batch of texts to index."""
    poll_s: float = Field(5.0, gt=0, validation_alias="FRAMEWRIGHT_POLL_S")

    repository_paths: str = Field("", validation_alias="FRAMEWRIGHT_REPOSITORY_PATHS")
    """Folders whose content may be indexed, os.pathsep-separated; none by default."""
    git_hosts: str = Field("", validation_alias="FRAMEWRIGHT_REPOSITORY_GIT_HOSTS")
    """Where repositories may be cloned from, by commas: `host`, `host:port`, or `file:///folder`; none by default."""
    git_limit_s: float = Field(300.0, gt=0, validation_alias="FRAMEWRIGHT_REPOSITORY_GIT_LIMIT_S")
    repositories_state: Path | None = Field(None, validation_alias="FRAMEWRIGHT_REPOSITORY_STATE")
    """What is known of the repositories, and what of them is still to be indexed; unset: beside the embedded store."""

    @property
    def repository_roots(self) -> list[Path]:
        return [Path(part) for part in self.repository_paths.split(os.pathsep) if part]

    @property
    def repositories_folder(self) -> Path:
        return self.repositories_state or self.qdrant_path.with_name(f"{self.qdrant_path.name}-repositories")

    @property
    def git_sources(self) -> list[str]:
        return [part.strip() for part in self.git_hosts.split(",") if part.strip()]

    @property
    def server_url(self) -> str | None:
        """The Qdrant server, or None for the embedded store; `QDRANT_URL` wins over `QDRANT_HOST`."""
        if self.qdrant_url:
            return self.qdrant_url
        return f"http://{self.qdrant_host}:{self.qdrant_port}" if self.qdrant_host else None

    @property
    def pack_folders(self) -> list[Path]:
        """Folders that hold packs; what stands in `FRAMEWRIGHT_PACKS` comes after the product's own."""
        more = [Path(part) for part in self.more_packs.split(os.pathsep) if part]
        return [self.packs_dir, *more]
