"""Ends an answer early: at the end of a JSON value, where the model thinks again, or when its time is over."""

import asyncio
from typing import Protocol

from ..engines.protocol import Batch, EngineCall, Piece, Usage
from ..engines.usage import estimate_tokens, estimated_usage
from ..routing.asking import Budget

_THINK = "<think>"


class JsonEnd:
    """Fed with text; finds the end of the first object or array in it. Braces in strings don't count."""

    def __init__(self) -> None:
        self._depth = 0
        self._in_string = self._escaped = self._begun = False

    def find(self, text: str) -> int | None:
        """The index behind the value's last character, or None where it goes on."""
        for position, character in enumerate(text):
            if self._in_string:
                if self._escaped:
                    self._escaped = False
                elif character == "\\":
                    self._escaped = True
                elif character == '"':
                    self._in_string = False
            elif character in "{[":
                self._depth += 1
                self._begun = True
            elif self._begun and character == '"':
                self._in_string = True
            elif self._begun and character in "}]":
                self._depth -= 1
                if self._depth == 0:
                    return position + 1
        return None


class _Watch:
    """What has been said so far in choice 0, and where it should end."""

    def __init__(self, budget: Budget) -> None:
        self._json = JsonEnd() if budget.stop_at_json else None
        self._stop_think = budget.stop_think
        self.text = ""
        self.tokens = 0

    def end_in(self, text: str) -> int | None:
        """Characters of `text` that still belong to the answer, or None where all do and it goes on."""
        before, self.text = self.text, self.text + text
        self.tokens += 1
        if self._json is not None and (end := self._json.find(text)) is not None:
            return end
        if self._stop_think:
            start = self.text.find(_THINK, max(0, len(before) - len(_THINK)))
            if start > 0 and self.text[:start].rpartition("</think>")[2].strip():
                return max(0, start - len(before))
        return None


class Source(Protocol):
    """What is read: an answer that an engine has begun."""

    async def read(self) -> Batch: ...

    def close(self) -> None: ...


class Limited:
    """An answer up to its budget's end; the usage is then estimated, for the engine was stopped."""

    def __init__(self, source: Source, budget: Budget, call: EngineCall, *, started: float) -> None:
        self._source = source
        self._call = call
        self._watch = _Watch(budget)
        self._end_at = None if budget.max_time_s is None else started + budget.max_time_s
        self._ended = False

    async def read(self) -> Batch:
        """The next batch; empty at the end."""
        if self._ended:
            return []
        try:
            async with asyncio.timeout_at(self._end_at) as limit:
                batch = await self._source.read()
        except TimeoutError:
            if not limit.expired():
                raise
            return self._end([Piece(finish="length", extra={"finish_detail": "max_time"})])
        short = _shortened(batch, self._watch)
        return batch if short is None else self._end([*short, Piece(finish="stop")])

    def close(self) -> None:
        self._source.close()

    def _end(self, batch: Batch) -> Batch:
        self._ended = True
        self.close()
        return [*batch, _used(self._call, self._watch)]


def _used(call: EngineCall, watch: _Watch) -> Usage:
    return estimated_usage(call, max(watch.tokens, estimate_tokens(watch.text)))


def _shortened(batch: Batch, watch: _Watch) -> Batch | None:
    """The part of a batch that still belongs to the answer, or None where it all does."""
    for position, item in enumerate(batch):
        if isinstance(item, Usage) or item.index or not item.text:
            continue
        end = watch.end_in(item.text)
        if end is not None:
            return [*batch[:position], Piece(item.index, item.text[:end])]
    return None
