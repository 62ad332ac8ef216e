"""Prompt templates on the wire."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from ...core.fields import OVERRULE, Line, OptionalLine, Prose, Request, Response, Slug

Task = Literal["spec", "direct", "answer", "modify", "chat"]
Label = Literal["production", "staging"]
VersionNumber = Annotated[int, Field(ge=1, le=1_000_000)]


class TemplateResponse(Response):
    id: str = Field(description="`<framework>/<name>`, as the pack's template that it replaces")
    framework: str
    task: str
    labels: dict[str, int] = Field(description="Which version each label stands on")
    latest_version: int
    version: int = Field(description="Counts changes of any kind; the ETag")
    created_at: datetime
    updated_at: datetime


class TemplateVersionResponse(Response):
    version: int
    note: str
    created_by: str
    created_at: datetime


class TemplateVersionLineResponse(TemplateVersionResponse):
    created_by_name: str = Field(description="The id where the account is gone")


class TemplateContentResponse(TemplateVersionResponse):
    content: str


class TemplateDetailResponse(TemplateResponse):
    content: str = Field(description="Of the latest version")
    versions: list[TemplateVersionLineResponse] = Field(description="The newest first, 200 at most")


class TemplateListResponse(Response):
    items: list[TemplateResponse]
    next_cursor: str | None


class TemplateCreateRequest(Request):
    framework: Slug
    name: Slug | None = Field(None, description="The task's name unless given")
    task: Task
    content: Prose
    note: OptionalLine = ""
    labels: list[Label] = Field(default=[], max_length=2)
    overrule: Line | None = OVERRULE


class TemplateVersionRequest(Request):
    """A version is written on top of one that was read: 409 where that is not the latest any more."""

    content: Prose
    base_version: VersionNumber
    note: OptionalLine = ""


class LabelRequest(Request):
    version: VersionNumber
    expected: int | None = Field(
        None, description="Where the label stood when it was read; 0: nowhere. 409 if it moved"
    )
    overrule: Line | None = OVERRULE


class DiffResponse(Response):
    from_version: int
    to_version: int
    diff: str = Field(description="Unified diff; empty where both are the same")
    added: int
    removed: int


class InternalTemplate(Response):
    id: str
    framework: str
    task: str
    version: str
    content: str
    label: str


class InternalTemplatesResponse(Response):
    revision: str
    templates: list[InternalTemplate]
