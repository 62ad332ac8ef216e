"""The wire models of accounts."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Address = Annotated[str, Field(min_length=1, max_length=254)]
Password = Annotated[str, Field(min_length=1, max_length=1_024)]
Line = Annotated[str, Field(min_length=1, max_length=300)]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class LoginRequest(_Request):
    """`cookie`: sign this browser in by an HttpOnly cookie; no token is answered."""

    email: Address
    password: Password
    cookie: bool = False


class RegisterRequest(_Request):
    email: Address
    password: Password
    name: Line | None = None
    invitation: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    cookie: bool = False


class RefreshRequest(_Request):
    refresh_token: Annotated[str, Field(min_length=1, max_length=200)]


class LogoutRequest(_Request):
    """With the cookie no body is needed."""

    refresh_token: Annotated[str, Field(min_length=1, max_length=200)] | None = None


class ProfileRequest(_Request):
    name: Line


class AccountDeleteRequest(_Request):
    password: Password


class PasswordRequest(_Request):
    current_password: Password
    new_password: Password


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


class BrowserResponse(BaseModel):
    """`csrf_token` goes into the header `X-CSRF-Token` of every call that changes something; `expires_in`: seconds."""

    user: AccountUser
    csrf_token: str
    expires_in: int


class RegistrationResponse(BaseModel):
    mode: Literal["open", "invitation", "closed"]


class UsageTotals(BaseModel):
    sessions: int
    messages: int
    generations: int
    completed: int
    failed: int
    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class UsageDay(BaseModel):
    date: date
    generations: int
    messages: int
    prompt_tokens: int
    completion_tokens: int


class UsageModel(BaseModel):
    model: str | None
    generations: int
    total_tokens: int


class UsageResponse(BaseModel):
    """`totals` are of all time; `days` (UTC) and `models` of the days asked for."""

    totals: UsageTotals
    days: list[UsageDay]
    models: list[UsageModel]
