"""Reads JSON as models write it: comments, trailing commas, single quotes, bare keys, a missing end.

Linear in the length of the text, with a bound on depth and on the whole work, so that no text can hang it.
"""

import re
from dataclasses import dataclass
from typing import Any

MAX_DEPTH = 40
_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_WORD = re.compile(r"[A-Za-z_$][\w$-]*")
_PLAIN = {'"': re.compile(r'[^"\\]+'), "'": re.compile(r"[^'\\]+")}
_WORDS = {"true": True, "false": False, "null": None, "True": True, "False": False, "None": None}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


class NotJsonError(ValueError):
    """The text at this place is no JSON, however read."""


class WorkLimitError(ValueError):
    """The text would take too long to read."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value, where it ends, and whether it was closed properly."""

    value: Any
    end: int
    complete: bool


class LooseReader:
    """Reads values from one text; all of its readings share one limit of steps."""

    def __init__(self, text: str, *, steps: int = 120_000) -> None:
        self._text = text
        self._steps = steps
        self._at = 0
        self._complete = True

    def read(self, start: int) -> Parsed:
        """The value that begins at `start`. Raises `NotJsonError`, `WorkLimitError`."""
        self._at = start
        self._complete = True
        value = self._value(0)
        return Parsed(value, self._at, self._complete)

    def _step(self) -> None:
        self._steps -= 1
        if self._steps < 0:
            raise WorkLimitError

    def _peek(self) -> str:
        """The next character that counts; empty at the end of the text."""
        text = self._text
        while True:
            self._step()
            match = _SPACE.match(text, self._at)
            if match:
                self._at = match.end()
            if text.startswith(("//", "#"), self._at):
                end = text.find("\n", self._at)
            elif text.startswith("/*", self._at):
                end = text.find("*/", self._at)
                end = end + 2 if end >= 0 else end
            else:
                return text[self._at : self._at + 1]
            self._at = end if end >= 0 else len(text)

    def _value(self, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise NotJsonError
        character = self._peek()
        if character == "{":
            return self._object(depth)
        if character == "[":
            return self._array(depth)
        if character in _PLAIN and character:
            return self._string(character)
        if not character:
            self._complete = False
            return None
        return self._scalar()

    def _object(self, depth: int) -> dict[str, Any]:
        self._at += 1
        result: dict[str, Any] = {}
        while True:
            character = self._peek()
            if not character:
                self._complete = False
                return result
            if character == "}":
                self._at += 1
                return result
            if character == ",":
                self._at += 1
                continue
            key = self._key(character)
            if self._peek() != ":":
                if self._peek():
                    raise NotJsonError
                self._complete = False
                return result
            self._at += 1
            result[key] = self._value(depth + 1)

    def _key(self, character: str) -> str:
        if character in _PLAIN:
            return self._string(character)
        match = _WORD.match(self._text, self._at)
        if match is None:
            raise NotJsonError
        self._at = match.end()
        return match.group()

    def _array(self, depth: int) -> list[Any]:
        self._at += 1
        result: list[Any] = []
        while True:
            character = self._peek()
            if not character:
                self._complete = False
                return result
            if character == "]":
                self._at += 1
                return result
            if character == ",":
                self._at += 1
                continue
            result.append(self._value(depth + 1))

    def _string(self, quote: str) -> str:
        self._at += 1
        parts: list[str] = []
        while True:
            self._step()
            match = _PLAIN[quote].match(self._text, self._at)
            if match:
                parts.append(match.group())
                self._at = match.end()
            character = self._text[self._at : self._at + 1]
            if not character:
                self._complete = False
                return "".join(parts)
            self._at += 1
            if character == quote:
                return "".join(parts)
            parts.append(self._escape())

    def _escape(self) -> str:
        character = self._text[self._at : self._at + 1]
        self._at += 1
        if character != "u":
            return _ESCAPES.get(character, character)
        code = self._code_unit()
        if 0xD800 <= code < 0xDC00 and self._text.startswith("\\u", self._at):
            self._at += 2
            code = 0x10000 + ((code - 0xD800) << 10) + (self._code_unit() - 0xDC00)
        return chr(code) if 0 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""

    def _code_unit(self) -> int:
        digits = self._text[self._at : self._at + 4]
        self._at += 4
        try:
            return int(digits, 16)
        except ValueError:
            return -1

    def _scalar(self) -> Any:
        number = _NUMBER.match(self._text, self._at)
        if number:
            self._at = number.end()
            text = number.group()
            return float(text) if any(mark in text for mark in ".eE") else int(text[:30])
        word = _WORD.match(self._text, self._at)
        if word is None and self._text[self._at :].strip() == "-":  # a number that was cut off after its sign
            self._at = len(self._text)
            return None
        if word is None:
            raise NotJsonError
        self._at = word.end()
        return _WORDS.get(word.group(), word.group())
