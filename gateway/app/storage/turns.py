"""Turns in PostgreSQL: opened one at a time for each session, found by number, settled when their generation ended."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from chassis.errors import Conflict, NotFound

from ..db.chat_tables import MESSAGES, SESSIONS
from ..db.tables import EVENTS, GENERATIONS
from .conversation_records import STREAMING, Columns, Turn
from .records import now, store_errors

_NEVER_PLACED = timedelta(seconds=30)
"""A message whose generation was never made: its process died between the two."""
_NOTIFY = text("SELECT pg_notify(:channel, :payload)")
_NEXT = text(
    """
    SELECT a.turn AS number, a.generation_id, u.id AS user_message_id, a.id AS answer_id, u.client_id
    FROM gateway.messages a
    LEFT JOIN gateway.messages u ON u.session_id = a.session_id AND u.turn = a.turn AND u.role = 'user'
    WHERE a.session_id = :session_id AND a.turn >= :number AND a.role = 'assistant' AND a.generation_id IS NOT NULL
    ORDER BY a.turn LIMIT 1
    """
)
Settled = Callable[[Columns], Columns]
"""The columns of an answer, out of its generation's row."""


class TurnStore:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._autocommit = engine.execution_options(isolation_level="AUTOCOMMIT")

    async def open(
        self, session_id: str, user_id: str, user_message: Columns, answer: Columns, *,
        title: Mapping[str, Any], channel: str, payload: Callable[[int], str],
    ) -> tuple[Turn, bool]:  # fmt: skip
        """Adds a turn, and tells all replicas; the turn that there was, and False, where its `client_id` is known.

        `title` is put on a session that nobody has named yet.

        Raises:
            NotFound: there is no such session of this user.
            Conflict: a turn is running.
        """
        async with store_errors(), self._engine.begin() as connection:
            locked = select(SESSIONS).where(SESSIONS.c.id == session_id, SESSIONS.c.user_id == user_id)
            session = (await connection.execute(locked.with_for_update())).mappings().first()
            if session is None:
                raise NotFound("There is no such session.", code="session_not_found")
            known = await self._known(connection, session_id, user_message.get("client_id"))
            if known is not None:
                return known, False
            await self._refuse_second(connection, session_id)
            number, position = session["turns"] + 1, session["positions"]
            for offset, columns in enumerate((user_message, answer), 1):
                placed = {"session_id": session_id, "user_id": user_id, "turn": number, "position": position + offset}
                await connection.execute(insert(MESSAGES).values(**columns, **placed))
            changed: Columns = {"turns": number, "positions": position + 2, "active_at": user_message["created_at"]}
            if not session["titled"] and not session["turns"]:
                changed |= title
            await connection.execute(update(SESSIONS).where(SESSIONS.c.id == session_id).values(**changed))
            await connection.execute(_NOTIFY, {"channel": channel, "payload": payload(number)})
        client_id = user_message.get("client_id")
        return Turn(number, answer["generation_id"], user_message["id"], answer["id"], client_id), True

    async def discard(self, session_id: str, number: int) -> None:
        """Takes a turn back whose generation was refused."""
        statement = delete(MESSAGES).where(MESSAGES.c.session_id == session_id, MESSAGES.c.turn == number)
        async with store_errors(), self._autocommit.connect() as connection:
            await connection.execute(statement)

    async def next(self, session_id: str, number: int) -> Turn | None:
        """The first turn from this number on."""
        async with store_errors(), self._autocommit.connect() as connection:
            row = (await connection.execute(_NEXT, {"session_id": session_id, "number": number})).first()
        return Turn(*row) if row is not None else None

    async def settle(self, settled: Settled, *, session_id: str | None = None, limit: int = 50) -> list[Columns]:
        """Fills the answers whose generation has ended; each is given to one caller alone, with its session's title."""
        async with store_errors(), self._engine.begin() as connection:
            rows = [dict(row) for row in (await connection.execute(_ended(session_id, limit))).mappings()]
            for row in rows:
                await connection.execute(
                    update(MESSAGES).where(MESSAGES.c.id == row["message_id"]).values(**settled(row))
                )
        return rows

    async def recent(self, session_id: str, limit: int) -> Sequence[Columns]:
        """What was said before, the newest first."""
        statement = (
            select(MESSAGES.c.role, MESSAGES.c.content, MESSAGES.c.generation_id)
            .where(MESSAGES.c.session_id == session_id, MESSAGES.c.content != "", MESSAGES.c.status != STREAMING)
            .where(MESSAGES.c.role.in_(("user", "assistant")))
            .order_by(MESSAGES.c.position.desc())
            .limit(limit)
        )
        async with store_errors(), self._autocommit.connect() as connection:
            return [dict(row) for row in (await connection.execute(statement)).mappings()]

    async def last_screen(self, session_id: str) -> str | None:
        """The session's last generation that made a screen."""
        statement = (
            select(GENERATIONS.c.id)
            .join(MESSAGES, MESSAGES.c.generation_id == GENERATIONS.c.id)
            .where(MESSAGES.c.session_id == session_id, GENERATIONS.c.spec_version > 0)
            .order_by(MESSAGES.c.position.desc())
            .limit(1)
        )
        async with store_errors(), self._autocommit.connect() as connection:
            found: str | None = await connection.scalar(statement)
        return found

    async def questions(self, generation_id: str) -> set[str]:
        """The ids of the questions in a generation's log."""
        statement = select(EVENTS.c.data).where(EVENTS.c.generation_id == generation_id, EVENTS.c.type == "question")
        async with store_errors(), self._autocommit.connect() as connection:
            return {row[0]["question_id"] for row in await connection.execute(statement)}

    async def notify(self, channel: str, payloads: Sequence[str]) -> None:
        async with store_errors(), self._autocommit.connect() as connection:
            for payload in payloads:
                await connection.execute(_NOTIFY, {"channel": channel, "payload": payload})

    @staticmethod
    async def _known(connection: AsyncConnection, session_id: str, client_id: str | None) -> Turn | None:
        if client_id is None:
            return None
        same = select(MESSAGES.c.turn).where(MESSAGES.c.session_id == session_id, MESSAGES.c.client_id == client_id)
        number = await connection.scalar(same)
        if number is None:
            return None
        row = (await connection.execute(_NEXT, {"session_id": session_id, "number": number})).first()
        return Turn(*row) if row is not None else None

    @staticmethod
    async def _refuse_second(connection: AsyncConnection, session_id: str) -> None:
        running = (
            select(MESSAGES.c.generation_id)
            .outerjoin(GENERATIONS, GENERATIONS.c.id == MESSAGES.c.generation_id)
            .where(MESSAGES.c.session_id == session_id, MESSAGES.c.status == STREAMING)
            .where(GENERATIONS.c.ended_at.is_(None))
            .where(or_(GENERATIONS.c.id.is_not(None), MESSAGES.c.created_at > now() - _NEVER_PLACED))
        )
        generation_id = await connection.scalar(running.limit(1))
        if generation_id is not None:
            raise Conflict(
                "The session's last message is still being answered: wait for it, or cancel it.",
                code="session_busy",
                extra={"generation_id": generation_id},
            )


