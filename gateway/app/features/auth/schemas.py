"""The wire models of accounts."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class LoginRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    email: Annotated[str, Field(min_length=1, max_length=320)]
    password: Annotated[str, Field(min_length=1, max_length=1_024)]


class RefreshRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    refresh_token: Annotated[str, Field(min_length=1, max_length=4_096)]


class AccountUser(BaseModel):
    model_config = ConfigDict(extra="allow")

    id: str
    email: str = ""
    name: str | None = None
    role: str


class TokenResponse(BaseModel):
    """`expires_in`: seconds that the access token lives."""

    model_config = ConfigDict(extra="allow")

    access_token: str
    refresh_token: str
    expires_in: int
    token_type: str = "bearer"  # noqa: S105 - the scheme's name
    user: AccountUser | None = None
