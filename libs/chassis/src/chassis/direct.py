"""The way in for a service's busiest paths, past the framework's routing and injection: they cost more than all else.

The framework keeps the same routes, for the API document and for what this lets pass.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel, ValidationError
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from .errors import FieldError, InvalidInput, ServiceError, Unprocessable, problem_response
from .guard import caller_of
from .tokens import Caller

Handler = Callable[[Any, Any, Caller], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class DirectPath:
    """What a POST to `path` carries, and who answers it."""

    path: str
    model: type[BaseModel]
    handler: Handler


def setup_direct_paths(app: FastAPI, paths: Iterable[DirectPath]) -> None:
    """Answers the paths past the framework; handlers get `app.state.context`. To be called after all middlewares."""
    by_path = {path.path: path for path in paths}
    app.user_middleware.append(Middleware(DirectPathsMiddleware, paths=by_path, context=lambda: app.state.context))


class DirectPathsMiddleware:
    """Stands innermost, so that the guard, the body limit, the trace and the metrics hold here too."""

    def __init__(self, app: ASGIApp, *, paths: dict[str, DirectPath], context: Callable[[], Any]) -> None:
        self._app = app
        self._paths = paths
        self._context = context

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        direct = self._paths.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "POST" else None
        if direct is None:
            await self._app(scope, receive, send)
            return
        scope["route"] = direct
        try:
            body = read(direct.model, await _content(receive))
            response = await direct.handler(body, self._context(), caller_of(HTTPConnection(scope)))
            await response(scope, receive, send)
        except ServiceError as error:
            await problem_response(error, instance=scope["path"])(scope, receive, send)


async def _content(receive: Receive) -> bytes:
    """The whole body."""
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return parts[0] if len(parts) == 1 else b"".join(parts)


def read(model: type[BaseModel], content: bytes) -> BaseModel:
    """The body as its model.

    Raises:
        InvalidInput, Unprocessable: it is not JSON, or which fields are wrong.
    """
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        items = [
            FieldError(".".join(map(str, item["loc"])) or "body", item["msg"], item["type"]) for item in error.errors()
        ]
    if any(item.code == "json_invalid" for item in items):
        raise InvalidInput("The body is not valid JSON.", code="invalid_json", errors=items)
    named = ", ".join(dict.fromkeys(item.field for item in items))
    raise Unprocessable(f"These fields are not valid: {named}.", code="invalid_fields", errors=items)
