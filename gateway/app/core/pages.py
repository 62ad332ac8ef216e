"""Cursors of pages by key: opaque to callers, refused where they are not ours."""

import base64
import binascii
from datetime import datetime

from chassis.errors import FieldError, InvalidInput

_LONGEST = 200


def encode_cursor(at: datetime, key: str) -> str:
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{key}".encode()).decode().rstrip("=")


def decode_cursor(cursor: str | None) -> tuple[datetime, str] | None:
    """The moment and key after which a page begins, None for the first one.

    Raises:
        InvalidInput: it is no cursor of ours.
    """
    if not cursor:
        return None
    try:
        padded = cursor[:_LONGEST] + "=" * (-len(cursor[:_LONGEST]) % 4)
        at, _, key = base64.b64decode(padded, altchars=b"-_", validate=True).decode().partition("|")
        moment = datetime.fromisoformat(at)
    except (binascii.Error, ValueError) as error:
        raise _invalid() from error
    if moment.tzinfo is None or not key.isascii() or not key.isprintable():
        raise _invalid()
    return moment, key


def _invalid() -> InvalidInput:
    message = "The cursor is not one that a page gave."
    return InvalidInput(message, code="invalid_cursor", errors=[FieldError("cursor", message)])
