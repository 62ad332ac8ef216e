"""Removes what has expired, and seals secrets anew after the encryption key was rotated."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select

from chassis.logging import get_logger

from ..core.clock import Clock
from ..core.rounds import run_rounds
from ..security.encryption import SecretBox, Undecryptable
from .database import Database
from .models import BrowserSession, Engine, Invitation, LoginAttempt, RefreshToken, Revocation, SigningKey
from .statements import execute

_FIRST_AFTER_S = 30.0
_EVERY_S = 3600.0
_KEPT = timedelta(days=1)
_INVITATIONS_KEPT = timedelta(days=30)
_log = get_logger(__name__)


async def remove_expired(database: Database, now: datetime) -> int:
    """How many rows went."""
    rules: list[Any] = [
        delete(RefreshToken).where(col(RefreshToken.expires_at) < now - _KEPT),
        delete(BrowserSession).where(col(BrowserSession.expires_at) < now - _KEPT),
        delete(Invitation).where(
            col(Invitation.expires_at) < now - _INVITATIONS_KEPT, col(Invitation.used_at).is_(None)
        ),
        delete(Revocation).where(col(Revocation.expires_at) < now - _KEPT),
        delete(LoginAttempt).where(col(LoginAttempt.at) < now - _KEPT),
        delete(SigningKey).where(col(SigningKey.retires_at) < now - _KEPT),
    ]
    removed = 0
    async with database.transaction() as session:
        for rule in rules:
            removed += (await execute(session, rule)).rowcount
    return removed


async def reseal(database: Database, box: SecretBox) -> int:
    """Seals with the current key what an older one had sealed, so that the older can be taken away; how many."""
    resealed = 0
    async with database.transaction() as session:
        for engine in (await session.exec(select(Engine).with_for_update())).all():
            if engine.secret_encrypted is not None:
                again = _again(box, engine.secret_encrypted, f"engine:{engine.id}")
                engine.secret_encrypted, resealed = again or engine.secret_encrypted, resealed + bool(again)
        for key in (await session.exec(select(SigningKey).with_for_update())).all():
            again = _again(box, key.private_encrypted, f"signing-key:{key.id}")
            key.private_encrypted, resealed = again or key.private_encrypted, resealed + bool(again)
    return resealed


def _again(box: SecretBox, sealed: bytes, purpose: str) -> bytes | None:
    if box.is_current(sealed):
        return None
    try:
        return box.seal(box.open(sealed, purpose=purpose), purpose=purpose)
    except Undecryptable:
        _log.warning("secret_undecryptable", purpose=purpose)
        return None


async def run_housekeeping(
    database: Database,
    box: SecretBox,
    clock: Clock,
    *,
    first_after_s: float = _FIRST_AFTER_S,
    every_s: float = _EVERY_S,
) -> None:
    """Until cancelled; a database that is away is tried again the next time."""

    async def keep() -> None:
        removed = await remove_expired(database, clock())
        resealed = await reseal(database, box)
        _log.info("housekeeping_done", removed=removed, resealed=resealed)

    def failed(error: Exception) -> None:
        _log.warning("housekeeping_failed", reason=str(error))

    await run_rounds(keep, failed=failed, first_after_s=first_after_s, every_s=every_s)
