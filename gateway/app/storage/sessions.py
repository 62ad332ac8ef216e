"""Sessions in PostgreSQL: each statement is of one user's own sessions alone."""

import builtins
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from ..db.chat_tables import MESSAGES, SESSIONS
from .conversation_records import Found, Session
from .records import now, store_errors

_VIEW = """
    SELECT s.id, s.user_id, s.kind, s.title, s.titled, s.model, s.temperature, s.max_tokens, s.system_prompt,
           s.use_knowledge, s.framework, s.created_at, s.updated_at, s.active_at, s.turns,
           (SELECT count(*) FROM gateway.messages m WHERE m.session_id = s.id) AS message_count,
           last.content AS last_message, last.created_at AS last_message_at, running.id AS running,
           coalesce((SELECT max(e.seq) FROM gateway.messages m JOIN gateway.events e USING (generation_id)
                     WHERE m.session_id = s.id AND m.turn = s.turns AND m.role = 'assistant'), 0) AS last_event
    FROM gateway.sessions s
    LEFT JOIN LATERAL (SELECT left(m.content, 200) AS content, m.created_at FROM gateway.messages m
                       WHERE m.session_id = s.id AND m.content <> '' ORDER BY m.position DESC LIMIT 1) last ON true
    LEFT JOIN LATERAL (SELECT g.id FROM gateway.messages m JOIN gateway.generations g ON g.id = m.generation_id
                       WHERE m.session_id = s.id AND m.status = 'streaming' AND g.ended_at IS NULL
                       LIMIT 1) running ON true
"""
_ONE = text(f"{_VIEW} WHERE s.id = :id AND s.user_id = :user_id")
_MANY = text(f"{_VIEW} WHERE s.id = ANY(:ids) AND s.user_id = :user_id")
_PAGE = text(
    f"""{_VIEW} WHERE s.user_id = :user_id AND (CAST(:kind AS text) IS NULL OR s.kind = :kind)
    AND (CAST(:at AS timestamptz) IS NULL OR (s.active_at, s.id) < (:at, :id))
    ORDER BY s.active_at DESC, s.id DESC LIMIT :limit"""
)
_CURRENT = text(f"{_VIEW} WHERE s.user_id = :user_id AND s.opened_at IS NOT NULL ORDER BY s.opened_at DESC LIMIT 1")
_SEARCH = text(
    """
    SELECT * FROM (
        (SELECT s.id AS session_id, s.active_at AS at, NULL AS message_id, NULL AS role, s.title AS text, s.id AS key
         FROM gateway.sessions s
         WHERE s.user_id = :user_id AND s.grams @> CAST(:grams AS text[])
               AND (SELECT bool_and(position(word IN s.search_text) > 0) FROM unnest(CAST(:words AS text[])) AS word)
               AND (CAST(:at AS timestamptz) IS NULL OR (s.active_at, s.id) < (:at, :key))
         ORDER BY s.active_at DESC, s.id DESC LIMIT :limit)
        UNION ALL
        (SELECT m.session_id, m.created_at, m.id, m.role, m.content, m.id
         FROM gateway.messages m
         WHERE m.user_id = :user_id AND m.grams @> CAST(:grams AS text[])
               AND (SELECT bool_and(position(word IN m.search_text) > 0) FROM unnest(CAST(:words AS text[])) AS word)
               AND (CAST(:at AS timestamptz) IS NULL OR (m.created_at, m.id) < (:at, :key))
         ORDER BY m.created_at DESC, m.id DESC LIMIT :limit)
    ) found
    ORDER BY at DESC, key DESC LIMIT :limit
    """
)
"""The grams find candidates, the words are then looked for themselves. Of rare grams the GIN index is read, of common
ones the newest rows until there are enough: PostgreSQL knows how common they are."""


