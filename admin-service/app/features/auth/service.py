"""Sign-in, registration, one's own account, and what other services need to verify tokens by themselves."""

import asyncio
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from chassis.errors import Forbidden, ServiceError, Unauthenticated
from chassis.logging import get_logger

from ...core.clock import Clock
from ...core.errors import invalid_field
from ...core.fields import DEVELOPER
from ...db.audit import Actor, record
from ...db.database import Database
from ...db.models import MeshSettings, User
from ...db.people import add_user, end_sessions, find_by_email, find_user
from ...db.signing_keys import SigningKeys
from ...security.passwords import Passwords, weakness
from .lockout import LockoutPolicy, admit, forgive
from .sessions import Lifetimes, TokenPair, close_family, find_token, open_session

_log = get_logger(__name__)


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

    async def login(self, *, email: str, password: str, client: str) -> TokenPair:
        """Tokens for the account; 401 without a word on which of the two was wrong, 429 where it is locked."""
        name = email.strip().lower()
        async with self._database.transaction() as session:
            await admit(session, self._policy, email=name, client=client, now=self._clock())
            user = await find_by_email(session, name)
        right = await self._passwords.verify(user.password_hash if user else None, password)
        if user is None or not right:
            raise Unauthenticated("The address or the password is wrong.", code="invalid_credentials")
        if user.disabled:
            raise Unauthenticated("This account is disabled. Ask an admin.", code="account_disabled")
        renewed = await self._passwords.hash(password) if self._passwords.outdated(user.password_hash) else None
        return await self._sign_in(user.id, user.password_hash, renewed)

    async def _sign_in(self, user_id: str, verified_hash: str, renewed_hash: str | None) -> TokenPair:
        pair = await self._signing.current()
        async with self._database.transaction() as session:
            user = await find_user(session, user_id, lock=True)
            if user.disabled or user.password_hash != verified_hash:
                raise Unauthenticated("The account has just changed: sign in again.", code="invalid_credentials")
            await self._past_revocation(user)
            now = self._clock()
            user.last_login_at = now
            user.password_hash = renewed_hash or user.password_hash
            await forgive(session, user.email)
            return open_session(session, user, pair, self._lifetimes, now)

    async def _past_revocation(self, user: User) -> None:
        """Tokens are dated in whole seconds: one of the second of a revocation would be void at once."""
        wait = user.tokens_valid_from - self._clock().timestamp()
        if wait > 0:
            await asyncio.sleep(min(wait, 1.0))

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

    async def register(self, actor: Actor, *, email: str, password: str, name: str | None) -> TokenPair:
        """A developer's account made by its owner, where an admin (or the local mode) allows that."""
        async with self._database.transaction() as session:
            document = (await session.exec(select(MeshSettings.document).where(col(MeshSettings.id) == "mesh"))).one()
        allowed: Any = document.get("self_registration")
        if not (self._open_registration if allowed is None else allowed):
            raise Forbidden("Accounts are made by an admin here.", code="registration_closed")
        password_hash = await self._checked_hash("password", password, email)
        async with self._database.transaction() as session:
            user = await add_user(
                session,
                email=email,
                name=name or email.partition("@")[0],
                role=DEVELOPER,
                password_hash=password_hash,
                now=self._clock(),
            )
            after = {"email": user.email, "name": user.name, "role": user.role}
            record(session, actor, "user.register", ("user", user.id), after=after)
        return await self._sign_in(user.id, password_hash, None)

    async def account(self, user_id: str) -> User:
        """The acting user's own account."""
        async with self._database.transaction() as session:
            return await _living(session, user_id)

    async def rename(self, actor: Actor, name: str) -> User:
        async with self._database.transaction() as session:
            user = await _living(session, actor.user_id)
            record(session, actor, "user.rename", ("user", user.id), before={"name": user.name}, after={"name": name})
            user.name, user.version, user.updated_at = name, user.version + 1, self._clock()
            return user

    async def change_password(self, actor: Actor, *, current: str, new: str) -> None:
        """Ends every sign-in of the user, this one too."""
        user = await self.account(actor.user_id)
        async with self._database.transaction() as session:
            await admit(session, self._policy, email=user.email, client="", now=self._clock())
        if not await self._passwords.verify(user.password_hash, current):
            raise invalid_field("current_password", "It is not the current password.", "wrong_password")
        password_hash = await self._checked_hash("new_password", new, user.email)
        async with self._database.transaction() as session:
            user = await find_user(session, user.id, lock=True)
            user.password_hash = password_hash
            await forgive(session, user.email)
            await end_sessions(session, user, self._clock(), keys=False)
            record(session, actor, "user.change_password", ("user", user.id))

    async def _checked_hash(self, field: str, password: str, email: str) -> str:
        reason = weakness(password, email=email)
        if reason:
            raise invalid_field(field, reason, "weak_password")
        return await self._passwords.hash(password)


async def _living(session: AsyncSession, user_id: str) -> User:
    found = await session.exec(select(User).where(col(User.id) == user_id, col(User.disabled).is_(False)))
    user = found.one_or_none()
    if user is None:
        raise Unauthenticated("The acting user has no account that can be used.", code="no_account")
    return user


def _invalid_refresh() -> ServiceError:
    return Unauthenticated("The refresh token is not valid: sign in again.", code="invalid_refresh_token")
