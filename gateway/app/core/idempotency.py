"""`Idempotency-Key` on POST: the same key and body give the same answer, another body is refused."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from chassis.errors import Conflict, FieldError, InvalidInput, ServiceError, Unprocessable

from ..storage.idempotency import Claim, IdempotencyStore
from ..storage.identifiers import new_id
from ..storage.records import AlreadyThere

LONGEST_KEY = 255
_PATIENCE_S = 2.0
_ABANDONED_S = 8.0
"""Something is made within moments: where it is not there by then, the process that was to make it has died."""


def fingerprint_of(method: str, target: str, body: bytes) -> str:
    """What has to be the same for a key to be used again."""
    return hashlib.sha256(b"\0".join((method.encode(), target.encode(), body))).hexdigest()


def checked_key(key: str | None) -> str | None:
    """The key of the header, without the quotes of its structured form.

    Raises:
        InvalidInput: it is too long, or no printable ASCII.
    """
    text = (key or "").strip().strip('"')
    if key is not None and not (text.isascii() and text.isprintable() and 0 < len(text) <= LONGEST_KEY):
        message = f"Idempotency-Key is 1 to {LONGEST_KEY} printable ASCII characters."
        raise InvalidInput(message, code="invalid_idempotency_key", errors=[FieldError("Idempotency-Key", message)])
    return text or None


def check_same(claim: Claim, fingerprint: str) -> None:
    """Raises Unprocessable where the key was used for something else."""
    if claim.fingerprint != fingerprint:
        message = "This Idempotency-Key was used with another request."
        raise Unprocessable(
            message, code="idempotency_key_reused", errors=[FieldError("Idempotency-Key", message)]
        )  # fmt: skip


def in_use() -> Conflict:
    return Conflict(
        "A request with this Idempotency-Key is still being worked on.", code="idempotency_key_in_use", retry_after_s=1
    )


def age_s(claim: Claim) -> float:
    return (datetime.now(UTC) - claim.created_at).total_seconds()


class Subjects:
    """Keys that stand for something with an id, which a repeated request reads again."""

    def __init__(self, keys: IdempotencyStore) -> None:
        self._keys = keys

    async def make_once(
        self,
        user_id: str,
        key: str | None,
        fingerprint: str,
        *,
        make: Callable[[str], Awaitable[Any]],
        exists: Callable[[str], Awaitable[bool]],
    ) -> tuple[str, Any]:
        """The subject's id, and what `make(id)` gave; None where an earlier request made it."""
        if key is None:
            subject_id = new_id()
            return subject_id, await make(subject_id)
        claim = await self._keys.claim(user_id, key, fingerprint, new_id())
        check_same(claim, fingerprint)
        subject_id = claim.subject_id or ""
        if not claim.first:
            if not subject_id:
                raise in_use()
            if await self._appears(subject_id, exists):
                return subject_id, None
            if age_s(claim) < _ABANDONED_S:
                raise in_use()
        try:
            return subject_id, await make(subject_id)
        except AlreadyThere:
            return subject_id, None
        except ServiceError:
            await self._keys.forget(user_id, key)
            raise

    @staticmethod
    async def _appears(subject_id: str, exists: Callable[[str], Awaitable[bool]]) -> bool:
        """The first request may be just about to make it."""
        loop = asyncio.get_running_loop()
        give_up = loop.time() + _PATIENCE_S
        while not await exists(subject_id):
            if loop.time() > give_up:
                return False
            await asyncio.sleep(0.05)
        return True
