"""Answers in OpenAI's protocol as batches: fed with what the network gave, without a task or a wait of their own."""

from typing import Any, Protocol

import orjson

from .errors import EngineFailed
from .events import EventBuffer
from .normalise import pieces_of, usage_of
from .plain import PlainFrames
from .protocol import Batch, EngineCall, Piece, Run, Usage
from .upstream_errors import frame_error
from .usage import estimate_tokens, estimated_usage


class AnswerReader(Protocol):
    """Turns the bytes of one answer into batches. `ended` is set once its last batch, with the usage, was given."""

    ended: bool

    def feed(self, chunk: bytes) -> Batch: ...

    def close(self) -> Batch:
        """The rest, where the transfer has ended; raises EngineFailed where the answer had not."""
        ...


class EventsReader:
    """Server-sent events, ended by `[DONE]`."""

    def __init__(self, engine: str, call: EngineCall) -> None:
        self._engine = engine
        self._call = call
        self._buffer = EventBuffer()
        self._plain = PlainFrames(lambda frame: pieces_of(frame, engine=engine))
        self._usage: Usage | None = None
        self._counted = 0
        self.ended = False

    def feed(self, chunk: bytes) -> Batch:
        batch: Batch = []
        start = 0 if self._buffer.empty else self._take(chunk, batch)
        while start < len(chunk) and not self.ended:
            texts, start = self._plain.split(chunk, start)
            if texts:
                self._counted += len(texts)
                batch.append(Run(self._plain.index, texts))
            end = chunk.find(b"\n\n", start)
            data = chunk[start + 6 : end] if end > 0 and chunk.startswith(b"data: ", start) else b""
            if not data or b"\n" in data or b"\r" in data:
                start = self._take(chunk[start:], batch) + start
            else:
                self._event(data, batch)
                start = end + 2
        return batch

    def _take(self, chunk: bytes, batch: Batch) -> int:
        """Events in whatever way they are written, or cut; how much of the chunk that was: all of it."""
        for data in self._buffer.feed(chunk):
            if not self.ended:
                self._event(data, batch)
        return len(chunk)

    def _event(self, data: bytes, batch: Batch) -> None:
        text = self._plain.text_of(data)
        if text is not None:
            self._counted += 1
            batch.append(Run(self._plain.index, [text]))
        elif data == b"[DONE]":
            batch.append(self._usage or estimated_usage(self._call, self._counted))
            self.ended = True
        else:
            batch += self._parsed(data)

    def _parsed(self, data: bytes) -> list[Piece]:
        frame = frame_of(data, engine=self._engine)
        pieces = pieces_of(frame, engine=self._engine)
        if self._counted or b'"role"' not in data:  # which most servers say in the first frame alone
            self._plain.learn(data, frame, pieces)
        self._counted += sum(1 for piece in pieces if piece.text or piece.reasoning)
        self._usage = usage_of(frame) or self._usage
        return pieces

    def close(self) -> Batch:
        raise EngineFailed(f"The engine {self._engine} ended its answer in the middle.", code="engine_truncated")


class DocumentReader:
    """A whole answer: some servers don't stream, whatever they are asked."""

    def __init__(self, engine: str, call: EngineCall) -> None:
        self._engine = engine
        self._call = call
        self._parts: list[bytes] = []
        self.ended = False

    def feed(self, chunk: bytes) -> Batch:
        self._parts.append(chunk)
        return []

    def close(self) -> Batch:
        document = frame_of(b"".join(self._parts), engine=self._engine)
        pieces = pieces_of(document, engine=self._engine)
        if not pieces:
            raise EngineFailed(f"The engine {self._engine} sent an answer without a choice.")
        tokens = sum(estimate_tokens(piece.text) for piece in pieces)
        self.ended = True
        return [*pieces, usage_of(document) or estimated_usage(self._call, tokens)]


def frame_of(data: bytes, *, engine: str) -> dict[str, Any]:
    """The object of a frame.

    Raises:
        EngineFailed: it is none; or another error, the one that the frame tells of.
    """
    try:
        frame = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise EngineFailed(f"The engine {engine} sent a frame that is not JSON.") from error
    if not isinstance(frame, dict):
        raise EngineFailed(f"The engine {engine} sent a frame that is not an object.")
    if frame.get("error"):
        raise frame_error(frame, engine=engine)
    return frame
