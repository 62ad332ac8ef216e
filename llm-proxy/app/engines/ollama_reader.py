"""Ollama's answers, one JSON object a line, as batches. The end is `"done": true`; a line with `error` is a failure."""

from typing import Any

import orjson

from .errors import EngineFailed
from .events import MAX_EVENT_BYTES
from .normalise import finish_reason
from .protocol import Batch, Piece, Usage
from .readers import frame_of


class OllamaReader:
    """Reads `/api/chat` and `/api/generate` alike, streamed or whole."""

    def __init__(self, engine: str) -> None:
        self._engine = engine
        self._rest = b""
        self._calls = 0
        self.ended = False

    def feed(self, chunk: bytes) -> Batch:
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        if len(self._rest) > MAX_EVENT_BYTES:
            raise EngineFailed(f"The engine {self._engine} sent a line that does not end.")
        batch: Batch = []
        for line in lines:
            if line.strip() and not self.ended:
                batch += self._line(line)
        return batch

    def close(self) -> Batch:
        batch = self._line(self._rest) if self._rest.strip() else []
        if not self.ended:
            raise EngineFailed(f"The engine {self._engine} ended its answer in the middle.", code="engine_truncated")
        return batch

    def _line(self, line: bytes) -> Batch:
        frame = frame_of(line, engine=self._engine)
        message = frame.get("message") or {}
        text = str(message.get("content") or frame.get("response") or "")
        thinking = str(message.get("thinking") or frame.get("thinking") or "")
        calls = [self._tool_call(call) for call in message.get("tool_calls") or ()]
        batch: Batch = []
        if text or thinking or calls:
            batch.append(Piece(text=text, reasoning=thinking, tool_calls=calls or None))
        if frame.get("done"):
            self.ended = True
            batch += self._end(frame)
        return batch

    def _tool_call(self, call: dict[str, Any]) -> dict[str, Any]:
        function = call.get("function") or {}
        arguments = function.get("arguments")
        index, self._calls = self._calls, self._calls + 1
        return {
            "index": index,
            "id": str(call.get("id") or f"call_{index}"),
            "type": "function",
            "function": {
                "name": str(function.get("name", "")),
                "arguments": arguments if isinstance(arguments, str) else orjson.dumps(arguments or {}).decode(),
            },
        }

    def _end(self, frame: dict[str, Any]) -> Batch:
        """The finish reason and the usage. Counts that are zero are left out by the server."""
        reason = frame.get("done_reason")
        if not reason:
            raise EngineFailed(f"The engine {self._engine} ended its answer without a reason.", code="engine_truncated")
        usage = Usage(int(frame.get("prompt_eval_count") or 0), int(frame.get("eval_count") or 0))
        finish, extra = finish_reason("tool_calls" if self._calls and reason == "stop" else reason, self._engine)
        return [Piece(finish=finish, extra=extra), usage]
