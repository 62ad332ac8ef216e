"""Search on the wire."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from ...core.entries import Kind, Origin
from ...core.settings import ModelClass


class SearchScreen(BaseModel):
    pattern: str | None = Field(None, max_length=60)
    types: list[str] = Field(default_factory=list, max_length=200, description="Of its fields, as in the data model.")


class SearchRequest(BaseModel):
    query: Annotated[str, StringConstraints(min_length=1, max_length=100_000, strip_whitespace=True)]
    framework: str | None = None
    kinds: list[Kind] | None = None
    components: list[str] | None = Field(None, max_length=50, description="What the entries are about; all if null.")
    origins: list[Origin] | None = Field(
        None, description="Where entries come from: packs, admins, accepted screens; all if null."
    )
    screen: SearchScreen | None = Field(
        None, description="The screen that the knowledge is for: what it needs is found however the query is worded."
    )
    limit: int | None = Field(None, ge=1, le=100)
    model_class: ModelClass | None = None
    threshold: float | None = Field(None, ge=0, le=1)
    index: Literal["knowledge", "code", "all"] = Field(
        "knowledge", description="`all`: knowledge, and beside it the surest code of the indexed repositories."
    )
    repositories: list[str] | None = Field(None, max_length=100, description="Of code: names or ids; all if null.")
    language: Literal["ko", "en"] | None = Field(None, description="Of the texts; by the query if null.")


class SearchHit(BaseModel):
    id: str
    title: str
    kind: str
    text: str
    score: float = Field(description="0 to 1; thresholds are compared with it.")
    dense: float
    sparse: float
    source: str
    framework: str
    origin: Origin


class SearchWarning(BaseModel):
    code: str
    message: str


class SearchResponse(BaseModel):
    hits: list[SearchHit]
    threshold: float | None
    considered: int
    warnings: list[SearchWarning]
