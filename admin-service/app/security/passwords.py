"""Passwords: Argon2id hashes, made in threads, a few at a time."""

import asyncio
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MIN_CHARACTERS = 10
MAX_CHARACTERS = 256
_AT_ONCE = 2
"""Each hash takes 64 MiB: a flood of sign-ins must not take the machine's memory."""


class Passwords:
    """Hashes and verifies with argon2-cffi's recommended parameters (RFC 9106, low memory)."""

    def __init__(self, hasher: "PasswordHasher | None" = None) -> None:
        self._given = hasher
        self._gate = asyncio.Semaphore(_AT_ONCE)
        self._decoy: str | None = None

    async def hash(self, password: str) -> str:
        async with self._gate:
            return await asyncio.to_thread(self._hasher().hash, password)

    async def verify(self, stored: str | None, password: str) -> bool:
        """Whether it is the password; without a stored hash (no such user) it takes as long and says no."""
        from argon2.exceptions import VerificationError

        if stored is None:
            self._decoy = self._decoy or await self.hash(generate())
        async with self._gate:
            try:
                await asyncio.to_thread(self._hasher().verify, stored or self._decoy or "", password)
            except VerificationError:
                return False
        return stored is not None

    def outdated(self, stored: str) -> bool:
        """Whether the hash was made with parameters that are no longer ours."""
        return self._hasher().check_needs_rehash(stored)

    def _hasher(self) -> "PasswordHasher":
        if self._given is None:
            from argon2 import PasswordHasher

            self._given = PasswordHasher()
        return self._given


def generate() -> str:
    """A password for a new account: 120 random bits."""
    return secrets.token_urlsafe(15)


def weakness(password: str, *, email: str) -> str | None:
    """Why a password is refused, or None (NIST SP 800-63B: length, and not the name of the account)."""
    if len(password) < MIN_CHARACTERS:
        return f"It needs {MIN_CHARACTERS} characters or more."
    if len(password) > MAX_CHARACTERS:
        return f"It may have {MAX_CHARACTERS} characters at most."
    if password.lower() in {email.lower(), email.lower().partition("@")[0]} or len(set(password)) < 4:
        return "It is too easy to guess."
    return None
