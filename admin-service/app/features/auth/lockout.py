"""Lock-out and rate limit of sign-ins: failures counted by account name and by client, known account or not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from chassis.errors import TooManyRequests

from ...core.ids import new_id
from ...db.models import LoginAttempt
from ...db.statements import lock_name


@dataclass(frozen=True, slots=True)
class LockoutPolicy:
    """`failures` of one account name, or `client_failures` of one client, within `window_s`, and it is closed."""

    failures: int
    client_failures: int
    window_s: int


async def admit(session: AsyncSession, policy: LockoutPolicy, *, email: str, client: str, now: datetime) -> None:
    """Notes the attempt as failed until `forget_failures` is called, so that attempts at the same moment count too.

    Raises:
        TooManyRequests: too many attempts failed; it says when to come again.
    """
    await lock_name(session, f"login:{email}")
    if client:
        await lock_name(session, f"login-client:{client}")
    since = now - timedelta(seconds=policy.window_s)
    limits = [(col(LoginAttempt.email) == email, policy.failures)]
    if client:
        limits.append((col(LoginAttempt.client) == client, policy.client_failures))
    for condition, limit in limits:
        statement = select(func.count(), func.min(col(LoginAttempt.at))).where(condition, col(LoginAttempt.at) > since)
        count, first = (await session.exec(statement)).one()
        if count >= limit:
            raise _locked((first - since).total_seconds())
    session.add(LoginAttempt(id=new_id(), email=email, client=client, at=now))


async def admit_registration(session: AsyncSession, policy: LockoutPolicy, *, client: str, now: datetime) -> None:
    """Notes an account that a client makes: they count apart from sign-ins, and are never forgiven."""
    name = f"registration from {client}"
    by_client = LockoutPolicy(policy.client_failures, policy.client_failures, policy.window_s)
    await admit(session, by_client, email=name, client="", now=now)


def _locked(seconds: float) -> TooManyRequests:
    return TooManyRequests(
        "Too many attempts. Wait, or ask an admin for a new password.",
        code="too_many_attempts",
        retry_after_s=max(1, int(seconds)),
    )
