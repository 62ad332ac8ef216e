"""Appends of all generations of a process: what comes while a commit is under way goes into the next, together."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import orjson
import psycopg

from .log_connection import LogConnection
from .records import CHANNEL, Event, LeaseLost, StoreUnavailable, events_json

MOST = 64
"""Appends of one commit: a statement stays short."""
_APPEND = """
    WITH wanted AS (
        SELECT * FROM json_to_recordset(%(wanted)s::json) AS w (id text, epoch integer, payload text)
    ), owned AS (
        SELECT g.id, g.epoch, w.payload FROM gateway.generations g JOIN wanted w ON g.id = w.id AND g.epoch = w.epoch
        WHERE g.ended_at IS NULL ORDER BY g.id FOR SHARE OF g
    ), added AS (
        INSERT INTO gateway.events (generation_id, seq, type, at, data)
        SELECT e.owner, e.seq, e.type, e.at, e.data
        FROM json_to_recordset(%(events)s::json)
            AS e (owner text, epoch integer, seq integer, type text, at timestamptz, data json)
        JOIN owned ON owned.id = e.owner AND owned.epoch = e.epoch
        ON CONFLICT (generation_id, seq) DO NOTHING
    )
    SELECT id, epoch, pg_notify(%(channel)s, payload) FROM owned
"""
"""One statement, one commit, however many logs. FOR SHARE keeps takeovers out until it has committed.

All of it comes as JSON texts: of a text[], each quote of a large artifact costs a step of Python (10 ms for 50 kB).
"""


@dataclass(frozen=True, slots=True)
class _Append:
    generation_id: str
    epoch: int
    events: Sequence[Event]
    done: "asyncio.Future[None]"


class GroupCommit:
    """Alone, an append is committed at once; nobody waits for company."""

    def __init__(self, connection: LogConnection) -> None:
        self._connection = connection
        self._waiting: list[_Append] = []
        self._task: asyncio.Task[None] | None = None

    async def append(self, generation_id: str, epoch: int, events: Sequence[Event]) -> None:
        """Returns when the events are committed.

        Raises:
            LeaseLost: the generation has ended, or belongs to a later epoch.
            StoreUnavailable: PostgreSQL can't be reached; nothing of it was written, or all.
        """
        done = asyncio.get_running_loop().create_future()
        self._waiting.append(_Append(generation_id, epoch, events, done))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._commit_waiting(), name="group-commit")
        await done

    async def _commit_waiting(self) -> None:
        while self._waiting:
            group, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            try:
                await self._settle(group)
            except asyncio.CancelledError:
                _fail([*group, *self._waiting], StoreUnavailable("The commit was broken off."))
                raise
            except Exception as error:  # noqa: BLE001 - an outermost loop: those who wait have to hear of it
                _fail(group, error)

    async def _settle(self, group: Sequence[_Append]) -> None:
        try:
            owned = await self._write(group)
        except StoreUnavailable as error:
            _fail(group, error)
            return
        except psycopg.Error as error:
            if len(group) == 1:
                _fail(group, error)
                return
            for one in group:  # so that one that can't be written spoils no other
                await self._settle([one])
            return
        for one in group:
            if one.done.done():
                continue
            if (one.generation_id, one.epoch) in owned:
                one.done.set_result(None)
            else:
                one.done.set_exception(LeaseLost(one.generation_id))

    async def _write(self, group: Sequence[_Append]) -> set[tuple[str, int]]:
        """The generations, each with its epoch, whose events were written."""
        rows = await self._connection.fetch(
            _APPEND,
            {
                "wanted": orjson.dumps([_wanted(one) for one in group]).decode(),
                "events": events_json([(one.generation_id, one.epoch, one.events) for one in group]),
                "channel": CHANNEL,
            },
        )
        return {(row[0], row[1]) for row in rows}


def _wanted(one: _Append) -> dict[str, str | int]:
    payload = f"e:{one.generation_id}:{one.events[-1].seq if one.events else 0}"
    return {"id": one.generation_id, "epoch": one.epoch, "payload": payload}


def _fail(group: Sequence[_Append], error: Exception) -> None:
    for one in group:
        if not one.done.done():
            one.done.set_exception(error)
