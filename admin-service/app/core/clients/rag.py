"""rag-service: the knowledge index, and the prompt that a template makes."""

from collections.abc import AsyncIterator
from typing import Any

from chassis import sse
from chassis.errors import UpstreamFailed
from chassis.tokens import ServiceTokens

_LIMIT_S = 15.0
"""A prompt is assembled after a search."""
_FIRST_BYTE_S = 30.0
_BROKEN_OFF = "rag-service broke the answer off."


class RagClient:
    """One method for each operation; errors as `chassis.http_client` raises them."""

    def __init__(self, *, base_url: str, tokens: ServiceTokens) -> None:
        from chassis.http_client import ServiceClient

        self._client = ServiceClient(
            upstream="rag-service", base_url=base_url, tokens=tokens, limit_s=_LIMIT_S, max_connections=10
        )

    async def index_state(self, *, user_id: str, role: str) -> dict[str, dict[str, Any]]:
        """By framework: entries known and indexed."""
        path = "/v1/knowledge/status"
        answer: dict[str, dict[str, Any]] = await self._client.request_json(
            "GET", path, user_id=user_id, role=role, repeatable=True
        )
        return answer

    async def index(self, *, everything: bool, user_id: str, role: str) -> AsyncIterator[sse.ServerSentEvent]:
        """The events of a run, as it goes."""
        import httpx

        path = f"/v1/knowledge/index?everything={str(everything).lower()}"
        opened = self._client.stream(
            "POST", path, accept=sse.MEDIA_TYPE, user_id=user_id, role=role, first_byte_s=_FIRST_BYTE_S
        )
        try:
            async with opened as response:
                async for event in sse.decode(response.aiter_bytes()):
                    yield event
        except httpx.TransportError as error:
            raise UpstreamFailed(_BROKEN_OFF) from error

    async def prompt(self, body: dict[str, Any], *, user_id: str, role: str) -> dict[str, Any]:
        """Messages for an engine, with what was cut and counted."""
        answer: dict[str, Any] = await self._client.request_json(
            "POST", "/v1/prompts", body=body, user_id=user_id, role=role, repeatable=True
        )
        return answer

    async def aclose(self) -> None:
        await self._client.aclose()
