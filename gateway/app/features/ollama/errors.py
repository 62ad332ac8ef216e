"""Errors in Ollama's shape: `{"error": "text"}`."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse, Response
from fastapi.routing import APIRoute

from chassis.errors import ServiceError


class OllamaRoute(APIRoute):
    """A route whose every error is in Ollama's shape."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await handler(request)
            except ServiceError as error:
                headers = {"Retry-After": str(error.retry_after_s)} if error.retry_after_s is not None else None
                return JSONResponse({"error": error.detail}, status_code=int(error.status), headers=headers)

        return handle
