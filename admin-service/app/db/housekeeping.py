"""Removes what has expired: sign-ins, revocations, failed attempts, signing keys."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import col

from chassis.logging import get_logger

from ..core.clock import Clock
from .database import Database
from .models import LoginAttempt, RefreshToken, Revocation, SigningKey
from .statements import execute

_EVERY_S = 3600.0
_KEPT = timedelta(days=1)
_log = get_logger(__name__)


async def remove_expired(database: Database, now: datetime) -> int:
    """How many rows went."""
    rules: list[Any] = [
        delete(RefreshToken).where(col(RefreshToken.expires_at) < now - _KEPT),
        delete(Revocation).where(col(Revocation.expires_at) < now - _KEPT),
        delete(LoginAttempt).where(col(LoginAttempt.at) < now - _KEPT),
        delete(SigningKey).where(col(SigningKey.retires_at) < now - _KEPT),
    ]
    removed = 0
    async with database.transaction() as session:
        for rule in rules:
            removed += (await execute(session, rule)).rowcount
    return removed


async def run_housekeeping(database: Database, clock: Clock, *, every_s: float = _EVERY_S) -> None:
    """Until cancelled; a database that is away is tried again the next time."""
    while True:
        await asyncio.sleep(every_s)
        try:
            removed = await remove_expired(database, clock())
        except Exception as error:  # noqa: BLE001 - outermost loop of a worker: it must not end
            _log.warning("housekeeping_failed", reason=str(error))
        else:
            _log.info("housekeeping_done", removed=removed)
