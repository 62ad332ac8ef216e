"""Users on the wire."""

from datetime import datetime

from pydantic import Field, SecretStr

from ...core.fields import Email, Line, Request, Response, Role


class UserResponse(Response):
    id: str
    email: str
    name: str
    role: str
    disabled: bool
    last_login_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime


class UserCreateRequest(Request):
    email: Email
    name: Line | None = None
    role: Role = "developer"
    password: SecretStr | None = Field(None, description="Made up, and answered once, where it is not given")


class UserUpdateRequest(Request):
    """Only what is given changes."""

    name: Line | None = None
    role: Role | None = None
    disabled: bool | None = None
    version: int | None = Field(
        None, description="The version that was read: 409 where it is no longer the current one"
    )


class PasswordResetRequest(Request):
    password: SecretStr | None = None


class UserCreatedResponse(Response):
    user: UserResponse
    password: str | None = Field(description="The password that was made up: shown this once")


class UserListResponse(Response):
    items: list[UserResponse]
    next_cursor: str | None
