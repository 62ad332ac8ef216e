"""`/api/embed` by embedding-service."""

import time
from typing import Any, Protocol

from chassis.errors import FieldError, InvalidInput, UpstreamFailed

from .schemas import EmbedRequest


class EmbeddingPort(Protocol):
    """What is needed of embedding-service's client."""

    async def embed(self, texts: list[str], *, user_id: str, role: str) -> dict[str, Any]: ...


class EmbedService:
    """Ollama's embeddings out of OpenAI's."""

    def __init__(self, client: EmbeddingPort) -> None:
        self._client = client

    async def embed(self, request: EmbedRequest, *, user_id: str, role: str) -> dict[str, Any]:
        """The embeddings in the order of the texts.

        Raises:
            InvalidInput: a text was too long, and `truncate` forbids that it is cut.
            UpstreamFailed, UpstreamTimedOut: embedding-service gave no answer.
        """
        started = time.perf_counter_ns()
        texts = [request.input] if isinstance(request.input, str) else request.input
        answer = await self._client.embed(texts, user_id=user_id, role=role)
        data = answer.get("data")
        if not isinstance(data, list):
            raise UpstreamFailed("embedding-service answered no embeddings.")
        if not request.truncate and any(item.get("truncated") for item in data):
            raise InvalidInput(
                "An input is longer than the model's context length.", errors=[FieldError("input", "too long")]
            )
        ordered = sorted(data, key=lambda item: int(item["index"]))
        return {
            "model": request.model or str(answer.get("model", "")),
            "embeddings": [item["embedding"] for item in ordered],
            "total_duration": time.perf_counter_ns() - started,
            "load_duration": 0,
            "prompt_eval_count": int((answer.get("usage") or {}).get("prompt_tokens") or 0),
        }
