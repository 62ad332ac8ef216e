"""llm-proxy: the LoRA adapters of the engines, and their shares of the calls."""

from typing import Any
from urllib.parse import quote

from chassis.tokens import ServiceTokens

_LIMIT_S = 120.0
"""A server reads an adapter from its disk before it answers."""


class LlmProxyClient:
    """One method for each operation; each gives `{engine, base_weight, adapters: [{name, path, scale, weight}]}`."""

    def __init__(self, *, base_url: str, tokens: ServiceTokens) -> None:
        from chassis.http_client import ServiceClient

        self._client = ServiceClient(
            upstream="llm-proxy", base_url=base_url, tokens=tokens, limit_s=_LIMIT_S, max_connections=10
        )

    async def adapters(self, engine_id: str, *, user_id: str, role: str) -> dict[str, Any]:
        return await self._call("GET", engine_id, "", None, user_id=user_id, role=role)

    async def load(
        self, engine_id: str, *, name: str, version: str, path: str, user_id: str, role: str
    ) -> dict[str, Any]:
        body = {"name": name, "version": version, "path": path}
        return await self._call("POST", engine_id, "", body, user_id=user_id, role=role)

    async def unload(self, engine_id: str, name: str, *, user_id: str, role: str) -> dict[str, Any]:
        return await self._call("DELETE", engine_id, f"/{quote(name, safe='')}", None, user_id=user_id, role=role)

    async def weigh(self, engine_id: str, weights: dict[str, float], *, user_id: str, role: str) -> dict[str, Any]:
        return await self._call("PUT", engine_id, "/weights", {"weights": weights}, user_id=user_id, role=role)

    async def roll_back(self, engine_id: str, *, user_id: str, role: str) -> dict[str, Any]:
        return await self._call("POST", engine_id, "/rollback", None, user_id=user_id, role=role)

    async def aclose(self) -> None:
        await self._client.aclose()

    async def _call(
        self, method: str, engine_id: str, below: str, body: Any, *, user_id: str, role: str
    ) -> dict[str, Any]:
        path = f"/v1/engines/{quote(engine_id, safe='')}/adapters{below}"
        answer: dict[str, Any] = await self._client.request_json(
            method, path, body=body, user_id=user_id, role=role, repeatable=method == "GET"
        )
        return answer
