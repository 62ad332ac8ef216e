"""Messages in PostgreSQL: reading, editing, removing, and one user's history over all sessions."""

import builtins
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, text, tuple_, update
from sqlalchemy.ext.asyncio import AsyncEngine

from ..db.chat_tables import MESSAGES, SESSIONS
from .conversation_records import Columns
from .records import store_errors

SHOWN = [
    MESSAGES.c[name]
    for name in (
        "id", "session_id", "turn", "position", "role", "author", "content", "status", "created_at", "completed_at",
        "edited_at", "tokens", "processing_ms", "generation_id", "client_id", "model", "model_version", "engine",
        "degraded", "template", "parameters", "context", "citations", "warnings", "problem",
    )
]  # fmt: skip
_HAS_WORDS = text(
    "(SELECT bool_and(position(word IN messages.search_text) > 0) FROM unnest(CAST(:words AS text[])) AS word)"
)


class MessageStore:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._autocommit = engine.execution_options(isolation_level="AUTOCOMMIT")

    async def page(self, session_id: str, *, before: int | None, limit: int) -> builtins.list[Columns]:
        """The newest before a position, the newest first; one more than `limit` where there are more."""
        statement = select(*SHOWN).where(MESSAGES.c.session_id == session_id)
        if before is not None:
            statement = statement.where(MESSAGES.c.position < before)
        return await self._read(statement.order_by(MESSAGES.c.position.desc()).limit(limit + 1))

    async def all(self, session_id: str) -> builtins.list[Columns]:
        statement = select(*SHOWN).where(MESSAGES.c.session_id == session_id).order_by(MESSAGES.c.position)
        return await self._read(statement)

    async def get(self, session_id: str, message_id: str) -> Columns | None:
        statement = select(*SHOWN).where(MESSAGES.c.session_id == session_id, MESSAGES.c.id == message_id)
        rows = await self._read(statement)
        return rows[0] if rows else None

    async def update(self, session_id: str, message_id: str, columns: Mapping[str, Any]) -> None:
        statement = update(MESSAGES).where(MESSAGES.c.session_id == session_id, MESSAGES.c.id == message_id)
        async with store_errors(), self._autocommit.connect() as connection:
            await connection.execute(statement.values(**columns))

    async def delete(self, session_id: str, message_id: str | None) -> int:
        """One message, or all that are not being written; how many went."""
        statement = delete(MESSAGES).where(MESSAGES.c.session_id == session_id)
        if message_id is not None:
            statement = statement.where(MESSAGES.c.id == message_id)
        else:
            running = select(MESSAGES.c.turn).where(
                MESSAGES.c.session_id == session_id, MESSAGES.c.status == "streaming"
            )
            statement = statement.where(MESSAGES.c.turn.not_in(running))
        async with store_errors(), self._autocommit.connect() as connection:
            return (await connection.execute(statement)).rowcount

    async def history(
        self,
        user_id: str,
        *,
        words: Sequence[str],
        grams: Sequence[str],
        after: tuple[datetime, str] | None,
        limit: int,
    ) -> builtins.list[Columns]:
        """A user's messages in all sessions, the newest first, with the session's title."""
        joined = MESSAGES.join(SESSIONS, SESSIONS.c.id == MESSAGES.c.session_id)
        statement = select(*SHOWN, SESSIONS.c.title.label("session_title")).select_from(joined)
        statement = statement.where(MESSAGES.c.user_id == user_id)
        statement = statement.order_by(MESSAGES.c.created_at.desc(), MESSAGES.c.id.desc()).limit(limit + 1)
        values: dict[str, Any] = {}
        if words:
            statement = statement.where(MESSAGES.c.grams.contains(list(grams)), _HAS_WORDS)
            values["words"] = list(words)
        if after is not None:
            statement = statement.where(tuple_(MESSAGES.c.created_at, MESSAGES.c.id) < after)
        return await self._read(statement, values)

    async def _read(self, statement: Any, values: Mapping[str, Any] | None = None) -> builtins.list[Columns]:
        async with store_errors(), self._autocommit.connect() as connection:
            return [dict(row) for row in (await connection.execute(statement, dict(values or {}))).mappings()]
