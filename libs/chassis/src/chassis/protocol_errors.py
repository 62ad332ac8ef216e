"""Errors on the OpenAI and Ollama paths in those protocols' shapes: also those of the guard and the framework."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .errors import PROBLEM_MEDIA_TYPE, ServiceError

_TYPES = {401: "authentication_error", 403: "permission_error", 404: "not_found_error", 429: "rate_limit_error"}


def error_type(status: int) -> str:
    """OpenAI's `type` of an HTTP status."""
    if status >= 500:
        return "server_error"
    return _TYPES.get(status, "invalid_request_error")


def openai_error(error: ServiceError) -> dict[str, Any]:
    """`{"error": {message, type, param, code}}` of a service error."""
    param = error.errors[0].field if error.errors else None
    return _document(error.detail, int(error.status), param, error.code, error.extra)


def _document(
    message: str, status: int, param: str | None, code: str | None, extra: Mapping[str, Any]
) -> dict[str, Any]:
    return {"error": {"message": message, "type": error_type(status), "param": param, "code": code, **extra}}


def _from_problem(problem: Mapping[str, Any]) -> dict[str, Any]:
    """The same error as a problem document says it."""
    known = {"type", "title", "status", "detail", "instance", "code", "trace_id", "errors"}
    errors = problem.get("errors") or []
    message = str(problem.get("detail", ""))
    if problem.get("code") == "invalid_fields":
        message += " " + "; ".join(f"{item['field']}: {item['message']}" for item in errors)
    return _document(
        message,
        _status_for_clients(int(problem["status"])),
        str(errors[0]["field"]) if errors else None,
        problem.get("code"),
        {key: value for key, value in problem.items() if key not in known},
    )


def _status_for_clients(status: int) -> int:
    """OpenAI answers 400 to a wrong field, and its clients expect that."""
    return 400 if status == 422 else status


class ProtocolErrorsMiddleware:
    """Turns problem documents on the protocols' paths into their errors; everything else passes untouched.

    It stands outside all others, so that it also sees what the guard, the body limit and the validation refuse.
    """

    def __init__(self, app: ASGIApp, *, openai: Sequence[str], ollama: Sequence[str]) -> None:
        """How the paths of each protocol begin."""
        self._app = app
        self._ollama = tuple(ollama)
        self._both = (*openai, *ollama)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(self._both):
            await self._app(scope, receive, send)
            return
        held: Message | None = None
        body = b""

        async def send_translated(message: Message) -> None:
            nonlocal held, body
            if message["type"] == "http.response.start" and _is_problem(message):
                held = message
            elif held is None:
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body"):
                    await _send_error(held, body, send, ollama=scope["path"].startswith(self._ollama))

        await self._app(scope, receive, send_translated)


def _is_problem(start: Message) -> bool:
    if start["status"] < 400:
        return False
    return MutableHeaders(scope=start).get("content-type", "").startswith(PROBLEM_MEDIA_TYPE)


async def _send_error(start: Message, problem: bytes, send: Send, *, ollama: bool) -> None:
    document = _from_problem(orjson.loads(problem))
    content = orjson.dumps({"error": document["error"]["message"]} if ollama else document)
    start["status"] = _status_for_clients(start["status"])
    headers = MutableHeaders(scope=start)
    headers["content-type"] = "application/json"
    headers["content-length"] = str(len(content))
    await send(start)
    await send({"type": "http.response.body", "body": content})
