"""Accepted screens and what was decided about them, on the wire."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from ...core.fields import Line, LineList, Request, Response

Status = Literal["pending", "approved", "rejected", "retracted"]
Reason = Annotated[Line, Field(max_length=300)]


class ExampleLine(Response):
    """The prompt is scrubbed of personal data and secrets."""

    generation_id: str
    created_at: datetime
    user_id: str
    prompt: str
    framework: str | None
    engine: str | None
    model: str | None
    rating: int | None
    consent: bool
    distance: dict[str, Any] | None
    status: Status
    title: str
    reason: str
    decided_by: str | None
    decided_at: datetime | None


class ExampleListResponse(Response):
    items: list[ExampleLine]
    next_cursor: str | None


class ExampleFile(Response):
    path: str
    language: str
    content: str
    diff: str = Field(description="Unified, from what was emitted; empty where nobody changed it")


class ExampleResponse(ExampleLine):
    comment: str | None
    pattern: str | None
    entry_id: str | None
    spec: dict[str, Any] | None
    files: list[ExampleFile]
    scrubbed: dict[str, int] = Field(description="What was taken out, by kind")


class ApprovalRequest(Request):
    title: Line
    aliases: LineList = Field(default=[], description="What the screen is asked by, in both languages")


class RefusalRequest(Request):
    reason: Reason
