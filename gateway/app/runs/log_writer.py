"""The log of one running generation: events are gathered, committed as a group, and only then published."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Protocol

from chassis.logging import get_logger

from ..storage.records import Event, LeaseLost, StoreUnavailable, now

_ROOM_BYTES = 256 * 1024
"""An engine that is faster than PostgreSQL waits when so much text is not committed yet."""
_RETRY_S = 0.25
_BURST_S = 0.02
"""Stages that follow one another at once share a commit; one that comes alone is committed at once."""
_COLUMNS_S = 1.0
"""Columns go with a commit when they are so old: a short generation writes its row once, at its end."""
_log = get_logger(__name__)


class Log(Protocol):
    """The part of the event store that a writer needs."""

    async def append(
        self, generation_id: str, epoch: int, events: Sequence[Event], columns: Mapping[str, Any] | None = None
    ) -> None: ...


class LogWriter:
    """Emission never waits for a commit; `room()` is where a fast producer waits."""

    def __init__(
        self,
        generation_id: str,
        *,
        epoch: int,
        seq: int = 1,
        begun: Awaitable[None],
        log: Log,
        publish: Callable[[str, Sequence[Event]], None],
        window_s: float,
        patience_s: float,
        on_lost: Callable[[], None],
    ) -> None:
        """`begun` ends when there is a log to write to; `on_lost` is called when there is none any more.

        `seq`: the last event that the log has already.
        `patience_s`: how long a database that is away is tried again.
        """
        self._id, self._epoch, self._begun, self._log, self._publish = generation_id, epoch, begun, log, publish
        self._window_s, self._patience_s, self._on_lost = window_s, patience_s, on_lost
        self._seq = self.committed_seq = seq
        self._pending: list[Event] = []
        self._columns: dict[str, Any] = {}
        self._columns_since = 0.0
        self._committed_at = 0.0
        self._bytes = 0
        self.closing = False
        self._closed = asyncio.Event()
        self._something = asyncio.Event()
        self._urgent = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self._task = asyncio.create_task(self._write(), name=f"log-{generation_id}")

    def emit(self, type_: str, data: Mapping[str, Any]) -> None:
        """Adds an event; a delta that follows one of its own channel is joined to it while neither is committed."""
        if type_ == "delta":
            self._add_delta(data)
        else:
            self._pending.append(self._next(type_, data))
            self._urgent.set()
        self._something.set()

    def record(self, columns: Mapping[str, Any]) -> None:
        """Columns of the generation's row: a new status is committed at once, others with events before long."""
        if not self._columns:
            self._columns_since = time.monotonic()
        self._columns.update(columns)
        if "status" in columns:
            self._urgent.set()
            self._something.set()

    async def room(self) -> None:
        """Waits while too much is not committed."""
        await self._room.wait()

    async def close(self) -> tuple[list[Event], dict[str, Any]]:
        """Stops writing, after a commit under way; the rest goes to the caller, for the commit that ends it all.

        Raises:
            Exception: PostgreSQL refused what the log was to say; the log ends with `committed_seq`.
        """
        self.closing = True
        self._closed.set()
        self._something.set()
        self._urgent.set()
        await self._task
        return self._pending, self._columns

    def next_event(self, type_: str, data: Mapping[str, Any]) -> Event:
        """The event that ends the log, for the commit that ends the generation."""
        return self._next(type_, data)

    def _next(self, type_: str, data: Mapping[str, Any]) -> Event:
        self._seq += 1
        return Event(self._seq, type_, now(), data)

    def _add_delta(self, data: Mapping[str, Any]) -> None:
        text = str(data["text"])
        self._bytes += len(text)
        if self._bytes > _ROOM_BYTES:
            self._room.clear()
        last = self._pending[-1] if self._pending else None
        if (
            last is not None
            and last.type == "delta"
            and (last.data["channel"], last.data["attempt"]) == (data["channel"], data["attempt"])
        ):
            self._pending[-1] = Event(last.seq, "delta", last.at, {**data, "text": last.data["text"] + text})
        else:
            self._pending.append(self._next("delta", data))

    async def _write(self) -> None:
        try:
            await self._begun
        except Exception:  # noqa: BLE001 - whoever asked for the generation hears of it
            self._on_lost()
            return
        while True:
            await self._something.wait()
            await self._gather()
            if self.closing:
                return
            try:
                await self._commit()
            except LeaseLost:
                self._on_lost()
                return
            except Exception:
                self._on_lost()
                raise

    async def _gather(self) -> None:
        """Deltas alone wait for company; anything else goes at once, unless something went just now."""
        if not self._urgent.is_set():
            await _within(self._window_s, self._urgent)
        await _within(self._committed_at + _BURST_S - time.monotonic(), self._closed)
        self._urgent.clear()
        self._something.clear()

    async def _commit(self) -> None:
        """Commits what is pending, then publishes it."""
        give_up = time.monotonic() + self._patience_s
        events, columns = self._pending, self._due_columns()
        self._pending, self._bytes = [], 0
        while True:
            try:
                await self._log.append(self._id, self._epoch, events, columns)
                break
            except StoreUnavailable:
                if time.monotonic() > give_up:
                    _log.warning("log_given_up", generation_id=self._id)
                    raise LeaseLost(self._id) from None
                await asyncio.sleep(_RETRY_S)
        self._committed_at = time.monotonic()
        self._room.set()
        if events:
            self.committed_seq = events[-1].seq
            self._publish(self._id, events)

    def _due_columns(self) -> dict[str, Any]:
        if "status" not in self._columns and time.monotonic() - self._columns_since < _COLUMNS_S:
            return {}
        columns, self._columns = self._columns, {}
        return columns


async def _within(seconds: float, event: asyncio.Event) -> None:
    """Waits for an event, but not for longer."""
    if seconds <= 0:
        return
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
