"""Users and keys, as the features of users, keys and sign-in all need them."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from chassis.errors import Conflict, FieldError, NotFound

from ..core.ids import new_id
from ..security.api_keys import NewKey, make_key
from . import revisions
from .models import ApiKey, BrowserSession, LoginAttempt, RefreshToken, User
from .statements import execute


async def find_user(session: AsyncSession, user_id: str, *, lock: bool = False) -> User:
    """The user, locked against changes where asked; raises NotFound."""
    statement = select(User).where(col(User.id) == user_id)
    user = (await session.exec(statement.with_for_update() if lock else statement)).one_or_none()
    if user is None:
        raise NotFound("There is no such user.")
    return user


async def names_of(session: AsyncSession, ids: Iterable[str]) -> dict[str, str]:
    """What people call the accounts of these ids; those that are gone are not among them."""
    rows = (await session.exec(select(User.id, User.name).where(col(User.id).in_(set(ids))))).all()
    return dict(rows)


async def find_by_email(session: AsyncSession, email: str) -> User | None:
    return (await session.exec(select(User).where(col(User.email) == email))).one_or_none()


async def add_user(
    session: AsyncSession, *, email: str, name: str, role: str, password_hash: str, now: datetime
) -> User:
    """A new account; Conflict where the address is taken."""
    if await find_by_email(session, email):
        taken = FieldError("email", "There is an account with this address.", "taken")
        raise Conflict("There is an account with this address.", code="email_taken", errors=[taken])
    user = User(
        id=new_id(), email=email, name=name, role=role, password_hash=password_hash, created_at=now, updated_at=now
    )
    session.add(user)
    await session.flush()
    return user


async def add_key(
    session: AsyncSession,
    *,
    user_id: str,
    name: str,
    now: datetime,
    scopes: Iterable[str] = (),
    expires_at: datetime | None = None,
) -> tuple[ApiKey, NewKey]:
    new = make_key()
    row = ApiKey(
        id=new.id,
        user_id=user_id,
        name=name,
        secret_hash=new.secret_hash,
        scopes=list(scopes),
        created_at=now,
        expires_at=expires_at,
    )
    session.add(row)
    await session.flush()
    return row, new


async def active_admins(session: AsyncSession) -> set[str]:
    """The admins who can sign in; their rows are locked, so that two of them can't remove one another."""
    statement = select(User.id).where(col(User.role) == "admin", col(User.disabled).is_(False))
    return set((await session.exec(statement.order_by(col(User.id)).with_for_update())).all())


async def any_admin(session: AsyncSession) -> bool:
    found = await session.exec(select(func.count()).select_from(User).where(col(User.role) == "admin"))
    return found.one() > 0


async def forget_failures(session: AsyncSession, email: str) -> None:
    """Opens an account that failed sign-ins have closed: after one that worked, and with a new password."""
    await execute(session, delete(LoginAttempt).where(col(LoginAttempt.email) == email))


async def end_sessions(session: AsyncSession, user: User, now: datetime, *, keys: bool) -> None:
    """Voids every token that the user holds, and the API keys too where asked; all services hear of it."""
    user.tokens_valid_from = int(now.timestamp()) + 1
    for kind in (RefreshToken, BrowserSession):
        living = update(kind).where(col(kind.user_id) == user.id, col(kind.revoked_at).is_(None))
        await execute(session, living.values(revoked_at=now))
    revoked: list[str] = []
    if keys:
        of_user = select(ApiKey).where(col(ApiKey.user_id) == user.id, col(ApiKey.revoked_at).is_(None))
        for key in (await session.exec(of_user)).all():
            key.revoked_at = now
            revoked.append(key.id)
    await revisions.revoke(session, now, users={user.id: user.tokens_valid_from}, keys=revoked)
