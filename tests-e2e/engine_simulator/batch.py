"""Continuous batching: one loop gives each running request a token a step, and a step takes longer in company."""

import asyncio
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from .settings import Pace

STOP, LENGTH, ABORT = "stop", "length", "abort"


@dataclass(eq=False)
class Sequence:
    """A request on its way: its tokens come out of `tokens`, None is the end. Times are of the monotonic clock."""

    prompt_tokens: int
    answer: Iterator[str]
    most_tokens: int
    arrived: float = field(default_factory=time.monotonic)
    admitted: float = 0.0
    first_at: float = 0.0
    ended: float = 0.0
    sent: int = 0
    unread: float = 0.0
    finish: str = ""
    tokens: "asyncio.Queue[str | None]" = field(default_factory=asyncio.Queue)

    @property
    def room(self) -> int:
        """What it may take of the cache."""
        return self.prompt_tokens + self.most_tokens


class QueueFull(Exception):
    """As many requests wait as may."""


class Batch:
    """`pace` may be replaced while it runs. `run` is the one loop."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self.running: list[Sequence] = []
        self.waiting: deque[Sequence] = deque()
        self._work = asyncio.Event()

    @property
    def cache_used(self) -> float:
        """The share of the cache that is taken."""
        return min(1.0, sum(item.prompt_tokens + item.sent for item in self.running) / self.pace.kv_cache_tokens)

    def submit(self, sequence: Sequence) -> None:
        """Takes a request in.

        Raises:
            QueueFull: it can't be begun, and no more may wait.
        """
        self.waiting.append(sequence)
        self._admit()
        if self.pace.queue_limit and len(self.waiting) > self.pace.queue_limit:
            self.waiting.remove(sequence)
            raise QueueFull
        self._work.set()

    def leave(self, sequence: Sequence) -> None:
        """Its caller has gone: its place is free at once."""
        if sequence in self.running or sequence in self.waiting:
            self._end(sequence, ABORT)

    async def run(self) -> None:
        due = time.monotonic()
        while True:
            self._admit()
            if not self.running:
                self._work.clear()
                await self._work.wait()
                due = time.monotonic()
                continue
            step_s = self._step_s()
            due += step_s
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            self._read(step_s)
            for sequence in list(self.running):
                self._decode(sequence)

    def _admit(self) -> None:
        taken = sum(item.room for item in self.running)
        while self.waiting and len(self.running) < self.pace.max_num_seqs:
            if self.running and taken + self.waiting[0].room > self.pace.kv_cache_tokens:
                return
            sequence = self.waiting.popleft()
            sequence.admitted = time.monotonic()
            sequence.unread = float(sequence.prompt_tokens)
            taken += sequence.room
            self.running.append(sequence)

    def _step_s(self) -> float:
        decoding = sum(1 for item in self.running if item.first_at)
        return (1 + self.pace.slower_each * max(0, decoding - 1)) / self.pace.tokens_per_s

    def _read(self, step_s: float) -> None:
        """Prefill: what a step has room for goes to the prompts in the order of their coming."""
        budget = self.pace.prefill_tokens_per_s * step_s
        for sequence in self.running:
            part = min(budget, sequence.unread)
            sequence.unread -= part
            budget -= part

    def _decode(self, sequence: Sequence) -> None:
        now = time.monotonic()
        if self.pace.stalled or sequence.unread > 0 or now - sequence.admitted < self.pace.first_token_s:
            return
        token = next(sequence.answer, None)
        if token is None:
            self._end(sequence, STOP)
            return
        sequence.first_at = sequence.first_at or now
        sequence.sent += 1
        sequence.tokens.put_nowait(token)
        if sequence.sent >= sequence.most_tokens and not self.pace.endless:
            self._end(sequence, LENGTH)

    def _end(self, sequence: Sequence, finish: str) -> None:
        sequence.finish, sequence.ended = finish, time.monotonic()
        (self.running if sequence in self.running else self.waiting).remove(sequence)
        sequence.tokens.put_nowait(None)
