"""Answers of the Responses API: events that name themselves, the last of them with the whole response."""

from dataclasses import dataclass, field
from typing import Any

from .errors import EngineFailed
from .events import EventBuffer
from .protocol import Batch, EngineCall, Piece, Usage
from .readers import frame_of
from .upstream_errors import error_from
from .usage import estimate_tokens, estimated_usage

_BEFORE_CONTENT = frozenset({"response.created", "response.queued", "response.in_progress"})
_LAST = frozenset({"response.completed", "response.incomplete"})


@dataclass(slots=True)
class ResponseEvent(Piece):
    """An event as the engine sent it. `text` is what it adds to the answer."""

    event: dict[str, Any] = field(default_factory=dict)


class ResponsesReader:
    """What comes before any content is held back with it: until then another engine may still answer."""

    def __init__(self, engine: str, call: EngineCall) -> None:
        self._engine = engine
        self._call = call
        self._buffer = EventBuffer()
        self._held: Batch = []
        self._tokens = 0
        self.ended = False

    def feed(self, chunk: bytes) -> Batch:
        for data in self._buffer.feed(chunk):
            if self.ended or data == b"[DONE]":
                continue
            self._add(frame_of(data, engine=self._engine))
        if all(isinstance(item, ResponseEvent) and item.event["type"] in _BEFORE_CONTENT for item in self._held):
            return []
        batch, self._held = self._held, []
        return batch

    def close(self) -> Batch:
        raise EngineFailed(f"The engine {self._engine} ended its answer in the middle.", code="engine_truncated")

    def _add(self, event: dict[str, Any]) -> None:
        kind = str(event.get("type") or "")
        response = event.get("response")
        if kind in {"error", "response.failed"}:
            error = response.get("error") if isinstance(response, dict) else event
            raise error_from(500, {"error": error or "the response failed"}, engine=self._engine)
        if not kind:
            raise EngineFailed(f"The engine {self._engine} sent an event without a type.")
        text = str(event.get("delta") or "") if kind.endswith(".delta") else ""
        self._tokens += estimate_tokens(text)
        self._held.append(ResponseEvent(text=text, event=event))
        if kind in _LAST:
            self.ended = True
            self._held.append(self._usage(response))

    def _usage(self, response: Any) -> Usage:
        usage = response.get("usage") if isinstance(response, dict) else None
        if not isinstance(usage, dict) or not isinstance(usage.get("input_tokens"), int):
            return estimated_usage(self._call, self._tokens)
        read, written = usage.get("input_tokens_details") or {}, usage.get("output_tokens_details") or {}
        return Usage(
            prompt_tokens=usage["input_tokens"],
            completion_tokens=int(usage.get("output_tokens") or 0),
            reasoning_tokens=written.get("reasoning_tokens"),
            cached_tokens=read.get("cached_tokens"),
        )
