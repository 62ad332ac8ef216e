"""The audit log on the wire."""

from datetime import datetime
from typing import Any

from pydantic import Field

from ...core.fields import Response


class AuditResponse(Response):
    id: str
    at: datetime
    actor_id: str
    actor_service: str
    action: str
    subject_kind: str
    subject_id: str
    before: dict[str, Any] | None = Field(description="Of a change, the members that differ; never a secret")
    after: dict[str, Any] | None
    trace_id: str


class AuditListResponse(Response):
    items: list[AuditResponse]
    next_cursor: str | None
