"""Frames that differ from an earlier frame of their answer in the text alone: recognised without being parsed."""

import re
from collections.abc import Callable
from typing import Any

import orjson

from .errors import EngineFailed
from .protocol import Piece

_UNESCAPED = re.compile(rb'[^"\\\x00-\x1f]*')
_MARKS = (b'"content":"', b'"content": "', b'"text":"', b'"text": "')
_ATTEMPTS = 4
_SLOT = "slot"

PiecesOf = Callable[[dict[str, Any]], list[Piece]]


class PlainFrames:
    """Learns from a frame with text alone what stands around the text, and finds the text in frames of that form.

    Engines repeat everything but the text in every frame. What was learned is proved by reading the frame with
    another text in its place; a frame of any other form is left to the parser.
    """

    def __init__(self, pieces_of: PiecesOf) -> None:
        self._pieces_of = pieces_of
        self._head = self._tail = b""
        self.examples = 0
        self.index = 0

    @property
    def learns(self) -> bool:
        """Whether another example may still change what is known."""
        return self.examples < _ATTEMPTS

    def text_of(self, data: bytes) -> bytes | None:
        """The text's bytes, or None where the frame has another form."""
        if not self._tail or not (data.startswith(self._head) and data.endswith(self._tail)):
            return None
        text = data[len(self._head) : -len(self._tail)]
        if not text or len(data) < len(self._head) + len(self._tail) or not _usable([text]):
            return None
        return text

    def split(self, chunk: bytes) -> tuple[list[bytes], bytes]:
        """The texts of the frames of that form with which a chunk begins, all at once, and what is left of it."""
        opening, closing = b"data: " + self._head, self._tail + b"\n\n"
        if not self._tail or not chunk.startswith(opening):
            return [], chunk
        end = chunk.rfind(closing)
        texts = chunk[len(opening) : end].split(closing + opening) if end >= len(opening) else []
        if not all(texts) or not _usable(texts):
            return [], chunk
        return texts, chunk[end + len(closing) :] if texts else chunk

    def learn(self, data: bytes, frame: dict[str, Any], pieces: list[Piece]) -> None:
        """Takes a frame that was parsed as an example, if it is one."""
        if not self.learns or len(pieces) != 1 or frame.get("usage") or not is_plain(pieces[0]):
            return
        self.examples += 1
        text = orjson.dumps(pieces[0].text)[1:]  # with the closing quote
        for mark in _MARKS:
            before, found, after = data.partition(mark + text)
            if found and self._proved(before + mark, b'"' + after, pieces[0].index):
                self._head, self._tail, self.index = before + mark, b'"' + after, pieces[0].index
                return

    def _proved(self, head: bytes, tail: bytes, index: int) -> bool:
        try:
            pieces = self._pieces_of(orjson.loads(head + _SLOT.encode() + tail))
        except (orjson.JSONDecodeError, EngineFailed):
            return False
        return pieces == [Piece(index, _SLOT)]


def _usable(texts: list[bytes]) -> bool:
    """Whether each text is UTF-8 and needs no escape: a quotation mark shows that a frame had another form."""
    joined = b"".join(texts)
    if _UNESCAPED.fullmatch(joined) is None:
        return False
    if joined.isascii():
        return True
    try:
        for text in texts:
            text.decode()
    except UnicodeDecodeError:
        return False
    return True


def is_plain(piece: Piece) -> bool:
    """Whether there is text and nothing else."""
    return piece == Piece(piece.index, piece.text) and bool(piece.text)
