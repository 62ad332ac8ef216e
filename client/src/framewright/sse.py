"""Server-sent events out of a byte stream, however it was cut (WHATWG HTML, section 9.2.6)."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """One event: `data` has its lines joined by a line feed."""

    data: str
    event: str = ""
    id: str = ""


class Decoder:
    """Fed with bytes as they come; it does no I/O, so one serves the sync and the async client."""

    def __init__(self) -> None:
        self._buffer = b""
        self._data: list[str] = []
        self._event = self._id = ""

    def feed(self, chunk: bytes) -> Iterator[Frame]:
        """The frames that these bytes complete; comments are passed by."""
        *lines, self._buffer = (self._buffer + chunk).split(b"\n")
        for raw in lines:
            line = raw.removesuffix(b"\r").decode("utf-8", "replace")
            if line:
                self._field(line)
                continue
            if self._data:
                yield Frame("\n".join(self._data), self._event, self._id)
            self._data, self._event = [], ""

    def _field(self, line: str) -> None:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
        elif name == "event":
            self._event = value
        elif name == "id":
            self._id = value
