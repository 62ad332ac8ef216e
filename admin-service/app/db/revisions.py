"""Revisions: the numbers by which services notice that what they poll has changed."""

import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from . import SCHEMA
from .models import Revision, Revocation
from .statements import execute

_KEPT = timedelta(days=1)
_ADVANCE = text(
    f"UPDATE {SCHEMA}.revisions SET number = greatest(number + 1, :now) WHERE name = :name RETURNING number"  # noqa: S608 - a constant of ours
)


class Feed(StrEnum):
    SETTINGS = "settings"
    TEMPLATES = "templates"
    KNOWLEDGE = "knowledge"
    REVOCATIONS = "revocations"
    PROFILES = "profiles"


async def current(session: AsyncSession, feed: Feed) -> int:
    found = await session.exec(select(Revision.number).where(col(Revision.name) == feed))
    return found.one()


async def advance(session: AsyncSession, feed: Feed) -> int:
    """A higher number; its row stays locked to the end of the transaction, so that numbers commit in their order.

    It is at least the time in milliseconds: a database restored from a backup never repeats one.
    """
    result = await execute(session, _ADVANCE, now=time.time_ns() // 1_000_000, name=feed)
    return int(result.scalar_one())


async def revoke(
    session: AsyncSession,
    now: datetime,
    *,
    tokens: Mapping[str, datetime] = MappingProxyType({}),
    users: Mapping[str, int] = MappingProxyType({}),
    keys: Sequence[str] = (),
) -> None:
    """Publishes revocations: access tokens (id → expiry), all of a user's tokens before a second, API keys.

    Users and keys are published for a day: by then no token lives and no service remembers a key.
    """
    number, end = await advance(session, Feed.REVOCATIONS), now + _KEPT
    session.add_all(
        [
            *(Revocation(number=number, kind="token", subject=jti, expires_at=at) for jti, at in tokens.items()),
            *(
                Revocation(number=number, kind="user", subject=user, before=second, expires_at=end)
                for user, second in users.items()
            ),
            *(Revocation(number=number, kind="key", subject=key, expires_at=end) for key in keys),
        ]
    )