def _ended(session_id: str | None, limit: int) -> Any:
    wanted = [
        GENERATIONS.c[name]
        for name in (
            "id", "status", "kind", "answer", "usage", "duration_ms", "engine", "engine_model", "degraded", "prompts",
            "citations", "warnings", "problem", "raw_answers", "intent", "spec", "artifacts", "ended_at", "prompt",
        )
    ]  # fmt: skip
    statement = (
        select(
            MESSAGES.c.id.label("message_id"), MESSAGES.c.session_id, MESSAGES.c.user_id, MESSAGES.c.turn,
            MESSAGES.c.context, SESSIONS.c.title, *wanted,
        )
        .join(SESSIONS, SESSIONS.c.id == MESSAGES.c.session_id)
        .outerjoin(GENERATIONS, GENERATIONS.c.id == MESSAGES.c.generation_id)
        .where(MESSAGES.c.status == STREAMING)
        .where(
            or_(
                GENERATIONS.c.ended_at.is_not(None),
                GENERATIONS.c.id.is_(None) & (MESSAGES.c.created_at < func.now() - _NEVER_PLACED),
            )
        )
    )  # fmt: skip
    if session_id is not None:
        statement = statement.where(MESSAGES.c.session_id == session_id)
    return statement.limit(limit).with_for_update(of=MESSAGES, skip_locked=True)
