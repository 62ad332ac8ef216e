"""Sign-ins of browsers: one opaque token each, for an HttpOnly cookie, void when it is unused or ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from chassis.errors import Unauthenticated

from ...core.clock import Clock
from ...core.ids import new_id
from ...db import revisions
from ...db.database import Database
from ...db.models import BrowserSession, User
from ...security.tokens import browser_session_id, make_browser_token, token_hash

_NOTED_EVERY = timedelta(minutes=1)
"""`last_seen_at` is this exact."""


@dataclass(frozen=True, slots=True)
class BrowserSignIn:
    """`session_token` is for the cookie and is never seen again; `expires_in` in seconds."""

    session_token: str
    session_id: str
    expires_in: int
    user: User


@dataclass(frozen=True, slots=True)
class VerifiedBrowser:
    session_id: str
    user_id: str
    email: str
    name: str
    role: str
    expires_in: int


def open_browser_session(session: AsyncSession, user: User, now: datetime, *, life_s: int) -> BrowserSignIn:
    session_id = new_id()
    token = make_browser_token(session_id)
    row = BrowserSession(
        id=session_id,
        user_id=user.id,
        secret_hash=token_hash(token),
        created_at=now,
        last_seen_at=now,
        expires_at=now + timedelta(seconds=life_s),
    )
    session.add(row)
    return BrowserSignIn(token, session_id, life_s, user)


class BrowserService:
    def __init__(self, database: Database, clock: Clock, *, idle_s: int) -> None:
        self._database = database
        self._clock = clock
        self._idle = timedelta(seconds=idle_s)

    async def verify(self, token: str) -> VerifiedBrowser:
        """Whom the cookie speaks for.

        Raises:
            Unauthenticated: it is not a sign-in that goes on.
        """
        session_id, now = browser_session_id(token), self._clock()
        async with self._database.transaction() as session:
            statement = select(BrowserSession, User).where(
                col(BrowserSession.id) == (session_id or ""),
                col(BrowserSession.secret_hash) == token_hash(token),
                col(User.id) == col(BrowserSession.user_id),
            )
            found = (await session.exec(statement)).one_or_none()
            if found is None or not self._living(*found, now):
                raise Unauthenticated("The sign-in has ended: sign in again.", code="session_ended")
            row, user = found
            if now - row.last_seen_at >= _NOTED_EVERY:
                row.last_seen_at = now
        left = int((row.expires_at - now).total_seconds())
        return VerifiedBrowser(row.id, user.id, user.email, user.name, user.role, left)

    async def logout(self, token: str) -> None:
        """Ends the sign-in; one that nobody knows is no error."""
        now = self._clock()
        async with self._database.transaction() as session:
            statement = select(BrowserSession).where(
                col(BrowserSession.id) == (browser_session_id(token) or ""),
                col(BrowserSession.secret_hash) == token_hash(token),
            )
            row = (await session.exec(statement.with_for_update())).one_or_none()
            if row is not None and row.revoked_at is None:
                row.revoked_at = now
                await revisions.revoke(session, now, keys=[row.id])

    def _living(self, row: BrowserSession, user: User, now: datetime) -> bool:
        return (
            row.revoked_at is None
            and row.expires_at > now
            and now - row.last_seen_at < self._idle
            and not user.disabled
        )
