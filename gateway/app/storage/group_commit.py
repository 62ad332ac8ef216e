"""Appends of all generations of a process: what comes while a commit is under way goes into the next, together."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from .records import CHANNEL, Event, LeaseLost, StoreUnavailable, store_errors

MOST = 64
"""Appends of one commit: a statement stays short."""
_APPEND = text(
    """
    WITH wanted AS (
        SELECT * FROM unnest(CAST(:ids AS text[]), CAST(:epochs AS integer[]), CAST(:payloads AS text[]))
            AS w (id, epoch, payload)
    ), owned AS (
        SELECT g.id, g.epoch, w.payload FROM gateway.generations g JOIN wanted w ON g.id = w.id AND g.epoch = w.epoch
        WHERE g.ended_at IS NULL ORDER BY g.id FOR SHARE OF g
    ), added AS (
        INSERT INTO gateway.events (generation_id, seq, type, at, data)
        SELECT e.id, e.seq, e.type, e.at, CAST(e.data AS json)
        FROM unnest(CAST(:owners AS text[]), CAST(:owner_epochs AS integer[]), CAST(:seqs AS integer[]),
                    CAST(:types AS text[]), CAST(:ats AS timestamptz[]), CAST(:datas AS text[]))
            AS e (id, epoch, seq, type, at, data)
        JOIN owned ON owned.id = e.id AND owned.epoch = e.epoch
        ON CONFLICT (generation_id, seq) DO NOTHING
    )
    SELECT id, epoch, pg_notify(:channel, payload) FROM owned
    """
)
"""One statement, one commit, however many logs. FOR SHARE keeps takeovers out until it has committed."""


@dataclass(frozen=True, slots=True)
class _Append:
    generation_id: str
    epoch: int
    events: Sequence[Event]
    done: "asyncio.Future[None]"


class GroupCommit:
    """Alone, an append is committed at once; nobody waits for company."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
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
        except DBAPIError as error:
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
        events = [(one, event) for one in group for event in one.events]
        parameters = {
            "ids": [one.generation_id for one in group],
            "epochs": [one.epoch for one in group],
            "payloads": [
                f"e:{one.generation_id}:{one.events[-1].seq if one.events else 0}" for one in group
            ],
            "owners": [owner.generation_id for owner, _ in events],
            "owner_epochs": [owner.epoch for owner, _ in events],
            "seqs": [event.seq for _, event in events],
            "types": [event.type for _, event in events],
            "ats": [event.at for _, event in events],
            "datas": [orjson.dumps(event.data).decode() for _, event in events],
            "channel": CHANNEL,
        }  # fmt: skip
        async with store_errors(), self._engine.connect() as connection:
            return {(row[0], row[1]) for row in await connection.execute(_APPEND, parameters)}


def _fail(group: Sequence[_Append], error: Exception) -> None:
    for one in group:
        if not one.done.done():
            one.done.set_exception(error)
