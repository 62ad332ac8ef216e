"""Sign-in on the wire, between the gateway and us."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field, SecretStr

from ...core.fields import Email, Line, Request, Response


class LoginRequest(Request):
    email: str = Field(max_length=254)
    password: SecretStr = Field(max_length=1024)
    client: str = Field("", max_length=64, description="Address of the person's machine, for the rate limit")


class RegisterRequest(Request):
    email: Email
    password: SecretStr = Field(max_length=1024)
    name: Line | None = None
    invitation: str | None = Field(None, min_length=1, max_length=200)
    client: str = Field("", max_length=64, description="Address of the person's machine, for the rate limit")


class RegistrationResponse(Response):
    mode: Literal["open", "invitation", "closed"]


class BrowserTokenRequest(Request):
    token: SecretStr = Field(max_length=200)


class RefreshRequest(Request):
    refresh_token: SecretStr = Field(max_length=200)


class ProfileRequest(Request):
    name: Line


class PasswordRequest(Request):
    current_password: SecretStr = Field(max_length=1024)
    new_password: SecretStr = Field(max_length=1024)


class AccountDeleteRequest(Request):
    password: SecretStr = Field(max_length=1024)


class BootstrapRequest(Request):
    email: Email
    password: SecretStr | None = Field(None, max_length=1024)


class AccountResponse(Response):
    id: str
    email: str
    name: str
    role: str


class ProfileResponse(AccountResponse):
    created_at: datetime
    last_login_at: datetime | None


class TokenResponse(Response):
    access_token: str
    refresh_token: str
    expires_in: int = Field(description="Seconds until the access token expires")
    refresh_expires_in: int = Field(description="Seconds until a new sign-in is needed")
    user: AccountResponse


class BrowserSessionResponse(Response):
    session_token: str = Field(description="For the cookie: shown this once")
    session_id: str
    expires_in: int = Field(description="Seconds until a new sign-in is needed")
    user: AccountResponse


class BrowserVerifyResponse(Response):
    session_id: str
    user_id: str
    email: str
    name: str
    role: str
    expires_in: int


class KeySetResponse(Response):
    keys: list[dict[str, Any]]


class RevokedUser(Response):
    id: str
    before: int = Field(description="Tokens issued before this second (epoch) are void")


class RevocationsResponse(Response):
    revision: str
    tokens: list[str]
    users: list[RevokedUser]
    keys: list[str]


class BootstrapResponse(Response):
    created: bool
    admin_email: str | None = None
    admin_password: str | None = None
    api_key: str | None = None
