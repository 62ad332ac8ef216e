"""Sign-in sessions: an access token and a refresh token at a time, and the end of all when one is used twice."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from ...core.ids import new_id
from ...db import revisions
from ...db.models import RefreshToken, User
from ...security.tokens import AccessClaims, SigningPair, make_refresh_token, sign_access, token_hash


@dataclass(frozen=True, slots=True)
class TokenPair:
    """Both times in seconds from now."""

    access_token: str
    refresh_token: str
    expires_in: int
    refresh_expires_in: int
    user: User


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """Seconds; `browser_s` is a browser's sign-in as a whole."""

    access_s: int
    refresh_s: int
    browser_s: int


def open_session(
    session: AsyncSession,
    user: User,
    pair: SigningPair,
    lifetimes: Lifetimes,
    now: datetime,
    *,
    replaces: RefreshToken | None = None,
) -> TokenPair:
    """New tokens: of a new session, or of the session whose token they replace; that one keeps its end."""
    refresh, jti = make_refresh_token(), secrets.token_hex(16)
    issued = int(now.timestamp())
    access_end = issued + lifetimes.access_s
    end = replaces.expires_at if replaces else now + timedelta(seconds=lifetimes.refresh_s)
    row = RefreshToken(
        token_hash=token_hash(refresh),
        family_id=replaces.family_id if replaces else new_id(),
        user_id=user.id,
        access_jti=jti,
        access_expires_at=datetime.fromtimestamp(access_end, UTC),
        created_at=now,
        expires_at=end,
    )
    session.add(row)
    claims = AccessClaims(user.id, user.email, user.role, jti, issued, access_end)
    return TokenPair(
        access_token=sign_access(pair, claims),
        refresh_token=refresh,
        expires_in=lifetimes.access_s,
        refresh_expires_in=int((end - now).total_seconds()),
        user=user,
    )


async def find_token(session: AsyncSession, refresh_token: str) -> RefreshToken | None:
    """The record of a refresh token, locked: two uses at the same moment come one after the other."""
    statement = select(RefreshToken).where(col(RefreshToken.token_hash) == token_hash(refresh_token))
    return (await session.exec(statement.with_for_update())).one_or_none()


async def close_family(session: AsyncSession, family_id: str, now: datetime) -> None:
    """Ends a session: none of its refresh tokens works again, and its access tokens are revoked."""
    statement = select(RefreshToken).where(col(RefreshToken.family_id) == family_id)
    living: dict[str, datetime] = {}
    for row in (await session.exec(statement.with_for_update())).all():
        if row.revoked_at is None:
            row.revoked_at = now
            if row.access_expires_at > now:
                living[row.access_jti] = row.access_expires_at
    if living:
        await revisions.revoke(session, now, tokens=living)
