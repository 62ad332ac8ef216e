"""A generation's events as server-sent events."""

from collections.abc import AsyncIterator

import orjson
from prometheus_client import Gauge

from chassis import sse
from chassis.errors import FieldError, InvalidInput

from ..storage.records import Event
from .streaming import Stream

_LONGEST_ID = 9
_GO_ON = b"retry: 500\n: this gateway stops, the stream goes on with another one\n\n"
"""The end of a connection before the end of its log: browsers connect again by themselves."""


def event_response(groups: AsyncIterator[list[Event] | None], gauge: Gauge, *, location: str) -> Stream:
    """The stream; the client's leaving ends it, and not the generation."""
    return Stream(
        _frames(groups, gauge), media_type=sse.MEDIA_TYPE, headers={**sse.HEADERS, "Content-Location": location}
    )


def resume_after(last_event_id: str | None) -> int:
    """The seq in a `Last-Event-ID` header, 0 where there is none.

    Raises:
        InvalidInput: it is no number.
    """
    text = (last_event_id or "").strip()
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID):
        message = "Last-Event-ID is the number of an event of this stream."
        raise InvalidInput(message, code="invalid_last_event_id", errors=[FieldError("Last-Event-ID", message)])
    return int(text)


async def _frames(groups: AsyncIterator[list[Event] | None], gauge: Gauge) -> AsyncIterator[bytes]:
    ended = True
    with gauge.track_inprogress():
        async for group in groups:
            if group is None:
                yield sse.COMMENT
            else:
                ended = group[-1].terminal
                yield b"".join(_frame(event) for event in group)
    if not ended:
        yield _GO_ON


def _frame(event: Event) -> bytes:
    return sse.encode(orjson.dumps(event.document()), event=event.type, event_id=str(event.seq))
