"""vLLM's wire: the shapes of chunks, answers and errors (recorded from vLLM 0.32)."""

import time
from dataclasses import dataclass
from typing import Any

import orjson
from aiohttp import web

DONE = b"data: [DONE]\n\n"
DEAD = "EngineCore encountered an issue. See stack trace (above) for the root cause."
_TYPES = {400: "BadRequestError", 404: "NotFoundError", 500: "InternalServerError", 503: "ServiceUnavailableError"}


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames of one answer; `chat` tells the two protocols apart."""

    chat: bool
    answer_id: str
    model: str

    def first(self) -> bytes:
        return self._chunk({"delta": {"role": "assistant", "content": ""}}) if self.chat else b""

    def token(self, text: str) -> bytes:
        return self._chunk({"delta": {"content": text}} if self.chat else {"text": text})

    def last(self, finish: str) -> bytes:
        return self._chunk({"delta": {"content": ""}} if self.chat else {"text": ""}, finish)

    def usage(self, usage: dict[str, int]) -> bytes:
        return _frame({**self._head(), "choices": [], "usage": usage})

    def whole(self, text: str, finish: str, usage: dict[str, int]) -> dict[str, Any]:
        """The answer in one piece."""
        said = {"message": {"role": "assistant", "content": text}} if self.chat else {"text": text}
        choice = {"index": 0, **said, "logprobs": None, "finish_reason": finish, "stop_reason": None}
        kind = "chat.completion" if self.chat else "text_completion"
        return {**self._head(), "object": kind, "choices": [choice], "usage": usage}

    def _head(self) -> dict[str, Any]:
        kind = "chat.completion.chunk" if self.chat else "text_completion"
        return {"id": self.answer_id, "object": kind, "created": int(time.time()), "model": self.model}

    def _chunk(self, said: dict[str, Any], finish: str | None = None) -> bytes:
        choice = {"index": 0, **said, "logprobs": None, "finish_reason": finish, "token_ids": None}
        return _frame({**self._head(), "choices": [choice]})


def error_body(status: int, message: str, param: str | None = None) -> dict[str, Any]:
    return {"error": {"message": message, "type": _TYPES[status], "param": param, "code": status}}


def error(status: int, message: str, param: str | None = None) -> web.Response:
    return web.json_response(error_body(status, message, param), status=status)


def error_frame(message: str) -> bytes:
    return _frame(error_body(500, message)) + DONE


def _frame(document: dict[str, Any]) -> bytes:
    return b"data: " + orjson.dumps(document) + b"\n\n"
