# Made by client/unasync.py from framewright._async: change that, and run it.
"""`client.sessions`: conversations, kept by the mesh."""

import uuid
from collections.abc import Generator
from typing import Any, cast

from framewright.events import Event
from framewright.requests import session_path, stated
from framewright.types import Message, MessagePage, Session, SessionPage

from .connection import Connection
from .orders import Order


class Sessions:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(self, **settings: Any) -> Session:
        """A new session; `settings`: title, model, temperature, max_tokens, system_prompt, use_knowledge, framework."""
        return cast("Session", self._connection.json("POST", "/api/sessions", body=stated(**settings)))

    def read(self, session_id: str) -> Session:
        return cast("Session", self._connection.json("GET", session_path(session_id)))

    def update(self, session_id: str, **settings: Any) -> Session:
        """Renames it, or changes its settings."""
        return cast("Session", self._connection.json("PATCH", session_path(session_id), body=settings))

    def delete(self, session_id: str) -> None:
        self._connection.call("DELETE", session_path(session_id))

    def page(self, *, cursor: str | None = None, limit: int = 50) -> SessionPage:
        """One's own sessions, the last used first."""
        params = stated(cursor=cursor, limit=limit)
        return cast("SessionPage", self._connection.json("GET", "/api/sessions", params=params))

    def search(self, words: str, *, limit: int = 20) -> dict[str, Any]:
        """Sessions whose title or messages hold every word."""
        params = {"q": words, "limit": limit}
        return cast("dict[str, Any]", self._connection.json("GET", "/api/sessions/search", params=params))

    def messages(self, session_id: str, *, cursor: str | None = None, limit: int = 50) -> MessagePage:
        params = stated(cursor=cursor, limit=limit)
        page = self._connection.json("GET", f"{session_path(session_id)}/messages", params=params)
        return cast("MessagePage", page)

    def message(self, session_id: str, message_id: str) -> Message:
        found = self._connection.json("GET", f"{session_path(session_id)}/messages/{message_id}")
        return cast("Message", found)

    def send(self, session_id: str, message: str, **options: Any) -> Generator[Event, None, None]:
        """Says something, and gives the events of the answer: each once, to the terminal one.

        `options`: model, temperature, max_tokens. Errors as in `Client.generate`.
        """
        return self.order(session_id, message, **options).events()

    def order(self, session_id: str, message: str, **options: Any) -> Order:
        """As `send`, for who may want to take it back before its first event has come."""
        body = {"message": message, "client_id": str(uuid.uuid4()), **stated(**options)}
        return Order(self._connection, f"{session_path(session_id)}/messages", body, {})

    def export(self, session_id: str, *, form: str = "json") -> bytes:
        """The session as a file: `json`, which can be imported, or `markdown`."""
        params = {"format": form}
        return (self._connection.call("GET", f"{session_path(session_id)}/export", params=params)).content
