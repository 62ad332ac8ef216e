"""Server-sent events: writing frames, and reading them by event, never by network read."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

COMMENT = b": keep-alive\n\n"
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
MEDIA_TYPE = "text/event-stream"


@dataclass(frozen=True, slots=True)
class ServerSentEvent:
    """One event. `data` has its lines joined by a line feed; `id` and `event` are empty where not sent."""

    data: str
    event: str = ""
    id: str = ""


def encode(data: bytes | str, *, event: str = "", event_id: str = "") -> bytes:
    """One frame. `data` may hold line breaks; JSON never does."""
    text = data if isinstance(data, bytes) else data.encode()
    lines = b"".join(b"data: " + line + b"\n" for line in text.split(b"\n"))
    head = (f"id: {event_id}\n" if event_id else "") + (f"event: {event}\n" if event else "")
    return head.encode() + lines + b"\n"


async def decode(chunks: AsyncIterator[bytes]) -> AsyncIterator[ServerSentEvent]:
    """The events of a byte stream, however it was cut; comments are dropped (WHATWG HTML, 9.2.6)."""
    buffer = b""
    pending: list[str] = []
    event = event_id = ""
    async for chunk in chunks:
        buffer += chunk
        *lines, buffer = buffer.split(b"\n")
        for raw in lines:
            line = raw.removesuffix(b"\r").decode("utf-8", "replace")
            if line:
                name, _, value = line.partition(":")
                value = value.removeprefix(" ")
                if name == "data":
                    pending.append(value)
                elif name == "event":
                    event = value
                elif name == "id":
                    event_id = value
            else:
                if pending:
                    yield ServerSentEvent("\n".join(pending), event, event_id)
                pending, event = [], ""
