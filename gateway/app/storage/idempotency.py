"""Idempotency keys: what a user's key was first used for, kept for a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncEngine

from ..db.job_tables import IDEMPOTENCY_KEYS as KEYS
from .records import now, store_errors


@dataclass(frozen=True, slots=True)
class Claim:
    """`first`: the key is new, and what it is used for has to be done. Otherwise the rest says what was done."""

    first: bool
    fingerprint: str
    created_at: datetime
    subject_id: str | None
    answer: Mapping[str, Any] | None


class IdempotencyStore:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def claim(self, user_id: str, key: str, fingerprint: str, subject_id: str | None) -> Claim:
        """Uses a key; one use of several at the same time is the first."""
        at = now()
        statement = (
            upsert(KEYS)
            .values(user_id=user_id, key=key, fingerprint=fingerprint, created_at=at, subject_id=subject_id)
            .on_conflict_do_nothing()
            .returning(KEYS.c.key)
        )
        async with store_errors(), self._engine.begin() as connection:
            if (await connection.execute(statement)).first() is not None:
                return Claim(True, fingerprint, at, subject_id, None)
            row = (await connection.execute(select(KEYS).where(_is(user_id, key)))).mappings().first()
        if row is None:  # forgotten between the two statements
            return await self.claim(user_id, key, fingerprint, subject_id)
        return Claim(False, row["fingerprint"], row["created_at"], row["subject_id"], row["answer"])

    async def answered(self, user_id: str, key: str, answer: Mapping[str, Any]) -> None:
        """Keeps the answer, for the uses to come."""
        async with store_errors(), self._engine.begin() as connection:
            await connection.execute(update(KEYS).where(_is(user_id, key)).values(answer=dict(answer)))

    async def forget(self, user_id: str, key: str) -> None:
        """What the key was used for did not come about: it may be used again."""
        async with store_errors(), self._engine.begin() as connection:
            await connection.execute(delete(KEYS).where(_is(user_id, key)))


def _is(user_id: str, key: str) -> Any:
    return (KEYS.c.user_id == user_id) & (KEYS.c.key == key)
