"""llm-proxy: the engines that there are, and the stream of an engine's answer."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import orjson
from pydantic import BaseModel

from chassis import sse
from chassis.errors import UpstreamFailed, UpstreamTimedOut
from chassis.tokens import ServiceTokens

from .forward import ForwardingClient
from .models import parsed

LIMIT_S = 5.0
"""For the list of engines; streams have their own limits."""
ENGINES_FRESH_S = 5.0
CONTEXT_EXCEEDED = "context_length_exceeded"


class Engine(BaseModel):
    id: str
    kind: str = ""
    model: str | None = None
    model_class: str | None = None
    context_window: int | None = None
    max_output_tokens: int | None = None
    state: str = "unknown"
    builtin: bool = False


class Engines(BaseModel):
    default: str | None = None
    engines: list[Engine] = []

    def find(self, model: str | None) -> Engine | None:
        """The engine of that id or model name; of the default where none is named."""
        name = self.default if model in {None, "", "default"} else model
        by_id = next((engine for engine in self.engines if engine.id == name), None)
        return by_id or next((engine for engine in self.engines if engine.model == name), None)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of an engine's answer. Members that the part does not carry are empty."""

    text: str = ""
    reasoning: str = ""
    finish_reason: str | None = None
    usage: dict[str, Any] | None = None
    engine: str | None = None
    model: str | None = None
    degraded: bool = False
    fallback_reason: str | None = None
    adapter: str | None = None


@dataclass(frozen=True, slots=True)
class StreamLimits:
    """Seconds to the first byte, and between two of them."""

    first_byte_s: float
    gap_s: float


class LlmClient:
    def __init__(
        self, *, base_url: str, tokens: ServiceTokens, max_connections: int = 100, patience_s: float = 0.0
    ) -> None:
        self.forwarding = ForwardingClient(
            upstream="llm-proxy",
            base_url=base_url,
            tokens=tokens,
            limit_s=LIMIT_S,
            max_connections=max_connections,
            patience_s=patience_s,
        )
        self._engines: Engines | None = None
        self._engines_at = 0.0

    async def aclose(self) -> None:
        await self.forwarding.aclose()

    async def probe(self) -> str:
        await self.forwarding.request("GET", "/livez", limit_s=1.5)
        return "up"

    async def engines(self, *, max_age_s: float = ENGINES_FRESH_S) -> Engines | None:
        """The engines as of the last `max_age_s` seconds; as last known, or None, while the proxy can't say."""
        if self._engines is None or time.monotonic() - self._engines_at > max_age_s:
            self._engines_at = time.monotonic()
            try:
                answer = await self.forwarding.request_json("GET", "/v1/engines", repeatable=True)
                self._engines = parsed(Engines, answer, upstream="llm-proxy")
            except (UpstreamFailed, UpstreamTimedOut):
                return self._engines
        return self._engines

    async def chat(
        self, body: dict[str, Any], *, limits: StreamLimits, user_id: str, role: str
    ) -> AsyncIterator[Chunk]:
        """The chunks of `POST /v1/chat/completions`; ends only where the proxy said that the answer is complete.

        Raises:
            UpstreamRejected: the proxy refused the request (its OpenAI-shaped error becomes the detail).
            UpstreamFailed: unreachable, broken off, or an error inside the stream.
            UpstreamTimedOut: the first byte, or the next one, took too long.
        """
        async with self.forwarding.forward(
            "POST", "/v1/chat/completions", content=orjson.dumps(body), headers={"Accept": sse.MEDIA_TYPE},
            user_id=user_id, role=role, first_byte_s=limits.first_byte_s, patient=True,
        ) as response:  # fmt: skip
            if response.status_code >= 400:
                await response.aread()
                raise _refusal(response)
            async for event in sse.decode(_limited(response, limits)):
                if event.data == "[DONE]":
                    return
                yield _chunk(event.data)
        raise UpstreamFailed("llm-proxy ended the answer before it was complete.", code="engine_stream_cut")


async def _limited(response: httpx.Response, limits: StreamLimits) -> AsyncIterator[bytes]:
    reader = response.aiter_raw()
    limit = limits.first_byte_s
    while True:
        try:
            async with asyncio.timeout(limit):
                data = await anext(reader)
        except StopAsyncIteration:
            return
        except TimeoutError as error:
            raise UpstreamTimedOut(f"The engine behind llm-proxy sent nothing for {limit:.0f} s.") from error
        except httpx.TransportError as error:
            raise UpstreamFailed("llm-proxy broke the stream off.", code="engine_stream_cut") from error
        limit = limits.gap_s
        yield data


def _refusal(response: httpx.Response) -> UpstreamFailed:
    """llm-proxy's OpenAI-shaped error, or a problem document of its guard."""
    try:
        document = orjson.loads(response.content)
    except orjson.JSONDecodeError:
        document = {}
    document = document if isinstance(document, dict) else {}
    error = document.get("error")
    error = error if isinstance(error, dict) else document
    message = error.get("message") or error.get("detail")
    counts = {name: error[name] for name in ("n_prompt_tokens", "n_ctx") if isinstance(error.get(name), int)}
    return UpstreamFailed(
        _storable(f"llm-proxy answered {response.status_code}: {message or 'no reason given'}"),
        code=CONTEXT_EXCEEDED if error.get("code") == CONTEXT_EXCEEDED else "",
        extra={"upstream_status": response.status_code, **counts},
    )


def _chunk(data: str) -> Chunk:
    try:
        frame = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise UpstreamFailed("llm-proxy sent a frame that is not JSON.", code="engine_stream_cut") from error
    if frame.get("error"):
        message = frame["error"].get("message") if isinstance(frame["error"], dict) else frame["error"]
        raise UpstreamFailed(_storable(f"The engine failed: {message}"), code="engine_failed")
    choice = (frame.get("choices") or [{}])[0]
    delta = choice.get("delta") or {}
    about = frame.get("framewright") or {}
    return Chunk(
        text=_storable(delta.get("content") or ""),
        reasoning=_storable(delta.get("reasoning_content") or ""),
        finish_reason=choice.get("finish_reason"),
        usage=frame.get("usage"),
        engine=about.get("engine"),
        model=_storable(about.get("model") or frame.get("model") or "") or None,
        degraded=bool(about.get("degraded")),
        fallback_reason=_storable(about.get("fallback_reason") or "") or None,
        adapter=about.get("adapter") or None,
    )


def _storable(text: str) -> str:
    """Without U+0000, which models do say and PostgreSQL does not take; no JSON has half a surrogate pair."""
    return text.replace("\x00", "")
