"""OpenAI's wire format: chunks of a stream, whole answers, and the frame of an error."""

import secrets
import time
from typing import Any

import orjson

from chassis.errors import ServiceError
from chassis.protocol_errors import openai_error

from ...answering.assembly import Assembly
from ...core.relay import LastFrame
from ...engines.protocol import Batch, CallKind, Piece, Run, Usage
from ...routing.opened import Route

DONE = b"data: [DONE]\n\n"
_CLOSE = b',"finish_reason":null}]}\n\n'
_ID_PREFIX = {"chat": "chatcmpl-", "completion": "cmpl-"}
_OBJECT = {"chat": "chat.completion", "completion": "text_completion"}
_CHUNK = {"chat": "chat.completion.chunk", "completion": "text_completion"}


def answer_id(kind: CallKind) -> str:
    return _ID_PREFIX[kind] + secrets.token_hex(12)


class Frames:
    """The chunks of one streamed answer. What is the same in all of them is encoded once."""

    def __init__(self, kind: CallKind, route: Route) -> None:
        head = {
            "id": answer_id(kind),
            "object": _CHUNK[kind],
            "created": int(time.time()),
            "model": route.model,
            "framewright": route.document(),
        }
        self._head = b"data: " + orjson.dumps(head)[:-1]
        self._open = self._head + b',"choices":[{"index":'
        self._chat = kind == "chat"
        self._runs: dict[int, tuple[bytes, bytes]] = {}
        self._begun: set[int] = set()

    def encode(self, batch: Batch) -> bytes:
        """The frames of a batch; the usage ends the stream with `[DONE]`."""
        parts: list[bytes] = []
        for item in batch:
            if isinstance(item, Usage):
                parts += (self._usage(item), DONE)
            elif isinstance(item, Run):
                self._add_run(item, parts)
            elif self._chat:
                self._add_chat(item, parts)
            else:
                parts.append(self._text(item))
        content = b"".join(parts)
        return LastFrame(content) if isinstance(batch[-1], Usage) else content

    def _begin(self, index: int, parts: list[bytes]) -> None:
        if self._chat and index not in self._begun:
            self._begun.add(index)
            parts.append(self._chat_frame(index, {"role": "assistant", "content": ""}, None, None, None))

    def _add_run(self, run: Run, parts: list[bytes]) -> None:
        """Text that is ready for JSON: nothing is encoded again."""
        self._begin(run.index, parts)
        around = self._runs.get(run.index)
        if around is None:
            before, after = (b',"delta":{"content":"', b'"}') if self._chat else (b',"text":"', b'","logprobs":null')
            around = (b"%b%d%b" % (self._open, run.index, before), after + b',"finish_reason":null}]}\n\n')
            self._runs[run.index] = around
        opening, closing = around
        parts += (opening, (closing + opening).join(run.parts), closing)

    def _add_chat(self, piece: Piece, parts: list[bytes]) -> None:
        self._begin(piece.index, parts)
        if piece.text and not (piece.reasoning or piece.tool_calls or piece.finish or piece.logprobs or piece.extra):
            parts.append(b'%b%d,"delta":{"content":%b}%b' % (self._open, piece.index, orjson.dumps(piece.text), _CLOSE))
            return
        delta: dict[str, Any] = {}
        if piece.reasoning:
            delta["reasoning_content"] = piece.reasoning
        if piece.text:
            delta["content"] = piece.text
        if piece.tool_calls:
            delta["tool_calls"] = piece.tool_calls
        parts.append(self._chat_frame(piece.index, delta, piece.finish, piece.logprobs, piece.extra))

    def _chat_frame(
        self, index: int, delta: dict[str, Any], finish: str | None, logprobs: Any, extra: dict[str, Any] | None
    ) -> bytes:
        choice: dict[str, Any] = {"index": index, "delta": delta, "finish_reason": finish}
        if logprobs:
            choice["logprobs"] = logprobs
        if extra:
            choice.update(extra)
        return self._frame(choice)

    def _text(self, piece: Piece) -> bytes:
        choice = {"index": piece.index, "text": piece.text, "logprobs": piece.logprobs, "finish_reason": piece.finish}
        if piece.reasoning:
            choice["reasoning_content"] = piece.reasoning
        return self._frame(choice | (piece.extra or {}))

    def _frame(self, choice: dict[str, Any]) -> bytes:
        return b'%b,"choices":[%b]}\n\n' % (self._head, orjson.dumps(choice))

    def _usage(self, usage: Usage) -> bytes:
        return b'%b,"choices":[],"usage":%b}\n\n' % (self._head, orjson.dumps(usage.document()))


def error_frame(error: ServiceError) -> bytes:
    """A failure after the first byte: this frame ends the stream, and no `[DONE]` follows."""
    return b"data: %b\n\n" % orjson.dumps(openai_error(error))


def whole_answer(kind: CallKind, route: Route, assembly: Assembly) -> dict[str, Any]:
    """The JSON of an answer that is not streamed."""
    return {
        "id": answer_id(kind),
        "object": _OBJECT[kind],
        "created": int(time.time()),
        "model": route.model,
        "choices": assembly.chat_choices() if kind == "chat" else assembly.text_choices(),
        "usage": assembly.usage.document() if assembly.usage else None,
        "framewright": route.document(),
    }
