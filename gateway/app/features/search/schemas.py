"""The wire models of the search."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class SearchRequest(BaseModel):
    """`kind` and `framework` narrow a search of the knowledge, `repositories` one of code; all of them unless named."""

    model_config = ConfigDict(extra="forbid")

    query: Annotated[str, Field(min_length=1, max_length=2_000)]
    kind: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    framework: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 10
    index: Literal["knowledge", "code"] = "knowledge"
    repositories: Annotated[list[str], Field(max_length=100)] | None = None


class SearchHit(BaseModel):
    """Scores are 0 to 1."""

    id: str
    title: str = ""
    kind: str = ""
    text: str = ""
    score: float
    dense: float | None = None
    sparse: float | None = None
    source: str | None = None


class SearchWarning(BaseModel):
    code: str
    message: str


class SearchResponse(BaseModel):
    hits: list[SearchHit]
    warnings: list[SearchWarning] = []
