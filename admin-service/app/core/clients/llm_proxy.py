"""llm-proxy: the LoRA adapters of the engines and their shares of the calls; and one answer of one engine."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

import orjson

from chassis import sse
from chassis.errors import UpstreamFailed, UpstreamRejected
from chassis.tokens import ServiceTokens

_LIMIT_S = 120.0
"""A server reads an adapter from its disk, or loads a model, before it answers."""
_LIST_LIMIT_S = 5.0


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

    async def engines(self, *, user_id: str, role: str) -> list[dict[str, Any]]:
        """Each with its window, its class and its state."""
        answer = await self._client.request_json(
            "GET", "/v1/engines", user_id=user_id, role=role, repeatable=True, limit_s=_LIST_LIMIT_S
        )
        return list(answer.get("engines") or [])

    async def chat(self, body: dict[str, Any], *, user_id: str, role: str) -> AsyncIterator[dict[str, Any]]:
        """The frames of an engine's streamed answer.

        Raises:
            ServiceError: refused, unreachable, silent for too long, or an error in the midst of the answer.
        """
        import httpx

        path = "/v1/chat/completions"
        opened = self._client.stream(
            "POST", path, body=body, accept=sse.MEDIA_TYPE, user_id=user_id, role=role, first_byte_s=_LIMIT_S
        )
        try:
            async with opened as response:
                async for event in sse.decode(response.aiter_bytes()):
                    if event.data == "[DONE]":
                        return
                    frame = orjson.loads(event.data)
                    if frame.get("error"):
                        message = frame["error"].get("message") or "no reason given"
                        raise UpstreamFailed(f"The engine failed: {message}", code="engine_failed")
                    yield frame
        except UpstreamRejected as error:
            raise _in_words(error) from error
        except httpx.TransportError as error:
            raise UpstreamFailed("llm-proxy broke the answer off.", code="engine_stream_cut") from error
        raise UpstreamFailed("llm-proxy ended the answer before it was complete.", code="engine_stream_cut")

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


def _in_words(error: UpstreamRejected) -> UpstreamRejected:
    """On OpenAI's paths llm-proxy refuses in OpenAI's shape: its message is what a person has to read."""
    said = error.extra.get("error")
    if not isinstance(said, dict):
        return error
    document = {"detail": said.get("message"), "code": said.get("code") or said.get("type")}
    return UpstreamRejected(error.upstream, int(error.status), document)
