"""The keys that sign access tokens: made when first needed, sealed at rest, replaced without a break."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from chassis.logging import get_logger

from ..core.clock import Clock
from ..security.encryption import SecretBox, Undecryptable
from ..security.tokens import SigningPair, make_pair
from .audit import Actor, record
from .database import Database
from .models import SigningKey
from .statements import execute, lock

_LOCK = 0x66726D77_6A776B73
_REREAD_S = 60
"""How long a replica goes on with a key that another one has retired."""
_log = get_logger(__name__)


class SigningKeys:
    """One for each process: keeps the opened key for a minute."""

    def __init__(self, database: Database, box: SecretBox, clock: Clock, *, token_s: int) -> None:
        self._database = database
        self._box = box
        self._clock = clock
        self._published = timedelta(seconds=token_s + 2 * _REREAD_S)
        self._lock = asyncio.Lock()
        self._current: tuple[datetime, SigningPair] | None = None

    async def current(self) -> SigningPair:
        """The pair that signs now."""
        async with self._lock:
            now = self._clock()
            if self._current and now - self._current[0] < timedelta(seconds=_REREAD_S):
                return self._current[1]
            async with self._database.transaction() as session:
                pair = await self._newest(session) or await self._make(session)
            self._current = (now, pair)
            return pair

    async def public(self) -> list[dict[str, Any]]:
        """The published key set: the current key, and retired ones for as long as their tokens live."""
        await self.current()
        async with self._database.transaction() as session:
            living = or_(col(SigningKey.retires_at).is_(None), col(SigningKey.retires_at) > self._clock())
            found = await session.exec(select(SigningKey).where(living).order_by(col(SigningKey.created_at).desc()))
            return [row.public_jwk for row in found]

    async def rotate(self, actor: Actor) -> SigningPair:
        """A new key signs from now on; the old ones stay published until their last token has expired."""
        async with self._lock:
            async with self._database.transaction() as session:
                await self._serialise(session)
                pair = await self._add(session)
                record(session, actor, "signing_key.rotate", ("signing_key", pair.kid))
            self._current = (self._clock(), pair)
            return pair

    async def _make(self, session: AsyncSession) -> SigningPair:
        await self._serialise(session)
        return await self._newest(session) or await self._add(session)

    async def _newest(self, session: AsyncSession) -> SigningPair | None:
        found = await session.exec(
            select(SigningKey).where(col(SigningKey.retires_at).is_(None)).order_by(col(SigningKey.created_at).desc())
        )
        for row in found:
            try:
                private = self._box.open(row.private_encrypted, purpose=f"signing-key:{row.id}")
            except Undecryptable:
                _log.warning("signing_key_undecryptable", kid=row.id)
            else:
                return SigningPair(row.id, private, row.public_jwk)
        return None

    async def _add(self, session: AsyncSession) -> SigningPair:
        pair, now = make_pair(), self._clock()
        living = update(SigningKey).where(col(SigningKey.retires_at).is_(None))
        await execute(session, living.values(retires_at=now + self._published))
        sealed = self._box.seal(pair.private, purpose=f"signing-key:{pair.kid}")
        session.add(SigningKey(id=pair.kid, public_jwk=pair.public_jwk, private_encrypted=sealed, created_at=now))
        return pair

    @staticmethod
    async def _serialise(session: AsyncSession) -> None:
        await lock(session, _LOCK)
