"""Errors in OpenAI's shape, for the paths that speak its protocol."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.routing import APIRoute

from chassis.errors import FieldError, InvalidInput, ServiceError

_TYPES = {400: "invalid_request_error", 401: "authentication_error", 403: "permission_error", 404: "not_found_error",
          413: "invalid_request_error", 422: "invalid_request_error", 429: "rate_limit_error"}  # fmt: skip


def openai_error(error: ServiceError) -> dict[str, Any]:
    """`{"error": {message, type, param, code}}`."""
    kind = _TYPES.get(int(error.status), "server_error")
    param = error.errors[0].field if error.errors else None
    return {"error": {"message": error.detail, "type": kind, "param": param, "code": error.code}}


def openai_error_response(error: ServiceError) -> Response:
    headers = {"Retry-After": str(error.retry_after_s)} if error.retry_after_s is not None else None
    return JSONResponse(openai_error(error), status_code=int(error.status), headers=headers)


class OpenAIRoute(APIRoute):
    """A route whose every error is in OpenAI's shape."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await handler(request)
            except ServiceError as error:
                return openai_error_response(error)
            except RequestValidationError as error:
                return openai_error_response(_from_validation(error))

        return handle


def _from_validation(error: RequestValidationError) -> ServiceError:
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"] if part != "body")
    return InvalidInput(
        f"{field or 'body'}: {first['msg']}", code="invalid_request", errors=[FieldError(field or "body", first["msg"])]
    )
