"""The connection pool, and URLs in the forms that SQLAlchemy and psycopg want."""

from typing import Any

import orjson
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from .tables import SCHEMA

CONNECT_LIMIT_S = 5


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
    return create_async_engine(
        driver_url(database_url),
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        pool_timeout=10,
        json_serializer=_dumps,
        json_deserializer=orjson.loads,
        connect_args={
            "connect_timeout": CONNECT_LIMIT_S,
            "application_name": "framewright-gateway",
            "options": f"-c search_path={SCHEMA}",
        },
    )


def _dumps(value: Any) -> str:
    return orjson.dumps(value).decode()
