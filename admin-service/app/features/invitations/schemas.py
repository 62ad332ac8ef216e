"""Invitations on the wire."""

from datetime import datetime

from pydantic import Field

from ...core.fields import Email, Request, Response, Role


class InvitationResponse(Response):
    id: str
    email: str | None
    role: str
    created_by: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    used_by: str | None


class InvitationCreateRequest(Request):
    email: Email | None = Field(None, description="Whom it is for; anybody who has the code where it is not given")
    role: Role = "developer"
    days: int = Field(7, ge=1, le=90)


class InvitationCreatedResponse(Response):
    invitation: InvitationResponse
    code: str = Field(description="The code itself: shown this once")


class InvitationListResponse(Response):
    items: list[InvitationResponse]
    next_cursor: str | None
