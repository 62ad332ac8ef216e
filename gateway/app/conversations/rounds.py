"""What is done for all open sockets of a process together: presence, lost notifications, void credentials."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from chassis.errors import Unauthenticated, Unavailable
from chassis.logging import get_logger

from ..core.identity import User
from ..storage.conversation_records import CHAT_CHANNEL
from ..storage.presence import PresenceStore
from ..storage.records import StoreUnavailable
from ..storage.sessions import SessionStore
from .signals import presence_signal
from .sockets import CREDENTIAL_VOID, SESSION_GONE, Sockets

_GATHER_S = 0.05
"""A thousand sockets that come at the same moment are one statement."""
_log = get_logger(__name__)


class Verifier(Protocol):
    async def user(self, credential: str) -> User: ...


class Rounds:
    def __init__(
        self, *, sockets: Sockets, presence: PresenceStore, sessions: SessionStore, identity: Verifier, every_s: float
    ) -> None:
        self._sockets, self._presence, self._sessions, self._identity = sockets, presence, sessions, identity
        self._every_s = every_s
        self._changed: set[str] = set()
        self._stale: set[str] = set()
        self._something = asyncio.Event()
        self._turns: dict[str, int] = {}
        sockets.on_change = self._note_change
        sockets.on_presence = self._note_presence

    async def run(self) -> None:
        """Never returns; cancel it."""
        await asyncio.gather(self._each(self._presence_now, woken=True), self._each(self._look_after, woken=False))

    async def _each(self, work: Callable[[], Awaitable[None]], *, woken: bool) -> None:
        while True:
            if woken:
                await self._something.wait()
                await asyncio.sleep(_GATHER_S)
                self._something.clear()
            else:
                await asyncio.sleep(self._every_s)
            try:
                await work()
            except StoreUnavailable:
                _log.warning("socket_round_skipped", reason="store unavailable")
            except Exception as error:  # noqa: BLE001 - an outermost loop: the next round may succeed
                _log.error("socket_round_failed", exc_info=error)

    async def _presence_now(self) -> None:
        """Says what has changed here, and asks about the sessions whose presence has changed anywhere."""
        changed, self._changed = self._changed, set()
        if changed:
            counts = self._sockets.counts()
            payloads = [presence_signal(session_id) for session_id in sorted(changed)]
            numbers = {session_id: counts.get(session_id, 0) for session_id in changed}
            await self._presence.put(numbers, channel=CHAT_CHANNEL, payloads=payloads)
        stale, self._stale = self._stale | changed, set()
        await self._tell_presence(stale)

    async def _look_after(self) -> None:
        sockets = self._sockets.all()
        if not sockets:
            return
        ids = list({socket.session_id for socket in sockets})
        await self._presence.renew(self._sockets.counts())
        await self._tell_presence(set(ids))
        await self._wake_behind(ids)
        await self._check_credentials()

    async def _tell_presence(self, session_ids: set[str]) -> None:
        here = [session_id for session_id in session_ids if self._sockets.of(session_id)]
        if not here:
            return
        online = await self._presence.online(here)
        for session_id in here:
            sockets = self._sockets.of(session_id)
            number = max(online.get(session_id, 0), len(sockets))
            for socket in sockets:
                if socket.online != number:
                    socket.online = number
                    socket.tell({"type": "presence", "online": number})

    async def _wake_behind(self, ids: list[str]) -> None:
        """Turns whose notification was lost; sessions that are gone."""
        turns = await self._sessions.last_turns(ids)
        for session_id in ids:
            if session_id not in turns:
                for socket in self._sockets.of(session_id):
                    socket.close(SESSION_GONE)
            elif self._turns.get(session_id) != turns[session_id]:
                self._sockets.wake(session_id)
        self._turns = turns

    async def _check_credentials(self) -> None:
        void: dict[str, bool] = {}
        for socket in self._sockets.all():
            if socket.credential not in void:
                void[socket.credential] = await self._is_void(socket.credential)
            if void[socket.credential]:
                socket.close(CREDENTIAL_VOID)

    async def _is_void(self, credential: str) -> bool:
        try:
            await self._identity.user(credential)
        except Unauthenticated:
            return True
        except Unavailable:
            return False
        return False

    def _note_change(self, session_id: str) -> None:
        self._changed.add(session_id)
        self._something.set()

    def _note_presence(self, session_id: str) -> None:
        self._stale.add(session_id)
        self._something.set()
