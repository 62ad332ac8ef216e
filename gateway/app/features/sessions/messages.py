"""What users do with single messages: page through them, edit their own, remove them, and find them again."""

from typing import Any

from chassis.errors import Conflict, FieldError, InvalidInput, NotFound

from ...conversations.documents import message_document
from ...conversations.settling import Settling
from ...conversations.signals import notice_signal
from ...core.grams import folded, grams_of, needed, words_of
from ...core.identity import User
from ...core.pages import decode_cursor, encode_cursor
from ...core.token_counts import estimate_tokens
from ...storage.conversation_records import CHAT_CHANNEL, STREAMING, Columns, Session
from ...storage.identifiers import is_id
from ...storage.messages import MessageStore
from ...storage.records import now
from ...storage.turns import TurnStore

Document = dict[str, Any]


class MessageService:
    def __init__(self, *, messages: MessageStore, turns: TurnStore, settling: Settling) -> None:
        self._messages, self._turns, self._settling = messages, turns, settling

    async def page(self, session: Session, *, cursor: str | None, limit: int) -> tuple[list[Document], str | None]:
        """The newest page, oldest first within it, and the cursor of the older ones."""
        await self._settling.settle(session.id)
        found = await self._messages.page(session.id, before=_position(cursor), limit=limit)
        page = found[:limit]
        more = str(page[-1]["position"]) if len(found) > limit else None
        return [message_document(row) for row in reversed(page)], more

    async def read(self, session: Session, message_id: str) -> Document:
        await self._settling.settle(session.id)
        return message_document(await self._row(session, message_id))

    async def edit(self, session: Session, message_id: str, content: str, user: User) -> Document:
        """Changes a message of one's own; what an engine said stays as it said it.

        Raises:
            Conflict: it is an answer.
        """
        row = await self._row(session, message_id)
        if row["role"] != "user":
            raise Conflict("Only one's own messages can be edited.", code="not_editable")
        searched = folded(content)
        changes = {"content": content, "edited_at": now(), "tokens": estimate_tokens(content)}
        await self._messages.update(
            session.id, message_id, {**changes, "search_text": searched, "grams": grams_of(searched)}
        )
        await self._tell(user, "message_updated", session, message_id)
        return message_document({**row, **changes})

    async def remove(self, session: Session, message_id: str, user: User) -> None:
        """Removes one message.

        Raises:
            Conflict: it is being written, or answered.
        """
        row = await self._row(session, message_id)
        turn = await self._turns.next(session.id, row["turn"]) if row["turn"] else None
        answer = await self._messages.get(session.id, turn.answer_id) if turn and turn.number == row["turn"] else None
        if answer is not None and answer["status"] == STREAMING:
            raise Conflict("The message is being answered: wait, or cancel.", code="message_running")
        await self._messages.delete(session.id, message_id)
        await self._tell(user, "message_deleted", session, message_id)

    async def clear(self, session: Session, user: User) -> int:
        """Empties the session, but for a turn that runs; how many messages went."""
        await self._settling.settle(session.id)
        deleted = await self._messages.delete(session.id, None)
        await self._tell(user, "messages_deleted", session, None)
        return deleted

    async def history(
        self, user: User, *, query: str | None, cursor: str | None, limit: int
    ) -> tuple[list[Document], str | None]:
        """One's messages in all sessions, the newest first."""
        words = words_of(query or "")
        after = decode_cursor(cursor)
        found = await self._messages.history(user.id, words=words, grams=needed(words), after=after, limit=limit)
        page = found[:limit]
        items = [{**message_document(row), "session_title": row["session_title"]} for row in page]
        return items, encode_cursor(page[-1]["created_at"], page[-1]["id"]) if len(found) > limit else None

    async def _row(self, session: Session, message_id: str) -> Columns:
        row = await self._messages.get(session.id, message_id) if is_id(message_id) else None
        if row is None:
            raise NotFound("There is no such message.", code="message_not_found")
        return row

    async def _tell(self, user: User, code: str, session: Session, message_id: str | None) -> None:
        notice = {"code": code, "session_id": session.id, "message_id": message_id, "title": session.title}
        await self._turns.notify(CHAT_CHANNEL, [notice_signal(user.id, notice)])


def _position(cursor: str | None) -> int | None:
    if not cursor:
        return None
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= 9):
        raise _invalid_cursor()
    return int(cursor)


def _invalid_cursor() -> InvalidInput:
    message = "The cursor is not one that a page gave."
    return InvalidInput(message, code="invalid_cursor", errors=[FieldError("cursor", message)])
