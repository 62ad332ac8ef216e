"""The data of server-sent events out of a byte stream that was cut anywhere (WHATWG HTML, 9.2.6)."""

from .errors import EngineFailed

MAX_EVENT_BYTES = 8 * 1024 * 1024


class EventBuffer:
    """Fed with what the network gave; gives whole events. Comments, names and ids are dropped.

    Text is decoded by nobody before an event is whole, so that a character cut in two does no harm.
    """

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[bytes] = []

    @property
    def empty(self) -> bool:
        """Whether nothing of an event that has begun is held."""
        return not (self._rest or self._data)

    def feed(self, chunk: bytes) -> list[bytes]:
        """The data of the events that `chunk` completed."""
        buffer = self._rest + chunk if self._rest else chunk
        if buffer.endswith(b"\n\n") and not self._data and b"\r" not in buffer:
            blocks = buffer[:-2].split(b"\n\n")
            if all(block.startswith(b"data: ") and b"\n" not in block for block in blocks):
                self._rest = b""
                return [block[6:] for block in blocks]
        lines = buffer.split(b"\n")
        self._rest = lines.pop()
        if len(self._rest) > MAX_EVENT_BYTES:
            raise EngineFailed("The engine sent a line that does not end.")
        events: list[bytes] = []
        for raw in lines:
            line = raw[:-1] if raw.endswith(b"\r") else raw
            if line.startswith(b"data:"):
                self._data.append(line[6:] if line[5:6] == b" " else line[5:])
            elif not line and self._data:
                events.append(self._data[0] if len(self._data) == 1 else b"\n".join(self._data))
                self._data = []
        return events
