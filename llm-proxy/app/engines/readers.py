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

_ONE_BY_ONE = 8
"""Events of one read that are looked at alone, as long as there is something to learn from them."""


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
        chunk = self._split(chunk, batch)
        for _ in range(_ONE_BY_ONE):  # what follows an example goes all at once
            if not chunk or self.ended or not self._plain.learns:
                break
            end = chunk.find(b"\n\n") + 2
            before = self._plain.examples
            part, chunk = (chunk[:end], chunk[end:]) if end > 1 else (chunk, b"")
            self._take(part, batch)
            if self._plain.examples != before:
                chunk = self._split(chunk, batch)
        if chunk and not self.ended:
            self._take(chunk, batch)
        return batch

    def _split(self, chunk: bytes, batch: Batch) -> bytes:
        """Takes the frames of the form that is known with which it begins; what is left."""
        if not chunk or not self._buffer.empty:
            return chunk
        texts, chunk = self._plain.split(chunk)
        if texts:
            self._counted += len(texts)
            batch.append(Run(self._plain.index, texts))
        return chunk

    def _take(self, chunk: bytes, batch: Batch) -> None:
        for data in self._buffer.feed(chunk):
            text = self._plain.text_of(data)
            if text is not None:
                self._counted += 1
                last = batch[-1] if batch else None
                if type(last) is Run:
                    last.parts.append(text)
                else:
                    batch.append(Run(self._plain.index, [text]))
            elif data == b"[DONE]":
                batch.append(self._usage or estimated_usage(self._call, self._counted))
                self.ended = True
                break
            else:
                batch += self._parsed(data)

    def _parsed(self, data: bytes) -> list[Piece]:
        frame = frame_of(data, engine=self._engine)
        pieces = pieces_of(frame, engine=self._engine)
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
