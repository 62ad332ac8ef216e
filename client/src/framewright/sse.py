"""Server-sent events out of a byte stream, however it was cut (WHATWG HTML, section 9.2.6)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """One event: `data` has its lines joined by a line feed."""

    data: str
    event: str = ""
    id: str = ""


def decode(chunks: Iterable[bytes]) -> Iterator[Frame]:
    """The frames of a stream; comments are passed by, an unfinished frame at the end is dropped."""
    buffer = b""
    data: list[str] = []
    event = last_id = ""
    for chunk in chunks:
        buffer += chunk
        *lines, buffer = buffer.split(b"\n")
        for raw in lines:
            line = raw.removesuffix(b"\r").decode("utf-8", "replace")
            if not line:
                if data:
                    yield Frame("\n".join(data), event, last_id)
                data, event = [], ""
                continue
            name, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if name == "data":
                data.append(value)
            elif name == "event":
                event = value
            elif name == "id":
                last_id = value
