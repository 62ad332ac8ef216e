"""Errors with a code and a status, and the one handler that writes them as RFC 9457 problems.

ServiceError
├── InvalidInput        400  a field is wrong, and which
├── Unauthenticated     401
├── Forbidden           403
├── NotFound            404
├── Conflict            409
├── PayloadTooLarge     413
├── Unprocessable       422
├── TooManyRequests     429  with Retry-After
├── UpstreamFailed      502  names the dependency
├── Unavailable         503  with Retry-After
├── UpstreamTimedOut    504  names the dependency
└── UpstreamRejected    the status, code and members of the dependency's own problem
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from .tracing import current_trace_id

PROBLEM_MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field: `field` is a dotted path in the request, `message` says why."""

    field: str
    message: str
    code: str = "invalid"


@dataclass(eq=False)
class ServiceError(Exception):
    """Base of all errors that a caller may see. `detail` is shown to the caller."""

    detail: str
    code: str = ""
    errors: Sequence[FieldError] = ()
    retry_after_s: int | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    default_code = "internal_error"

    def __post_init__(self) -> None:
        self.code = self.code or self.default_code
        super().__init__(self.detail)

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}"


class InvalidInput(ServiceError):
    status, default_code = HTTPStatus.BAD_REQUEST, "invalid_input"


class Unauthenticated(ServiceError):
    status, default_code = HTTPStatus.UNAUTHORIZED, "unauthenticated"


class Forbidden(ServiceError):
    status, default_code = HTTPStatus.FORBIDDEN, "forbidden"


class NotFound(ServiceError):
    status, default_code = HTTPStatus.NOT_FOUND, "not_found"


class Conflict(ServiceError):
    status, default_code = HTTPStatus.CONFLICT, "conflict"


class PayloadTooLarge(ServiceError):
    status, default_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "payload_too_large"


class Unprocessable(ServiceError):
    status, default_code = HTTPStatus.UNPROCESSABLE_ENTITY, "unprocessable"


class TooManyRequests(ServiceError):
    status, default_code = HTTPStatus.TOO_MANY_REQUESTS, "too_many_requests"


class UpstreamFailed(ServiceError):
    status, default_code = HTTPStatus.BAD_GATEWAY, "upstream_failed"


class Unavailable(ServiceError):
    status, default_code = HTTPStatus.SERVICE_UNAVAILABLE, "unavailable"


class UpstreamTimedOut(ServiceError):
    status, default_code = HTTPStatus.GATEWAY_TIMEOUT, "upstream_timed_out"


_PROBLEM_MEMBERS = frozenset({"type", "title", "status", "detail", "instance", "code", "trace_id", "errors"})


class UpstreamRejected(ServiceError):
    """The upstream answered with a problem of its own: status, code, detail, field errors and more members are kept."""

    def __init__(self, upstream: str, status: int, document: Mapping[str, Any]) -> None:
        super().__init__(
            detail=str(document.get("detail") or f"{upstream} answered {status}."),
            code=str(document.get("code") or "upstream_rejected"),
            errors=[
                FieldError(str(item.get("field", "")), str(item.get("message", "")), str(item.get("code", "invalid")))
                for item in document.get("errors") or ()
                if isinstance(item, dict)
            ],
            extra={name: value for name, value in document.items() if name not in _PROBLEM_MEMBERS},
        )
        self.upstream = upstream
        self.status = HTTPStatus(status)


def problem(error: ServiceError, *, instance: str) -> dict[str, Any]:
    """The problem document of an error (RFC 9457, with `code`, `trace_id` and `errors`)."""
    document: dict[str, Any] = {
        "type": f"urn:framewright:problem:{error.code}",
        "title": error.status.phrase,
        "status": int(error.status),
        "detail": error.detail,
        "instance": instance,
        "code": error.code,
        "trace_id": current_trace_id(),
        **error.extra,
    }
    if error.errors:
        document["errors"] = [
            {"field": item.field, "message": item.message, "code": item.code} for item in error.errors
        ]
    return document


def problem_response(error: ServiceError, *, instance: str) -> Response:
    """The HTTP answer of an error."""
    headers = {"Cache-Control": "no-store"}
    if error.retry_after_s is not None:
        headers["Retry-After"] = str(error.retry_after_s)
    if error.status is HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(
        orjson.dumps(problem(error, instance=instance)),
        status_code=error.status,
        media_type=PROBLEM_MEDIA_TYPE,
        headers=headers,
    )


def setup_errors(app: FastAPI) -> None:
    """Every foreseen way in which a request can fail ends as a problem document.

    What nobody foresaw ends in `RequestContextMiddleware`, the outermost ring.
    """

    async def on_service_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, ServiceError)  # noqa: S101 - registered for this class alone
        return problem_response(error, instance=request.url.path)

    async def on_validation_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class alone
        return problem_response(_from_validation(error), instance=request.url.path)

    async def on_http_exception(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class alone
        response = problem_response(_from_http(error), instance=request.url.path)
        response.headers.update(error.headers or {})
        return response

    app.add_exception_handler(ServiceError, on_service_error)
    app.add_exception_handler(RequestValidationError, on_validation_error)
    app.add_exception_handler(HTTPException, on_http_exception)


def _from_validation(error: RequestValidationError) -> ServiceError:
    items = [
        FieldError(
            field=".".join(map(str, item["loc"][1:])) or str(item["loc"][0]),  # the first part is body, query …
            message=item["msg"].removeprefix("Value error, "),
            code=item["type"],
        )
        for item in error.errors()
    ]
    if any(item.code == "json_invalid" for item in items):
        return InvalidInput("The body is not valid JSON.", code="invalid_json", errors=items)
    named = ", ".join(dict.fromkeys(item.field for item in items))
    return Unprocessable(f"These fields are not valid: {named}.", code="invalid_fields", errors=items)


def _from_http(error: HTTPException) -> ServiceError:
    result = ServiceError(str(error.detail))
    result.status = HTTPStatus(error.status_code)
    result.code = result.status.name.lower()
    return result
