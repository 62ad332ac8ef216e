"""What users do with their sessions: every operation is on one's own, another user's is not found."""

from dataclasses import dataclass
from typing import Any

from chassis.errors import FieldError, NotFound, Unprocessable

from ...conversations.settling import Settling
from ...conversations.signals import notice_signal
from ...core.grams import folded, grams_of, needed, words_of
from ...core.identity import User
from ...core.pages import decode_cursor, encode_cursor
from ...runs.orders import Orders
from ...storage.conversation_records import CHAT_CHANNEL, Found, Session
from ...storage.identifiers import is_id, new_id
from ...storage.records import now
from ...storage.sessions import SessionStore
from ...storage.turns import TurnStore
from .schemas import SessionCreateRequest, SessionUpdateRequest
from .snippets import snippet_of

_UNTITLED = ""


@dataclass(frozen=True, slots=True)
class Page:
    sessions: list[Session]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    session: Session
    found: Found
    snippet: str
    highlights: list[tuple[int, int]]


class SessionService:
    def __init__(self, *, sessions: SessionStore, turns: TurnStore, settling: Settling, orders: Orders) -> None:
        self._sessions, self._turns, self._settling, self._orders = sessions, turns, settling, orders

    async def create(self, request: SessionCreateRequest, user: User) -> Session:
        await self._orders.check_model(request.model)
        columns = new_session(request.model_dump(), user.id)
        await self._sessions.create(columns)
        return await self.get(columns["id"], user)

    async def get(self, session_id: str, user: User) -> Session:
        """One's own session.

        Raises:
            NotFound: there is none of this id, or it is another user's.
        """
        found = await self._sessions.get(session_id, user.id) if is_id(session_id) else None
        if found is None:
            raise _not_found()
        return found

    async def page(self, user: User, *, kind: str | None, cursor: str | None, limit: int) -> Page:
        """The last used first."""
        after = decode_cursor(cursor)
        found = await self._sessions.page(user.id, kind=kind, after=after, limit=limit)
        page = found[:limit]
        more = encode_cursor(page[-1].active_at, page[-1].id) if len(found) > limit else None
        return Page(page, more)

    async def update(self, session_id: str, request: SessionUpdateRequest, user: User) -> Session:
        await self.get(session_id, user)
        changes = request.model_dump(exclude_unset=True)
        for name in ("title", "temperature", "max_tokens", "system_prompt", "use_knowledge"):
            if name in changes and changes[name] is None:
                message = "It can't be null: leave it out to keep it."
                raise Unprocessable(message, code="invalid_field", errors=[FieldError(name, message)])
        if changes.get("model"):
            await self._orders.check_model(changes["model"])
        if "title" in changes:
            searched = folded(changes["title"])
            changes |= {"titled": True, "search_text": searched, "grams": grams_of(searched)}
        if changes:
            await self._sessions.update(session_id, user.id, {**changes, "updated_at": now()})
        session = await self.get(session_id, user)
        await self._tell(user, {"code": "session_updated", "session_id": session_id, "title": session.title})
        return session

    async def delete(self, session_id: str, user: User) -> None:
        """A turn that runs is cancelled; the generations stay in the log."""
        session = await self.get(session_id, user)
        if session.running:
            await self._orders.cancel(session.running)
        await self._sessions.delete(session_id, user.id)
        await self._tell(user, {"code": "session_deleted", "session_id": session_id, "title": session.title})

    async def switch(self, session_id: str, user: User) -> Session:
        """Makes it the user's current one."""
        if not is_id(session_id) or not await self._sessions.open(session_id, user.id):
            raise _not_found()
        return await self.get(session_id, user)

    async def current(self, user: User) -> Session:
        found = await self._sessions.current(user.id)
        if found is None:
            raise NotFound("No session was switched to yet.", code="no_current_session")
        return found

    async def search(self, user: User, *, query: str, cursor: str | None, limit: int) -> tuple[list[Hit], str | None]:
        """Titles and messages that hold every word of the query, the newest first."""
        words = words_of(query)
        if not words:
            return [], None
        found = await self._sessions.search(
            user.id, words=words, grams=needed(words), after=decode_cursor(cursor), limit=limit
        )
        page = found[:limit]
        sessions = await self._sessions.many(list({hit.session_id for hit in page}), user.id)
        hits = [
            Hit(sessions[hit.session_id], hit, *snippet_of(hit.text, words))
            for hit in page
            if hit.session_id in sessions
        ]
        more = encode_cursor(page[-1].at, page[-1].message_id or page[-1].session_id) if len(found) > limit else None
        return hits, more

    async def _tell(self, user: User, notice: dict[str, Any]) -> None:
        """The user's sockets, on all replicas."""
        await self._turns.notify(CHAT_CHANNEL, [notice_signal(user.id, notice)])


def new_session(values: dict[str, Any], user_id: str) -> dict[str, Any]:
    """The columns of a session that begins now."""
    moment = now()
    title = values.get("title") or _UNTITLED
    searched = folded(title)
    return {
        **values,
        "id": new_id(),
        "user_id": user_id,
        "title": title,
        "titled": bool(values.get("title")),
        "created_at": moment,
        "updated_at": moment,
        "active_at": moment,
        "search_text": searched,
        "grams": grams_of(searched),
    }


def _not_found() -> NotFound:
    return NotFound("There is no such session.", code="session_not_found")
