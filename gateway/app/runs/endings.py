"""How a generation ended, for callers who wait for nothing but its answer."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from chassis.errors import FieldError, ServiceError, Unavailable

from ..storage.records import Event


def failure_of(end: Event | None) -> ServiceError | None:
    """Why there is no answer; `end` is the event that ended the log, None where the log was not read to its end."""
    if end is None:
        return Unavailable("The gateway is stopping: ask again.", code="gateway_stopping", retry_after_s=1)
    if end.type == "cancelled":
        return ServiceError("The generation was cancelled.", code="cancelled")
    return _told(end.data["problem"]) if end.type == "failed" else None


def _told(problem: Mapping[str, Any]) -> ServiceError:
    """The error that a problem document tells of."""
    errors = [FieldError(item["field"], item["message"], item["code"]) for item in problem.get("errors") or ()]
    error = ServiceError(str(problem["detail"]), code=str(problem["code"]), errors=errors)
    error.status = HTTPStatus(int(problem["status"]))
    return error
