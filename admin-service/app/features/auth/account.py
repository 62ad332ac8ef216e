"""One's own account: reading it, the name, the password, its end."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from chassis.errors import Conflict, Unauthenticated

from ...core.clock import Clock
from ...core.errors import invalid_field
from ...db.audit import Actor, record
from ...db.database import Database
from ...db.models import User
from ...db.people import active_admins, end_sessions, find_user, forget_failures
from ...security.passwords import Passwords, weakness
from .lockout import LockoutPolicy, admit


class AccountService:
    def __init__(self, *, database: Database, passwords: Passwords, policy: LockoutPolicy, clock: Clock) -> None:
        self._database = database
        self._passwords = passwords
        self._policy = policy
        self._clock = clock

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
        user = await self._proven(actor, "current_password", current)
        password_hash = await checked_hash(self._passwords, "new_password", new, user.email)
        async with self._database.transaction() as session:
            user = await find_user(session, user.id, lock=True)
            user.password_hash = password_hash
            await forget_failures(session, user.email)
            await end_sessions(session, user, self._clock(), keys=False)
            record(session, actor, "user.change_password", ("user", user.id))

    async def delete(self, actor: Actor, *, password: str) -> None:
        """Removes one's own account with its keys; what it generated stays, under its id.

        Raises:
            Conflict: it is the last admin's.
        """
        user = await self._proven(actor, "password", password)
        async with self._database.transaction() as session:
            admins = await active_admins(session)
            user = await find_user(session, user.id, lock=True)
            if admins == {user.id}:
                raise Conflict("This is the last admin who can sign in: make another one first.", code="last_admin")
            await end_sessions(session, user, self._clock(), keys=True)
            before = {"email": user.email, "name": user.name, "role": user.role}
            record(session, actor, "user.delete_own", ("user", user.id), before=before)
            await session.flush()
            await session.delete(user)

    async def _proven(self, actor: Actor, field: str, password: str) -> User:
        """The acting user, who knows the password; guesses count as failed sign-ins."""
        user = await self.account(actor.user_id)
        async with self._database.transaction() as session:
            await admit(session, self._policy, email=user.email, client="", now=self._clock())
        if not await self._passwords.verify(user.password_hash, password):
            raise invalid_field(field, "It is not the current password.", "wrong_password")
        return user


async def checked_hash(passwords: Passwords, field: str, password: str, email: str) -> str:
    """The hash of a password that is strong enough; 422 that names the field where it is not."""
    reason = weakness(password, email=email)
    if reason:
        raise invalid_field(field, reason, "weak_password")
    return await passwords.hash(password)


async def _living(session: AsyncSession, user_id: str) -> User:
    found = await session.exec(select(User).where(col(User.id) == user_id, col(User.disabled).is_(False)))
    user = found.one_or_none()
    if user is None:
        raise Unauthenticated("The acting user has no account that can be used.", code="no_account")
    return user
