"""The one connection of a process that appends to event logs: psycopg itself, without the cost of a pool."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import psycopg
from psycopg.rows import TupleRow

from ..db.engine import CONNECT_LIMIT_S, plain_url
from .records import StoreUnavailable


class LogConnection:
    """Opened when it is first needed, and again after a loss; one statement at a time, each its own commit."""

    def __init__(self, database_url: str) -> None:
        self._url = plain_url(database_url)
        self._connection: psycopg.AsyncConnection[TupleRow] | None = None

    async def fetch(self, statement: str, parameters: Mapping[str, Any]) -> list[TupleRow]:
        """The rows of a statement.

        Raises:
            StoreUnavailable: PostgreSQL can't be reached.
            psycopg.Error: it refused the statement.
        """
        try:
            connection = self._connection or await self._connect()
            cursor = await connection.execute(statement.encode(), parameters)
            return await cursor.fetchall()
        except (psycopg.OperationalError, psycopg.InterfaceError, psycopg.errors.ReadOnlySqlTransaction) as error:
            await self.aclose()
            raise StoreUnavailable("The gateway's PostgreSQL can't be reached.", retry_after_s=5) from error

    async def aclose(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(psycopg.Error):
                await connection.close()

    async def _connect(self) -> psycopg.AsyncConnection[TupleRow]:
        self._connection = await psycopg.AsyncConnection.connect(
            self._url,
            autocommit=True,
            connect_timeout=CONNECT_LIMIT_S,
            application_name="framewright-gateway-log",
            prepare_threshold=1,
            keepalives_idle=10,
            keepalives_interval=5,
            keepalives_count=3,
        )
        return self._connection
