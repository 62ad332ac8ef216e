"""admin-service: who a caller is, and what people ask of it through the gateway."""

from typing import Any

from pydantic import BaseModel

from chassis.tokens import ServiceTokens

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


class UserRevocation(BaseModel):
    """Tokens of the user that were issued before this moment (seconds since 1970) are void."""

    id: str
    before: float


class Revocations(BaseModel):
    revision: int | str
    tokens: list[str] = []
    users: list[UserRevocation] = []
    keys: list[str] = []


class AdminClient:
    def __init__(self, *, base_url: str, tokens: ServiceTokens) -> None:
        self.forwarding = ForwardingClient(upstream="admin-service", base_url=base_url, tokens=tokens, limit_s=LIMIT_S)

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

    async def login(self, body: dict[str, Any]) -> Any:
        return await self.forwarding.request_json("POST", "/internal/auth/login", body=body)

    async def refresh(self, body: dict[str, Any]) -> Any:
        return await self.forwarding.request_json("POST", "/internal/auth/refresh", body=body)

    async def logout(self, body: dict[str, Any], *, user_id: str, role: str) -> None:
        await self.forwarding.request_json("POST", "/internal/auth/logout", body=body, user_id=user_id, role=role)

    async def me(self, *, user_id: str, role: str) -> Any:
        return await self.forwarding.request_json("GET", "/internal/auth/me", user_id=user_id, role=role)
