"""Frames that differ from an earlier frame of their answer in the text alone: recognised without being parsed."""

import re
from collections.abc import Callable
from itertools import accumulate
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
        self._head = self._tail = self._opening = self._closing = b""
        self._attempts = 0
        self.index = 0

    def text_of(self, data: bytes) -> bytes | None:
        """The text's bytes, or None where the frame has another form."""
        if not self._tail or not (data.startswith(self._head) and data.endswith(self._tail)):
            return None
        text = data[len(self._head) : -len(self._tail)]
        if len(data) <= len(self._head) + len(self._tail) or not _usable([text]):
            return None
        return text

    def split(self, chunk: bytes, start: int) -> tuple[list[bytes], int]:
        """The texts of the frames of that form that follow one another from `start`, and where they end."""
        if not self._tail or not chunk.startswith(self._opening, start):
            return [], start
        texts: list[bytes] = []
        between, find, follows = self._closing + self._opening, chunk.find, chunk.startswith
        begin, step = start + len(self._opening), len(between)
        while (end := find(b'"', begin)) > begin:
            if follows(between, end):
                texts.append(chunk[begin:end])
                begin = end + step
                continue
            if follows(self._closing, end):
                texts.append(chunk[begin:end])
            break
        texts = texts[: _usable(texts)]
        return texts, start + sum(map(len, texts)) + len(texts) * step

    def learn(self, data: bytes, frame: dict[str, Any], pieces: list[Piece]) -> None:
        """Takes a frame that was parsed as an example, if it is one."""
        if self._attempts >= _ATTEMPTS or len(pieces) != 1 or frame.get("usage") or not is_plain(pieces[0]):
            return
        self._attempts += 1
        text = orjson.dumps(pieces[0].text)[1:]  # with the closing quote
        for mark in _MARKS:
            before, found, after = data.partition(mark + text)
            if found and self._proved(before + mark, b'"' + after, pieces[0].index):
                self._head, self._tail, self.index = before + mark, b'"' + after, pieces[0].index
                self._opening, self._closing = b"data: " + self._head, self._tail + b"\n\n"
                return

    def _proved(self, head: bytes, tail: bytes, index: int) -> bool:
        try:
            pieces = self._pieces_of(orjson.loads(head + _SLOT.encode() + tail))
        except (orjson.JSONDecodeError, EngineFailed):
            return False
        return pieces == [Piece(index, _SLOT)]


def _usable(texts: list[bytes]) -> int:
    """How many of the texts, from the first, are UTF-8 and need no escape."""
    joined = b"".join(texts)
    match = _UNESCAPED.match(joined)
    clean = match.end() if match else 0
    usable = len(texts)
    if clean < len(joined):
        usable = sum(end <= clean for end in accumulate(map(len, texts)))
    if not joined.isascii():
        for place, text in enumerate(texts[:usable]):
            try:
                text.decode()
            except UnicodeDecodeError:
                return place
    return usable


def is_plain(piece: Piece) -> bool:
    """Whether there is text and nothing else."""
    return piece == Piece(piece.index, piece.text) and bool(piece.text)
