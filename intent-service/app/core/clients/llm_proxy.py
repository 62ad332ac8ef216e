"""llm-proxy: which engine is the default, and one structured answer from it."""

import time
from collections.abc import Callable
from typing import Any

import orjson
from pydantic import BaseModel, ValidationError

from chassis.errors import ServiceError
from chassis.http_client import ServiceClient
from chassis.tokens import ServiceTokens

_ENGINES_FRESH_S = 5.0
_ENGINES_LIMIT_S = 1.0
_MAX_TOKENS = 700


class Engine(BaseModel):
    id: str
    model: str = ""
    builtin: bool = False
    state: str = "unknown"


class Engines(BaseModel):
    default: str
    engines: list[Engine] = []

    def usable(self, model: str | None) -> bool:
        """Whether the asked engine (or the default) is a model, and not known to be down."""
        wanted = model if model and model != "default" else self.default
        engine = next((item for item in self.engines if wanted in {item.id, item.model}), None)
        return engine is not None and not engine.builtin and engine.state != "down"


class LlmProxyClient:
    """`GET /v1/engines`, `POST /v1/chat/completions`."""

    def __init__(
        self, *, base_url: str, tokens: ServiceTokens, limit_s: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._service = ServiceClient(upstream="llm-proxy", base_url=base_url, tokens=tokens, limit_s=limit_s)
        self._clock = clock
        self._engines: Engines | None = None
        self._asked_at = float("-inf")

    async def aclose(self) -> None:
        await self._service.aclose()

    async def usable(self, model: str | None) -> bool:
        """Whether an engine with a model can be asked; what was found is kept for a few seconds."""
        if self._clock() - self._asked_at > _ENGINES_FRESH_S:
            self._asked_at = self._clock()
            try:
                document = await self._service.request_json("GET", "/v1/engines", limit_s=_ENGINES_LIMIT_S)
                self._engines = Engines.model_validate(document)
            except (ServiceError, ValidationError):
                self._engines = None
        return self._engines is not None and self._engines.usable(model)

    async def ask(
        self, *, system: str, user: str, schema_name: str, schema: dict[str, Any], model: str | None
    ) -> dict[str, Any] | None:
        """The engine's answer as an object; None where it failed, took too long, or was no JSON."""
        body = {
            "model": model or "default",
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
            "temperature": 0,
            "max_tokens": _MAX_TOKENS,
            "response_format": {"type": "json_schema", "json_schema": {"name": schema_name, "schema": schema}},
            "framewright": {"allow_fallback": False},
        }
        try:
            answer = await self._service.request_json("POST", "/v1/chat/completions", body=body)
            content = answer["choices"][0]["message"]["content"]
            value = orjson.loads(content[content.index("{") : content.rindex("}") + 1])
        except (ServiceError, KeyError, IndexError, TypeError, AttributeError, ValueError):
            return None
        return value if isinstance(value, dict) else None
