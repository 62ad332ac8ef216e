"""admin-service: who a caller is, and what people ask of it through the gateway."""

from http import HTTPStatus
from typing import Any

from pydantic import BaseModel

from chassis.errors import UpstreamFailed
from chassis.tokens import ServiceTokens

from ..profiles import Profiles
from .forward import ForwardingClient
from .models import parsed

LIMIT_S = 10.0
"""A password check is slow on purpose; under load it may queue."""
VERIFY_LIMIT_S = 4.0
"""A request waits for this; the grace period follows where admin-service is away."""


class VerifiedKey(BaseModel):
    key_id: str
    user_id: str
    email: str = ""
    role: str
    scopes: list[str] = []


class VerifiedBrowser(BaseModel):
    """A browser's sign-in; `expires_in` in seconds."""

    session_id: str
    user_id: str
    email: str = ""
    name: str = ""
    role: str
    expires_in: int = 0


class UserRevocation(BaseModel):
    """Tokens of the user that were issued before this moment (seconds since 1970) are void."""

    id: str
    before: float


class Revocations(BaseModel):
    revision: int | str
    tokens: list[str] = []
    users: list[UserRevocation] = []
    keys: list[str] = []


class LogSettings(BaseModel):
    """Days that the log is kept, as admins have chosen; null: the environment's, 0: for ever."""

    keep_days: int | None = None
    keep_details_days: int | None = None


class PublishedSettings(BaseModel):
    log: LogSettings = LogSettings()


class AdminClient:
    def __init__(self, *, base_url: str, tokens: ServiceTokens, max_connections: int = 100) -> None:
        self.forwarding = ForwardingClient(
            upstream="admin-service",
            base_url=base_url,
            tokens=tokens,
            limit_s=LIMIT_S,
            max_connections=max_connections,
        )

    async def aclose(self) -> None:
        await self.forwarding.aclose()

    async def probe(self) -> str:
        await self.forwarding.request("GET", "/livez", limit_s=1.5)
        return "up"

    async def verify_key(self, key: str) -> VerifiedKey:
        answer = await self.forwarding.request_json(
            "POST", "/internal/keys/verify", body={"key": key}, limit_s=VERIFY_LIMIT_S, repeatable=True
        )
        return parsed(VerifiedKey, answer, upstream="admin-service")

    async def jwks(self) -> list[dict[str, Any]]:
        answer = await self.forwarding.request_json("GET", "/internal/jwks", limit_s=VERIFY_LIMIT_S, repeatable=True)
        keys = answer.get("keys", []) if isinstance(answer, dict) else []
        return [key for key in keys if isinstance(key, dict)]

    async def revocations(self, since: str) -> Revocations:
        answer = await self.forwarding.request_json(
            "GET", "/internal/revocations", params={"since": since}, limit_s=VERIFY_LIMIT_S
        )
        return parsed(Revocations, answer, upstream="admin-service")

    async def profiles(self, etag: str) -> tuple[str, Profiles] | None:
        """Values by model with their ETag; None where they are still the ones with this ETag."""
        headers = {"If-None-Match": etag} if etag else None
        response = await self.forwarding.request("GET", "/internal/profiles", headers=headers, limit_s=VERIFY_LIMIT_S)
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            return None
        try:
            return response.headers.get("etag", ""), Profiles.model_validate_json(response.content)
        except ValueError as error:
            raise UpstreamFailed("admin-service answered profiles in another form than agreed.") from error

    async def log_settings(self) -> LogSettings:
        answer = await self.forwarding.request_json("GET", "/internal/settings", repeatable=True)
        return parsed(PublishedSettings, answer, upstream="admin-service").log

    async def verify_browser(self, token: str) -> VerifiedKey:
        """Whom a browser's cookie speaks for; its session stands where a key's id does."""
        answer = await self.forwarding.request_json(
            "POST", "/internal/auth/browser/verify", body={"token": token}, limit_s=VERIFY_LIMIT_S, repeatable=True
        )
        found = parsed(VerifiedBrowser, answer, upstream="admin-service")
        return VerifiedKey(key_id=found.session_id, user_id=found.user_id, email=found.email, role=found.role)

    async def browser(self, token: str) -> VerifiedBrowser:
        """The sign-in of a browser, as admin-service knows it now."""
        answer = await self.forwarding.request_json("POST", "/internal/auth/browser/verify", body={"token": token})
        return parsed(VerifiedBrowser, answer, upstream="admin-service")

    async def sign_in(self, path: str, body: dict[str, Any]) -> Any:
        """`login`, `register`, `refresh`, `browser/login`, `browser/register`: tokens, or a browser's session."""
        return await self.forwarding.request_json("POST", f"/internal/auth/{path}", body=body)

    async def registration(self) -> Any:
        return await self.forwarding.request_json("GET", "/internal/auth/registration", repeatable=True)

    async def logout(self, refresh_token: str) -> None:
        await self.forwarding.request_json("POST", "/internal/auth/logout", body={"refresh_token": refresh_token})

    async def logout_browser(self, token: str) -> None:
        await self.forwarding.request_json("POST", "/internal/auth/browser/logout", body={"token": token})

    async def me(self, *, user_id: str, role: str) -> Any:
        return await self.forwarding.request_json("GET", "/internal/auth/me", user_id=user_id, role=role)

    async def update_me(self, body: dict[str, Any], *, user_id: str, role: str) -> Any:
        return await self.forwarding.request_json("PATCH", "/internal/auth/me", body=body, user_id=user_id, role=role)

    async def delete_me(self, body: dict[str, Any], *, user_id: str, role: str) -> None:
        await self.forwarding.request_json("DELETE", "/internal/auth/me", body=body, user_id=user_id, role=role)

    async def change_password(self, body: dict[str, Any], *, user_id: str, role: str) -> None:
        await self.forwarding.request_json("POST", "/internal/auth/password", body=body, user_id=user_id, role=role)
