"""An engine's answer while it is read: its limits are watched by one timer, not by one for each read."""

import asyncio
from dataclasses import dataclass

from chassis.deadlines import remaining_s

from .errors import EngineFailed, EngineTimedOut
from .http_connection import Connection, ConnectionBroken
from .http_pool import ConnectionPool, Origin

MAX_ANSWER_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: to connect, to the first content, between two reads, in all; to the first where a model is loaded."""

    connect_s: float = 3.0
    first_byte_s: float = 120.0
    between_bytes_s: float = 60.0
    total_s: float = 300.0
    load_s: float = 300.0


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
    """`progress` is called by the reader when content has come. `close` must be called in the end."""

    __slots__ = (
        "_connection", "_end_at", "_engine", "_first_at", "_limits", "_loop", "_origin", "_pool", "_progressed",
        "_read_bytes", "_timer", "_waiting_since",
    )  # fmt: skip

    def __init__(
        self, connection: Connection, pool: ConnectionPool, origin: Origin, limits: Limits, *, engine: str,
        first_at: float, end_at: float,
    ) -> None:  # fmt: skip
        self._connection = connection
        self._pool = pool
        self._origin = origin
        self._limits = limits
        self._engine = engine
        self._loop = asyncio.get_running_loop()
        self._first_at, self._end_at = first_at, end_at
        self._read_bytes = 0
        self._waiting_since = 0.0
        self._timer: asyncio.TimerHandle | None = self._loop.call_at(min(first_at, end_at), self._check)
        self._progressed = False

    @property
    def status(self) -> int:
        return self._connection.status

    @property
    def content_type(self) -> str:
        return self.header("content-type").partition(";")[0].strip().lower()

    def header(self, name: str) -> str:
        """Empty where there is none. `name` is written small."""
        return self._connection.headers.get(name, "")

    async def head(self) -> None:
        """Until the status is known. Raises ConnectionBroken or EngineTimedOut."""
        await self._connection.head()
        if self.header("content-encoding") not in {"", "identity"}:
            raise EngineFailed(f"The engine {self._engine} sent an encoding that was not asked for.")

    async def read(self) -> bytes:
        """What has come since; empty at the end of the answer.

        Raises:
            EngineTimedOut: nothing came within the limit in force.
            EngineFailed: the connection broke, or the answer is larger than any sensible one.
        """
        self._waiting_since = self._loop.time()
        try:
            chunk = await self._connection.read()
        except ConnectionBroken as error:
            raise EngineFailed(f"The connection to the engine {self._engine} broke.") from error
        self._waiting_since = 0.0
        self._read_bytes += len(chunk)
        if self._read_bytes > MAX_ANSWER_BYTES:
            raise EngineFailed(f"The engine {self._engine} sent more than {MAX_ANSWER_BYTES:,} bytes.")
        return chunk

    def progress(self) -> None:
        """There is content: from now on the time between two reads counts."""
        if self._progressed or self._timer is None:
            return
        self._progressed = True
        due = self._loop.time() + self._limits.between_bytes_s
        if due < min(self._first_at, self._end_at):
            self._timer.cancel()
            self._timer = self._loop.call_at(due, self._check)

    def _check(self) -> None:
        """Ends a read that has waited too long; looks again when the limit then in force is over."""
        now = self._loop.time()
        due = self._due(now)
        if due > now:
            self._timer = self._loop.call_at(due, self._check)
        elif now >= self._end_at:
            self._connection.fail(EngineTimedOut(f"The engine {self._engine} did not finish in time."))
        else:
            self._connection.fail(EngineTimedOut(f"The engine {self._engine} went silent."))

    def _due(self, now: float) -> float:
        if not self._progressed:
            return min(self._first_at, self._end_at)
        return min((self._waiting_since or now) + self._limits.between_bytes_s, self._end_at)

    def close(self, *, ended: bool = False) -> None:
        """Gives the connection back where the answer was read to its end; else breaks it, which ends the work.

        `ended`: the answer is whole, whatever the transfer still brings.
        """
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
            self._pool.give_back(self._origin, self._connection, ending=ended)
