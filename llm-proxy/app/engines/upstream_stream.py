"""An answer that comes over the wire, as batches."""

from .protocol import Batch
from .readers import AnswerReader
from .reading import Reading


class UpstreamStream:
    """Reads as much as the next batch needs; closing it early breaks the connection."""

    __slots__ = ("_reader", "_reading")

    def __init__(self, reading: Reading, reader: AnswerReader) -> None:
        self._reading = reading
        self._reader = reader

    async def read(self) -> Batch:
        reading, reader = self._reading, self._reader
        while not reader.ended:
            chunk = await reading.read()
            batch = reader.feed(chunk) if chunk else reader.close()
            if batch:
                reading.progress()
                return batch
        return []

    def close(self) -> None:
        self._reading.close(ended=self._reader.ended)
