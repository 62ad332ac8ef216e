"""Sign-in with a password, registration, and the life of a sign-in, for programs and for browsers."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

from chassis.errors import ServiceError, Unauthenticated
from chassis.logging import get_logger

from ...core.clock import Clock
from ...db.audit import Actor, record
from ...db.database import Database
from ...db.models import User
from ...db.people import add_user, find_by_email, find_user, forget_failures
from ...db.signing_keys import SigningKeys
from ...security.passwords import Passwords
from .account import checked_hash
from .browser import BrowserSignIn, open_browser_session
from .lockout import LockoutPolicy, admit, admit_registration
from .registration import Mode, admitted_role, find_invitation, registration_mode
from .sessions import Lifetimes, TokenPair, close_family, find_token, open_session

_log = get_logger(__name__)
Signed = TypeVar("Signed")
Opening = Callable[[AsyncSession, User, datetime], Signed]
"""What a sign-in gives: tokens, or a browser's session."""


@dataclass(frozen=True, slots=True)
class Login:
    """`client`: the address of the person's machine, empty where it is not known."""

    email: str
    password: str
    client: str = ""


@dataclass(frozen=True, slots=True)
class Registration:
    email: str
    password: str
    name: str | None = None
    invitation: str | None = None
    client: str = ""


class AuthService:
    def __init__(
        self,
        *,
        database: Database,
        passwords: Passwords,
        signing: SigningKeys,
        policy: LockoutPolicy,
        lifetimes: Lifetimes,
        clock: Clock,
        open_registration: bool,
    ) -> None:
        """`open_registration` holds where no admin has set it."""
        self._database = database
        self._passwords = passwords
        self._signing = signing
        self._policy = policy
        self._lifetimes = lifetimes
        self._clock = clock
        self._open_registration = open_registration

    async def login(self, login: Login) -> TokenPair:
        """Tokens for the account; 401 without a word on which of the two was wrong, 429 where it is locked."""
        return await self._login(login, await self._tokens())

    async def login_browser(self, login: Login) -> BrowserSignIn:
        return await self._login(login, self._browser())

    async def register(self, actor: Actor, registration: Registration) -> TokenPair:
        """An account made by its owner, where an admin (or the local mode) allows that."""
        return await self._register(actor, registration, await self._tokens())

    async def register_browser(self, actor: Actor, registration: Registration) -> BrowserSignIn:
        return await self._register(actor, registration, self._browser())

    async def registration(self) -> Mode:
        """Who may register."""
        async with self._database.transaction() as session:
            return await registration_mode(session, open_by_default=self._open_registration)

    async def refresh(self, refresh_token: str) -> TokenPair:
        """The session's next tokens. A token that was used before ends the session: somebody has copied it."""
        pair = await self._signing.current()
        now = self._clock()
        async with self._database.transaction() as session:
            token = await find_token(session, refresh_token)
            refusal = _invalid_refresh()
            if token is not None and token.used_at is not None:
                await close_family(session, token.family_id, now)
                _log.warning("refresh_token_reused", user_id=token.user_id, family_id=token.family_id)
                refusal = Unauthenticated("This refresh token was used before: sign in again.", code="refresh_reused")
            elif token is not None and token.revoked_at is None and token.expires_at > now:
                user = await find_user(session, token.user_id, lock=True)
                if not user.disabled:
                    await self._past_revocation(user)
                    token.used_at = now
                    return open_session(session, user, pair, self._lifetimes, self._clock(), replaces=token)
        raise refusal

    async def logout(self, refresh_token: str) -> None:
        """Ends the session; a token that nobody knows is no error."""
        async with self._database.transaction() as session:
            token = await find_token(session, refresh_token)
            if token is not None:
                await close_family(session, token.family_id, self._clock())

    async def _tokens(self) -> Opening[TokenPair]:
        pair = await self._signing.current()
        return lambda session, user, now: open_session(session, user, pair, self._lifetimes, now)

    def _browser(self) -> Opening[BrowserSignIn]:
        return partial(open_browser_session, life_s=self._lifetimes.browser_s)

    async def _login(self, login: Login, opening: Opening[Signed]) -> Signed:
        name = login.email.strip().lower()
        async with self._database.transaction() as session:
            await admit(session, self._policy, email=name, client=login.client, now=self._clock())
            user = await find_by_email(session, name)
        right = await self._passwords.verify(user.password_hash if user else None, login.password)
        if user is None or not right:
            raise Unauthenticated("The address or the password is wrong.", code="invalid_credentials")
        if user.disabled:
            raise Unauthenticated("This account is disabled. Ask an admin.", code="account_disabled")
        renewed = await self._passwords.hash(login.password) if self._passwords.outdated(user.password_hash) else None
        return await self._sign_in(user.id, user.password_hash, renewed, opening)

    async def _register(self, actor: Actor, asked: Registration, opening: Opening[Signed]) -> Signed:
        async with self._database.transaction() as session:
            if asked.client:
                await admit_registration(session, self._policy, client=asked.client, now=self._clock())
            mode = await registration_mode(session, open_by_default=self._open_registration)
            role = await admitted_role(session, mode, email=asked.email, code=asked.invitation, clock=self._clock)
        password_hash = await checked_hash(self._passwords, "password", asked.password, asked.email)
        async with self._database.transaction() as session:
            name = asked.name or asked.email.partition("@")[0]
            user = await add_user(
                session, email=asked.email, name=name, role=role, password_hash=password_hash, now=self._clock()
            )
            if asked.invitation:
                invitation = await find_invitation(
                    session, asked.invitation, email=asked.email, clock=self._clock, lock=True
                )
                invitation.used_at, invitation.used_by = self._clock(), user.id
            after = {"email": user.email, "name": user.name, "role": user.role}
            record(session, actor, "user.register", ("user", user.id), after=after)
        return await self._sign_in(user.id, password_hash, None, opening)

    async def _sign_in(
        self, user_id: str, verified_hash: str, renewed_hash: str | None, opening: Opening[Signed]
    ) -> Signed:
        async with self._database.transaction() as session:
            user = await find_user(session, user_id, lock=True)
            if user.disabled or user.password_hash != verified_hash:
                raise Unauthenticated("The account has just changed: sign in again.", code="invalid_credentials")
            await self._past_revocation(user)
            now = self._clock()
            user.last_login_at = now
            user.password_hash = renewed_hash or user.password_hash
            await forget_failures(session, user.email)
            return opening(session, user, now)

    async def _past_revocation(self, user: User) -> None:
        """Tokens are dated in whole seconds: one of the second of a revocation would be void at once."""
        wait = user.tokens_valid_from - self._clock().timestamp()
        if wait > 0:
            await asyncio.sleep(min(wait, 1.0))


def _invalid_refresh() -> ServiceError:
    return Unauthenticated("The refresh token is not valid: sign in again.", code="invalid_refresh_token")
