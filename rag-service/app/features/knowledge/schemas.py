"""The knowledge index on the wire."""

from pydantic import BaseModel, RootModel


class FrameworkStatus(BaseModel):
    entries: int
    indexed: int
    revision: int
    embedding_fingerprint: str


class KnowledgeStatusResponse(RootModel[dict[str, FrameworkStatus]]):
    """By framework."""


class KnowledgeIndexResponse(BaseModel):
    embedded: int
    deleted: int
    unchanged: int
