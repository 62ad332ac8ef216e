"""Ollama's answers: one JSON object a line, the last with `done`, counts and times (nanoseconds)."""

import time
from datetime import UTC, datetime
from typing import Any

import orjson

from chassis.errors import ServiceError

from ...core.relay import LastFrame
from ...engines.protocol import Batch, Piece, Run, Usage
from ...routing.opened import Route


def now() -> str:
    """As Go writes a time."""
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


class Lines:
    """The lines of one answer under the name that was asked for."""

    def __init__(self, model: str, route: Route, *, generate: bool, cut: int) -> None:
        self._generate = generate
        self._model = model
        self._framewright = route.document() | ({"prompt_characters_cut": cut} if cut else {})
        self._started = time.perf_counter_ns()
        self._finish = "stop"

    def encode(self, batch: Batch) -> bytes:
        """Ollama has one answer: other choices are not asked for."""
        parts: list[bytes] = []
        for item in batch:
            if isinstance(item, Usage):
                parts.append(line(self.end(item)))
                return LastFrame(b"".join(parts))
            parts += self._part(item)
        return b"".join(parts)

    def _part(self, item: Piece | Run) -> list[bytes]:
        if isinstance(item, Run):
            return [line(self.document(item.text))]
        self._finish = item.finish or self._finish
        if not (item.text or item.reasoning or item.tool_calls):
            return []
        return [line(self.document(item.text, item.reasoning, item.tool_calls))]

    def document(self, text: str, thinking: str = "", tool_calls: list[dict[str, Any]] | None = None) -> dict[str, Any]:
        """A line that goes on."""
        head = {"model": self._model, "created_at": now()}
        if self._generate:
            return head | {"response": text} | ({"thinking": thinking} if thinking else {}) | {"done": False}
        message: dict[str, Any] = {"role": "assistant", "content": text}
        if thinking:
            message["thinking"] = thinking
        if tool_calls:
            message["tool_calls"] = [{"function": _function(call["function"])} for call in tool_calls]
        return head | {"message": message, "done": False}

    def end(self, usage: Usage, **answer: Any) -> dict[str, Any]:
        """The last line; a whole answer is this line with its text."""
        took = time.perf_counter_ns() - self._started
        document = self.document(**{"text": "", **answer}) | {"done": True, "done_reason": self._reason()}
        return document | {
            "total_duration": took,
            "load_duration": 0,
            "prompt_eval_count": usage.prompt_tokens,
            "prompt_eval_duration": 0,
            "eval_count": usage.completion_tokens,
            "eval_duration": took,
            "framewright": self._framewright,
        }

    def finish(self, reason: str | None) -> None:
        self._finish = reason or self._finish

    def _reason(self) -> str:
        return "length" if self._finish == "length" else "stop"


def _function(function: dict[str, Any]) -> dict[str, Any]:
    """Arguments are an object here, a string at OpenAI's."""
    try:
        arguments = orjson.loads(function.get("arguments") or "{}")
    except orjson.JSONDecodeError:
        arguments = {"raw": function.get("arguments")}
    return {"name": function.get("name", ""), "arguments": arguments}


def line(document: dict[str, Any]) -> bytes:
    """One object and its line feed."""
    return orjson.dumps(document) + b"\n"


def error_line(error: ServiceError) -> bytes:
    return line({"error": error.detail})
