"""`client.sessions`: conversations, kept by the mesh."""

import uuid
from collections.abc import AsyncGenerator
from typing import Any, cast

from framewright.events import Event
from framewright.requests import session_path, stated
from framewright.types import Message, MessagePage, Session, SessionPage

from .connection import AsyncConnection
from .orders import AsyncOrder


class AsyncSessions:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def create(self, **settings: Any) -> Session:
        """A new session; `settings`: title, model, temperature, max_tokens, system_prompt, use_knowledge, framework."""
        return cast("Session", await self._connection.json("POST", "/api/sessions", body=stated(**settings)))

    async def read(self, session_id: str) -> Session:
        return cast("Session", await self._connection.json("GET", session_path(session_id)))

    async def update(self, session_id: str, **settings: Any) -> Session:
        """Renames it, or changes its settings."""
        return cast("Session", await self._connection.json("PATCH", session_path(session_id), body=settings))

    async def delete(self, session_id: str) -> None:
        await self._connection.call("DELETE", session_path(session_id))

    async def page(self, *, cursor: str | None = None, limit: int = 50) -> SessionPage:
        """One's own sessions, the last used first."""
        params = stated(cursor=cursor, limit=limit)
        return cast("SessionPage", await self._connection.json("GET", "/api/sessions", params=params))

    async def search(self, words: str, *, limit: int = 20) -> dict[str, Any]:
        """Sessions whose title or messages hold every word."""
        params = {"q": words, "limit": limit}
        return cast("dict[str, Any]", await self._connection.json("GET", "/api/sessions/search", params=params))

    async def messages(self, session_id: str, *, cursor: str | None = None, limit: int = 50) -> MessagePage:
        params = stated(cursor=cursor, limit=limit)
        page = await self._connection.json("GET", f"{session_path(session_id)}/messages", params=params)
        return cast("MessagePage", page)

    async def message(self, session_id: str, message_id: str) -> Message:
        found = await self._connection.json("GET", f"{session_path(session_id)}/messages/{message_id}")
        return cast("Message", found)

    def send(self, session_id: str, message: str, **options: Any) -> AsyncGenerator[Event, None]:
        """Says something, and gives the events of the answer: each once, to the terminal one.

        `options`: model, temperature, max_tokens. Errors as in `Client.generate`.
        """
        return self.order(session_id, message, **options).events()

    def order(self, session_id: str, message: str, **options: Any) -> AsyncOrder:
        """As `send`, for who may want to take it back before its first event has come."""
        body = {"message": message, "client_id": str(uuid.uuid4()), **stated(**options)}
        return AsyncOrder(self._connection, f"{session_path(session_id)}/messages", body, {})

    async def export(self, session_id: str, *, form: str = "json") -> bytes:
        """The session as a file: `json`, which can be imported, or `markdown`."""
        params = {"format": form}
        return (await self._connection.call("GET", f"{session_path(session_id)}/export", params=params)).content
