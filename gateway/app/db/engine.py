"""The connection pool, and URLs in the forms that SQLAlchemy and psycopg want."""

import time
from typing import Any

import orjson
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from .tables import SCHEMA

CONNECT_LIMIT_S = 5
TRUSTED_S = 1.0
"""How long a connection may lie idle and be used untried."""


def driver_url(database_url: str) -> str:
    """`postgresql://…` (or `postgres://…`) with the driver named, as SQLAlchemy wants it."""
    _, _, rest = database_url.partition("://")
    return f"postgresql+psycopg://{rest}"


def plain_url(database_url: str) -> str:
    """The URL as psycopg wants it."""
    _, _, rest = database_url.partition("://")
    return f"postgresql://{rest}"


def create_engine(database_url: str, *, pool_size: int) -> AsyncEngine:
    """A pool that opens connections when they are first needed: a start never waits for PostgreSQL."""
    engine = create_async_engine(
        driver_url(database_url),
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=10,
        json_serializer=_dumps,
        json_deserializer=orjson.loads,
        connect_args={
            "connect_timeout": CONNECT_LIMIT_S,
            "application_name": "framewright-gateway",
            "options": f"-c search_path={SCHEMA}",
        },
    )
    _try_what_lay_idle(engine)
    return engine


def _try_what_lay_idle(engine: AsyncEngine) -> None:
    """A connection that was not used for a while is tried before it is used; SQLAlchemy's own ping tries each time."""

    @event.listens_for(engine.sync_engine, "checkin")
    def note(_connection: Any, record: Any) -> None:
        record.info["idle_since"] = time.monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def check(connection: Any, record: Any, _proxy: Any) -> None:
        idle_since = record.info.get("idle_since")
        if idle_since is None or time.monotonic() - idle_since < TRUSTED_S:
            return
        dialect = engine.sync_engine.dialect
        try:
            alive = dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error
        if not alive:
            raise DisconnectionError


def _dumps(value: Any) -> str:
    return orjson.dumps(value).decode()
