"""Knowledge documents on the wire."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from ...core.fields import Line, LineList, OptionalLine, Prose, Request, Response, Slug

EntryId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$")]


class KnowledgeResponse(Response):
    id: str
    framework: str
    kind: str
    title: str
    text: str = Field(description="Markdown")
    aliases: list[str]
    tags: list[str]
    source: str
    enabled: bool
    version: int
    created_at: datetime
    updated_at: datetime


class KnowledgeListResponse(Response):
    items: list[KnowledgeResponse]
    next_cursor: str | None


class KnowledgeCreateRequest(Request):
    id: EntryId | None = Field(None, description="That of a pack's entry replaces it; made up where not given")
    framework: Slug
    kind: Slug
    title: Line
    text: Prose
    aliases: LineList = Field(default=[])
    tags: LineList = Field(default=[])
    source: OptionalLine = Field("", description="Where it comes from: shown beside citations")
    enabled: bool = True


class KnowledgeUpdateRequest(Request):
    """Only what is given changes."""

    framework: Slug | None = None
    kind: Slug | None = None
    title: Line | None = None
    text: Prose | None = None
    aliases: LineList | None = None
    tags: LineList | None = None
    source: OptionalLine | None = None
    enabled: bool | None = None
    version: int | None = Field(
        None, description="The version that was read: 409 where it is no longer the current one"
    )


class KnowledgeVersionResponse(Response):
    version: int
    created_by: str
    created_at: datetime
    document: dict[str, object]


class KnowledgeVersionsResponse(Response):
    items: list[KnowledgeVersionResponse]


class InternalEntry(Response):
    id: str
    framework: str
    kind: str
    title: str
    text: str
    aliases: list[str]
    tags: list[str]
    source: Annotated[str, AfterValidator(lambda source: source or "admin")] = Field(description="`admin` unless given")
    version: int


class InternalKnowledgeResponse(Response):
    revision: str
    entries: list[InternalEntry]
