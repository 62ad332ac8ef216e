"""Accounts: who may use the mesh, in which role."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from chassis.errors import Conflict

from ...core.clock import Clock
from ...core.errors import invalid_field
from ...core.fields import ADMIN
from ...core.versions import Expected
from ...db.audit import Actor, record
from ...db.database import Database
from ...db.models import User
from ...db.pages import Page, PageRequest, contains, fetch_page
from ...db.people import active_admins, add_user, end_sessions, find_user, forget_failures
from ...security.passwords import Passwords, generate, weakness


@dataclass(frozen=True, slots=True)
class UserFilter:
    q: str | None = None
    role: str | None = None
    disabled: bool | None = None


class UserService:
    def __init__(self, database: Database, passwords: Passwords, clock: Clock) -> None:
        self._database = database
        self._passwords = passwords
        self._clock = clock

    async def list(self, wanted: UserFilter, page: PageRequest) -> Page[User]:
        statement = select(User)
        if wanted.q:
            statement = statement.where(or_(contains(col(User.email), wanted.q), contains(col(User.name), wanted.q)))
        if wanted.role:
            statement = statement.where(col(User.role) == wanted.role)
        if wanted.disabled is not None:
            statement = statement.where(col(User.disabled) == wanted.disabled)
        async with self._database.transaction() as session:
            return await fetch_page(session, statement, key=col(User.id), key_of=lambda user: user.id, page=page)

    async def get(self, user_id: str) -> User:
        async with self._database.transaction() as session:
            return await find_user(session, user_id)

    async def create(
        self, actor: Actor, *, email: str, name: str | None, role: str, password: str | None
    ) -> tuple[User, str | None]:
        """The account, and the password where it was made up here."""
        made = None if password else generate()
        password_hash = await self._hash(password or made or "", email)
        async with self._database.transaction() as session:
            user = await add_user(
                session,
                email=email,
                name=name or email.partition("@")[0],
                role=role,
                password_hash=password_hash,
                now=self._clock(),
            )
            record(session, actor, "user.create", ("user", user.id), after=public_view(user))
        return user, made

    async def update(self, actor: Actor, user_id: str, changes: dict[str, Any], expected: Expected) -> User:
        """Changes `name`, `role`, `disabled`; a user who loses rights loses the tokens too, at once."""
        async with self._database.transaction() as session:
            admins = await active_admins(session)
            user = await find_user(session, user_id, lock=True)
            expected.check(user.version)
            before = public_view(user)
            for member, value in changes.items():
                setattr(user, member, value)
            if public_view(user) == before:
                return user
            _keep_an_admin(admins, user)
            if user.role != before["role"] or user.disabled != before["disabled"]:
                await end_sessions(session, user, self._clock(), keys=user.disabled)
            self._touch(user)
            record(session, actor, "user.update", ("user", user.id), before=before, after=public_view(user))
        return user

    async def reset_password(self, actor: Actor, user_id: str, password: str | None) -> tuple[User, str | None]:
        """A new password; every sign-in of the user ends. API keys go on."""
        made = None if password else generate()
        async with self._database.transaction() as session:
            email = (await find_user(session, user_id)).email
        password_hash = await self._hash(password or made or "", email)
        async with self._database.transaction() as session:
            user = await find_user(session, user_id, lock=True)
            user.password_hash = password_hash
            await forget_failures(session, user.email)
            await end_sessions(session, user, self._clock(), keys=False)
            self._touch(user)
            record(session, actor, "user.reset_password", ("user", user.id))
        return user, made

    async def delete(self, actor: Actor, user_id: str) -> None:
        """Removes the account with its keys; what it generated stays, under its id."""
        async with self._database.transaction() as session:
            admins = await active_admins(session)
            user = await find_user(session, user_id, lock=True)
            if admins == {user.id}:
                raise _last_admin()
            await end_sessions(session, user, self._clock(), keys=True)
            record(session, actor, "user.delete", ("user", user.id), before=public_view(user))
            await _remove(session, user)

    async def _hash(self, password: str, email: str) -> str:
        reason = weakness(password, email=email)
        if reason:
            raise invalid_field("password", reason, "weak_password")
        return await self._passwords.hash(password)

    def _touch(self, user: User) -> None:
        user.version += 1
        user.updated_at = self._clock()


def public_view(user: User) -> dict[str, Any]:
    """What the audit log keeps of a user."""
    return {"email": user.email, "name": user.name, "role": user.role, "disabled": user.disabled}


def _keep_an_admin(admins: set[str], user: User) -> None:
    if admins == {user.id} and (user.role != ADMIN or user.disabled):
        raise _last_admin()


def _last_admin() -> Conflict:
    return Conflict("This is the last admin who can sign in: make another one first.", code="last_admin")


async def _remove(session: AsyncSession, user: User) -> None:
    await session.flush()
    await session.delete(user)
