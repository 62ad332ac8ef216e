"""The first and the last commit of a generation, each one statement: its row, its events and their NOTIFY together.

In psycopg's own words: a transaction of wide SQLAlchemy statements took a seventh of what a short generation cost here.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Any

import orjson
import psycopg
from sqlalchemy import JSON
from sqlalchemy.ext.asyncio import AsyncEngine

from ..db.tables import GENERATIONS
from .records import CHANNEL, AlreadyThere, Event, StoreUnavailable, events_json, now, store_errors

_JSON = frozenset(column.name for column in GENERATIONS.c if isinstance(column.type, JSON))
_KNOWN = frozenset(GENERATIONS.c.keys())
_CREATE = """
    WITH made AS (
        INSERT INTO gateway.generations ({names}, holder, epoch, lease_until)
        VALUES ({values}, %(holder)s, 1, now() + %(lease)s) RETURNING id
    ), added AS (
        INSERT INTO gateway.events (generation_id, seq, type, at, data)
        SELECT id, %(seq)s::integer, %(type)s::text, %(at)s::timestamptz, %(data)s::json FROM made
    )
    SELECT pg_notify(%(channel)s, %(payload)s) FROM made
"""
_FINISH = """
    WITH ended AS (
        UPDATE gateway.generations SET ended_at = %(ended_at)s, {changes}
        WHERE id = %(id)s AND epoch = %(epoch)s AND ended_at IS NULL AND webhook IS NULL AND batch_id IS NULL
        RETURNING id
    ), added AS (
        INSERT INTO gateway.events (generation_id, seq, type, at, data)
        SELECT ended.id, e.seq, e.type, e.at, e.data
        FROM ended, json_to_recordset(%(events)s::json) AS e (seq integer, type text, at timestamptz, data json)
        ON CONFLICT (generation_id, seq) DO NOTHING
    )
    SELECT pg_notify(%(channel)s, %(payload)s) FROM ended
"""


class WholeCommits:
    """`holder` and `lease`: whose the generations are that are made here, and for how long."""

    def __init__(self, engine: AsyncEngine, *, holder: str, lease: timedelta) -> None:
        self._autocommit = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._holder, self._lease = holder, lease

    async def create(self, columns: Mapping[str, Any], first: Event) -> None:
        """A new row, epoch 1, with its first event.

        Raises:
            AlreadyThere: there is one under that id.
            StoreUnavailable: PostgreSQL can't be reached.
        """
        parameters = {
            **_parameters(columns),
            **_notice(str(columns["id"]), first.seq),
            "holder": self._holder,
            "lease": self._lease,
            "seq": first.seq,
            "type": first.type,
            "at": first.at,
            "data": _dumped(first.data),
        }
        try:
            await self._written(_creation(tuple(columns)), parameters)
        except psycopg.errors.UniqueViolation as error:
            raise AlreadyThere("It was made already.") from error

    async def finish(self, generation_id: str, epoch: int, events: Sequence[Event], columns: Mapping[str, Any]) -> bool:
        """Ends the row with the last events; False, and nothing, where it is not ours to end, or its end sets off more.

        Raises:
            StoreUnavailable: PostgreSQL can't be reached.
        """
        parameters = {
            **_parameters(columns),
            **_notice(generation_id, events[-1].seq),
            "id": generation_id,
            "epoch": epoch,
            "ended_at": now(),
            "events": events_json([(generation_id, epoch, events)]),
        }
        return await self._written(_end(tuple(columns)), parameters)

    async def _written(self, statement: bytes, parameters: Mapping[str, Any]) -> bool:
        """Whether the statement found its row."""
        async with store_errors(), self._autocommit.connect() as connection:
            raw: psycopg.AsyncConnection[Any] = (await connection.get_raw_connection()).driver_connection  # type: ignore[assignment]
            try:
                cursor = await raw.execute(statement, parameters)
                return await cursor.fetchone() is not None
            except (psycopg.OperationalError, psycopg.InterfaceError, psycopg.errors.ReadOnlySqlTransaction) as error:
                await connection.invalidate()
                raise StoreUnavailable("The gateway's PostgreSQL can't be reached.", retry_after_s=5) from error


@cache
def _creation(names: tuple[str, ...]) -> bytes:
    checked = _checked(names)
    return _CREATE.format(names=", ".join(checked), values=", ".join(f"%(c_{name})s" for name in checked)).encode()


@cache
def _end(names: tuple[str, ...]) -> bytes:
    return _FINISH.format(changes=", ".join(f"{name} = %(c_{name})s" for name in _checked(names))).encode()


def _checked(names: Iterable[str]) -> list[str]:
    """Names become part of a statement: nothing but columns may."""
    unknown = [name for name in names if name not in _KNOWN]
    if unknown:
        raise ValueError(f"generations have no column {unknown[0]!r}")
    return list(names)


def _parameters(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Texts of JSON go without a type of their own: PostgreSQL takes them for what the column is."""
    return {
        f"c_{name}": _dumped(value) if name in _JSON and value is not None else value for name, value in columns.items()
    }


def _dumped(value: Any) -> str:
    return orjson.dumps(value).decode()


def _notice(generation_id: str, seq: int) -> dict[str, str]:
    return {"channel": CHANNEL, "payload": f"e:{generation_id}:{seq}"}
