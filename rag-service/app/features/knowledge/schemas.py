"""The knowledge index on the wire."""

from pydantic import BaseModel, Field, RootModel

from ...core.entries import Origin


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


class KnowledgeIndexProgress(BaseModel):
    """Event `progress`."""

    phase: str = Field(description="`waiting` for another run, `comparing`, `entries`, `phrases`")
    done: int = Field(description="Points that are embedded and stored")
    total: int


class KnowledgeIndexCompleted(KnowledgeIndexResponse):
    """Event `completed`, in entries."""

    ms: float


class ExampleScreenItem(BaseModel):
    id: str
    framework: str
    pattern: str
    title: str
    origin: Origin
    source: str
    indexed: bool = Field(description="Searches find it; false for the seconds in which it is being indexed.")


class ExampleScreensResponse(BaseModel):
    items: list[ExampleScreenItem]
