"""The open sockets of this process: what each is told of the moment, and when its feed has to look for more."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from chassis.errors import TooManyRequests

from .signals import decoded

NOTICES_KEPT = 64
"""A reader that is slower loses the oldest word of the moment: none of them is part of the conversation."""
CREDENTIAL_VOID, SESSION_GONE, TOO_SLOW, RESTARTING = 4401, 4404, 1013, 1012


@dataclass(eq=False, slots=True)
class Socket:
    """One connection. `notices` wait to be sent; `closing` is the code with which it has to end."""

    id: str
    session_id: str
    user_id: str
    credential: str
    notices: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=NOTICES_KEPT))
    noticed: asyncio.Event = field(default_factory=asyncio.Event)
    turned: asyncio.Event = field(default_factory=asyncio.Event)
    closing: int | None = None
    online: int | None = None
    """What it was last told of the session's presence."""

    def tell(self, notice: dict[str, Any]) -> None:
        self.notices.append(notice)
        self.noticed.set()

    def close(self, code: int) -> None:
        self.closing = self.closing or code
        self.noticed.set()


class Sockets:
    """`on_change` is called with the session whose number of sockets has changed."""

    def __init__(self, *, per_user: int) -> None:
        self._per_user = per_user
        self._by_session: defaultdict[str, set[Socket]] = defaultdict(set)
        self._by_user: defaultdict[str, set[Socket]] = defaultdict(set)
        self.on_change: Callable[[str], None] = lambda _session_id: None
        self.on_presence: Callable[[str], None] = lambda _session_id: None

    @property
    def size(self) -> int:
        return sum(len(sockets) for sockets in self._by_session.values())

    def all(self) -> list[Socket]:
        return [socket for sockets in self._by_session.values() for socket in sockets]

    def of(self, session_id: str) -> list[Socket]:
        return list(self._by_session.get(session_id, ()))

    def counts(self) -> dict[str, int]:
        return {session_id: len(sockets) for session_id, sockets in self._by_session.items()}

    def check_room(self, user_id: str) -> None:
        """Raises TooManyRequests where the user has as many sockets as one may have."""
        if len(self._by_user.get(user_id, ())) >= self._per_user:
            raise TooManyRequests(
                f"One user may have {self._per_user:,} sockets open.", code="too_many_sockets", retry_after_s=10
            )

    def add(self, socket: Socket) -> None:
        self._by_session[socket.session_id].add(socket)
        self._by_user[socket.user_id].add(socket)
        self.on_change(socket.session_id)

    def remove(self, socket: Socket) -> None:
        for index, key in ((self._by_session, socket.session_id), (self._by_user, socket.user_id)):
            index[key].discard(socket)
            if not index[key]:
                del index[key]
        self.on_change(socket.session_id)

    def on_payload(self, payload: str) -> None:
        """A notification of any replica (see `signals`)."""
        signal = decoded(payload)
        kind, session_id = signal.get("kind"), signal.get("session", "")
        if kind == "turn":
            self.wake(session_id)
        elif kind == "presence":
            self.on_presence(session_id)
        elif kind == "typing":
            frame = {"type": "typing", "author": "user", "typing": bool(signal.get("typing"))}
            for socket in self.of(session_id):
                if socket.id != signal.get("connection"):
                    socket.tell({**frame, "connection_id": signal.get("connection")})
        elif kind == "notice":
            self._notice(signal)

    def wake(self, session_id: str) -> None:
        """There may be a turn that the session's feeds have not seen."""
        for socket in self.of(session_id):
            socket.turned.set()

    def _notice(self, signal: dict[str, Any]) -> None:
        notice = signal.get("notice") or {}
        about = notice.get("session_id")
        for socket in list(self._by_user.get(signal.get("user", ""), ())):
            if not (signal.get("elsewhere") and socket.session_id == about):
                socket.tell({"type": "notification", **notice})
            if notice.get("code") == "session_deleted" and socket.session_id == about:
                socket.close(SESSION_GONE)
