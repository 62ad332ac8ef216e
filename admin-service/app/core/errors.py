"""Errors of this service beside the chassis' own."""

from collections.abc import Sequence
from http import HTTPStatus

from chassis.errors import FieldError, ServiceError, Unprocessable


class PreconditionFailed(ServiceError):
    """412: `If-Match` names a version that is no longer the current one."""

    status, default_code = HTTPStatus.PRECONDITION_FAILED, "precondition_failed"


def invalid_field(field: str, message: str, code: str = "invalid") -> Unprocessable:
    """422 for one wrong field."""
    return invalid_fields([FieldError(field, message, code)])


def invalid_fields(errors: Sequence[FieldError]) -> Unprocessable:
    """422 that names every wrong field."""
    named = ", ".join(dict.fromkeys(error.field for error in errors))
    return Unprocessable(f"These fields are not valid: {named}.", code="invalid_fields", errors=errors)
