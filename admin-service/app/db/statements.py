"""Statements that give no models: sent on the session's own connection, within its transaction."""

from typing import Any

from sqlalchemy import CursorResult, Executable, text
from sqlmodel.ext.asyncio.session import AsyncSession


async def execute(session: AsyncSession, statement: Executable, **values: Any) -> CursorResult[Any]:
    """What is pending in the session is sent first."""
    await session.flush()
    connection = await session.connection()
    return await connection.execute(statement, values)


async def lock(session: AsyncSession, key: int) -> None:
    """Takes an advisory lock until the end of the transaction."""
    await execute(session, text("SELECT pg_advisory_xact_lock(:key)"), key=key)


async def lock_name(session: AsyncSession, name: str) -> None:
    await execute(session, text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), name=name)
