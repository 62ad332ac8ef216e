"""An engine's answer while it is read: its limits are watched by one timer, not by one for each read."""

import asyncio
from dataclasses import dataclass

import aiohttp

from chassis.deadlines import remaining_s

from .errors import EngineFailed, EngineTimedOut

MAX_ANSWER_BYTES = 64 * 1024 * 1024
_FINISH_S = 0.25


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: to connect, to the first content, between two reads, and in all."""

    connect_s: float = 3.0
    first_byte_s: float = 120.0
    between_bytes_s: float = 60.0
    total_s: float = 300.0


def deadlines(limits: Limits, started: float) -> tuple[float, float]:
    """Event-loop times of the first content and of the end.

    A tenth of the caller's own patience is kept back, so that a fallback still comes in time.
    """
    patience = remaining_s()
    return (
        started + min(limits.first_byte_s, 0.9 * patience),
        started + min(limits.total_s, patience),
    )


class Reading:
    """`progressed` is set by the reader when content has come. `close` must be called in the end."""

    def __init__(self, response: aiohttp.ClientResponse, limits: Limits, *, engine: str, started: float) -> None:
        self._response = response
        self._content = response.content
        self._limits = limits
        self._engine = engine
        self._loop = asyncio.get_running_loop()
        self._first_at, self._end_at = deadlines(limits, started)
        self._read_bytes = 0
        self._waiting_since: float | None = None
        self._timer = self._loop.call_at(min(self._first_at, self._end_at), self._check)
        self.progressed = False
        self.content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()

    async def read(self) -> bytes:
        """What has come since; empty at the end of the answer.

        Raises:
            EngineTimedOut: nothing came within the limit in force.
            EngineFailed: the connection broke, or the answer is larger than any sensible one.
        """
        if not self._waiting_since:
            self._waiting_since = self._loop.time()
        try:
            chunk = await self._content.readany()
        except aiohttp.ClientError as error:
            raise EngineFailed(f"The connection to the engine {self._engine} broke.") from error
        self._waiting_since = None
        self._read_bytes += len(chunk)
        if self._read_bytes > MAX_ANSWER_BYTES:
            raise EngineFailed(f"The engine {self._engine} sent more than {MAX_ANSWER_BYTES:,} bytes.")
        return chunk

    def _check(self) -> None:
        """Ends a read that has waited too long; looks again when the limit then in force is over."""
        now = self._loop.time()
        due = self._due(now)
        if due > now:
            self._timer = self._loop.call_at(due, self._check)
        elif now >= self._end_at:
            self._content.set_exception(EngineTimedOut(f"The engine {self._engine} did not finish in time."))
        else:
            self._content.set_exception(EngineTimedOut(f"The engine {self._engine} went silent."))

    def _due(self, now: float) -> float:
        if not self.progressed:
            return min(self._first_at, self._end_at)
        since = now if self._waiting_since is None else self._waiting_since
        return min(since + self._limits.between_bytes_s, self._end_at)

    async def finish(self) -> None:
        """Reads the end of the transfer, so that the connection can be used again; not where it takes its time."""
        if self._content.at_eof():
            return
        try:
            async with asyncio.timeout(_FINISH_S):
                while await self._content.readany():
                    pass
        except (TimeoutError, aiohttp.ClientError):
            self._response.close()

    def close(self) -> None:
        """Gives the connection back where the answer was read to its end; else breaks it, which ends the work."""
        self._timer.cancel()
        if self._content.is_eof():
            self._response.release()
        else:
            self._response.close()