class SessionStore:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._autocommit = engine.execution_options(isolation_level="AUTOCOMMIT")

    async def create(self, columns: Mapping[str, Any]) -> None:
        async with store_errors(), self._autocommit.connect() as connection:
            await connection.execute(insert(SESSIONS).values(**columns))

    async def get(self, session_id: str, user_id: str) -> Session | None:
        """One's own session; None where there is none, or it is another user's."""
        rows = await self._read(_ONE, {"id": session_id, "user_id": user_id})
        return _session(rows[0]) if rows else None

    async def many(self, ids: Sequence[str], user_id: str) -> dict[str, Session]:
        rows = await self._read(_MANY, {"ids": list(ids), "user_id": user_id})
        return {row["id"]: _session(row) for row in rows}

    async def page(
        self, user_id: str, *, kind: str | None, after: tuple[datetime, str] | None, limit: int
    ) -> builtins.list[Session]:
        """The last used first; one more than `limit` where there are more."""
        at, session_id = after or (None, "")
        values = {"user_id": user_id, "kind": kind, "at": at, "id": session_id, "limit": limit + 1}
        return [_session(row) for row in await self._read(_PAGE, values)]

    async def current(self, user_id: str) -> Session | None:
        rows = await self._read(_CURRENT, {"user_id": user_id})
        return _session(rows[0]) if rows else None

    async def update(self, session_id: str, user_id: str, columns: Mapping[str, Any]) -> bool:
        """False where there is no such session."""
        statement = update(SESSIONS).where(SESSIONS.c.id == session_id, SESSIONS.c.user_id == user_id)
        async with store_errors(), self._autocommit.connect() as connection:
            return (await connection.execute(statement.values(**columns))).rowcount == 1

    async def open(self, session_id: str, user_id: str) -> bool:
        """Makes it the user's current one."""
        return await self.update(session_id, user_id, {"opened_at": now()})

    async def delete(self, session_id: str, user_id: str) -> bool:
        """With its messages; the generations stay in the log."""
        statement = delete(SESSIONS).where(SESSIONS.c.id == session_id, SESSIONS.c.user_id == user_id)
        async with store_errors(), self._autocommit.connect() as connection:
            return (await connection.execute(statement)).rowcount == 1

    async def delete_all(self, user_id: str) -> int:
        """All sessions of a user, with their messages; how many."""
        statement = delete(SESSIONS).where(SESSIONS.c.user_id == user_id)
        async with store_errors(), self._autocommit.connect() as connection:
            return (await connection.execute(statement)).rowcount

    async def search(
        self, user_id: str, *, words: Sequence[str], grams: Sequence[str],
        after: tuple[datetime, str] | None, limit: int,
    ) -> builtins.list[Found]:  # fmt: skip
        """Titles and messages that hold every word, the newest first; one more than `limit` where there are more."""
        at, key = after or (None, "")
        values = {
            "user_id": user_id, "words": list(words), "grams": list(grams), "at": at, "key": key, "limit": limit + 1,
        }  # fmt: skip
        rows = await self._read(_SEARCH, values)
        return [Found(*(row[name] for name in ("session_id", "at", "message_id", "role", "text"))) for row in rows]

    async def import_session(self, columns: Mapping[str, Any], messages: Sequence[Mapping[str, Any]]) -> None:
        """A session with all its messages, or nothing."""
        async with store_errors(), self._engine.begin() as connection:
            await connection.execute(insert(SESSIONS).values(**columns))
            if messages:
                await connection.execute(insert(MESSAGES), list(messages))

    async def last_turns(self, ids: Sequence[str]) -> dict[str, int]:
        """The number of each session's last turn; a session that is gone is missing."""
        statement = select(SESSIONS.c.id, SESSIONS.c.turns).where(SESSIONS.c.id == func.any(list(ids)))
        async with store_errors(), self._autocommit.connect() as connection:
            return {row[0]: row[1] for row in await connection.execute(statement)}

    async def count(self, user_id: str) -> int:
        statement = select(func.count()).select_from(SESSIONS).where(SESSIONS.c.user_id == user_id)
        async with store_errors(), self._autocommit.connect() as connection:
            return int(await connection.scalar(statement) or 0)

    async def _read(self, statement: Any, values: Mapping[str, Any]) -> Sequence[RowMapping]:
        async with store_errors(), self._autocommit.connect() as connection:
            return (await connection.execute(statement, dict(values))).mappings().all()


def _session(row: RowMapping) -> Session:
    return Session(**dict(row))
