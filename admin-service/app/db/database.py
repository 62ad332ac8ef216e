"""The connection pool: transactions for services, and what PostgreSQL's refusals mean to a caller."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    ProgrammingError,
    TimeoutError as PoolTimeoutError,
)
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from chassis.errors import Conflict, InvalidInput, Unavailable
from chassis.logging import get_logger

from . import HEAD_REVISION, SCHEMA

_REVISION = text(f"SELECT version_num FROM {SCHEMA}.alembic_version")  # noqa: S608 - a constant of ours

_CONNECT_S = 3
_POOL_WAIT_S = 5.0
_STATEMENT_MS = 10_000
_RETRY_AFTER_S = 2
_log = get_logger(__name__)


def sqlalchemy_url(url: str) -> str:
    """`postgresql://…` as people write it, with the driver that we use."""
    _, separator, rest = url.partition("://")
    if not separator:
        raise ValueError("DATABASE_URL is not a URL: write postgresql://user:password@host:port/database.")
    return f"postgresql+psycopg://{rest}"


class Database:
    """Opens connections when they are first needed, so that the service starts without its database."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self._engine: AsyncEngine = create_async_engine(
            sqlalchemy_url(url),
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_timeout=_POOL_WAIT_S,
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": _CONNECT_S,
                "options": f"-c statement_timeout={_STATEMENT_MS} -c timezone=UTC",
                "application_name": "admin-service",
            },
        )

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session whose work is committed at the end, or rolled back by an exception.

        Raises:
            Unavailable: PostgreSQL can't be reached, or has not been migrated.
            Conflict: another transaction was there first.
        """
        try:
            async with AsyncSession(self._engine, expire_on_commit=False) as session, session.begin():
                yield session
        except IntegrityError as error:
            raise Conflict("Somebody else changed this at the same moment: read it again, then repeat.") from error
        except UnicodeEncodeError as error:
            raise InvalidInput("A value holds something that can't be kept as text.") from error
        except (DBAPIError, PoolTimeoutError, OSError) as error:
            raise self._translated(error) from error

    def _translated(self, error: Exception) -> Exception:
        if isinstance(error, DataError):
            return InvalidInput("A value holds something that can't be kept as text.")
        state = getattr(getattr(error, "orig", None), "sqlstate", None) or ""
        if isinstance(error, ProgrammingError) and state in {"42P01", "3F000", "42703"}:
            _log.error("database_not_migrated", sqlstate=state)
            return Unavailable("The database has not been migrated yet.", retry_after_s=_RETRY_AFTER_S)
        if _is_outage(error, state):
            _log.warning("database_unavailable", reason=type(error).__name__, sqlstate=state)
            return Unavailable("The database can't be reached.", retry_after_s=_RETRY_AFTER_S)
        return error

    async def check(self) -> str:
        """For `/readyz`: raises where the database is away or older than this code."""
        async with self._engine.connect() as connection:
            found: Any = await connection.scalar(_REVISION)
        if found is None or str(found) < HEAD_REVISION:
            raise NotMigrated(f"revision {found}, needs {HEAD_REVISION}")
        return f"revision {found}"

    async def aclose(self) -> None:
        await self._engine.dispose()


class NotMigrated(Exception):
    """The migrate job has not run yet."""


def _is_outage(error: Exception, state: str) -> bool:
    """No connection, a lost one (class 08), a server that goes down (57P0x), is full (53) or read-only, a time-out."""
    if not isinstance(error, DBAPIError):
        return True
    return error.connection_invalidated or not state or state.startswith(("08", "57", "53", "25006"))
