"""API keys on the wire."""

from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from ...core.fields import Line, Request, Response
from ...security.api_keys import SCOPES

Scope = Annotated[str, StringConstraints(pattern=f"^({'|'.join(SCOPES)})$")]


class KeyResponse(Response):
    id: str
    user_id: str
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


class KeyCreateRequest(Request):
    name: Line
    user_id: str | None = Field(None, max_length=64, description="Admins make keys for others too")
    scopes: list[Scope] = Field(default=[], max_length=len(SCOPES), description="Empty: all that the role may")
    expires_at: AwareDatetime | None = None


class KeyCreatedResponse(Response):
    key: KeyResponse
    api_key: str = Field(description="The key itself: shown this once")


class KeyListResponse(Response):
    items: list[KeyResponse]
    next_cursor: str | None


class KeyVerifyRequest(Request):
    key: str = Field(max_length=200)


class KeyVerifyResponse(Response):
    key_id: str
    user_id: str
    email: str
    role: str
    scopes: list[str]
    expires_at: datetime | None
