"""Releases on the wire."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from ...core.fields import OVERRULE, Line, Request, Response

Kind = Literal["template", "engine", "pack"]


class ReleaseResponse(Response):
    id: str
    kind: Kind
    subject: str
    value: str
    before: str
    verdict: dict[str, Any]
    overruled: str
    undoes: str | None = Field(description="The release that this one takes back")
    released_by: str
    released_at: datetime


class ReleaseListResponse(Response):
    items: list[ReleaseResponse]
    next_cursor: str | None


class PackReleaseRequest(Request):
    overrule: Line | None = OVERRULE
