"""Who a caller is: API keys and browsers checked at admin-service, access tokens by its key set, revocations heeded."""

import asyncio
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from chassis.errors import Unauthenticated, Unavailable, UpstreamFailed, UpstreamRejected, UpstreamTimedOut
from chassis.logging import get_logger

from .access_tokens import AccessTokens
from .clients.admin import Revocations, VerifiedKey
from .cookies import TOKEN_PREFIX

KEY_PREFIX = "fwk_"
_CACHE_SIZE = 10_000
_REFUSAL_S = 5.0
"""A wrong key is not asked about again for so long."""
_INVALID_KEY = "The API key is not valid."
_SESSION_ENDED = "The sign-in has ended: sign in again."
_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class User:
    """The caller. `key_id` is that of the API key or browser's session; `scopes` limit a key, empty: no limit."""

    id: str
    role: str
    email: str = ""
    key_id: str = ""
    scopes: frozenset[str] = frozenset()


class Verifier(Protocol):
    async def verify_key(self, key: str) -> VerifiedKey: ...

    async def verify_browser(self, token: str) -> VerifiedKey: ...

    async def jwks(self) -> list[dict[str, Any]]: ...

    async def revocations(self, since: str) -> Revocations: ...


@dataclass(slots=True)
class _Known:
    user: User | None
    at: float


class Identity:
    """Verified keys are cached by their hash, and go on working for a while when admin-service is away."""

    def __init__(
        self, admin: Verifier, *, recheck_s: float, grace_s: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._admin = admin
        self._recheck_s, self._grace_s, self._clock = recheck_s, grace_s, clock
        self._keys: OrderedDict[bytes, _Known] = OrderedDict()
        self._asking: dict[bytes, asyncio.Task[User | None]] = {}
        self._tokens = AccessTokens(admin.jwks)
        self._revoked_keys: set[str] = set()
        self._revision = "0"

    async def user(self, credential: str) -> User:
        """The user of an API key, an access token, or a browser's cookie.

        Raises:
            Unauthenticated: it is not valid, or was revoked.
            Unavailable: admin-service is away, and the credential is not known well enough.
        """
        if not credential:
            raise Unauthenticated("This path needs an API key or an access token in the Authorization header.")
        if credential.startswith((KEY_PREFIX, TOKEN_PREFIX)):
            return await self._user_of_key(credential)
        claims = await self._tokens.claims(credential)
        return User(str(claims["sub"]), str(claims.get("role", "")), str(claims.get("email", "")))

    def forget(self, credential: str) -> None:
        """A sign-in that has just ended here is asked about again, without waiting for the poll."""
        self._keys.pop(hashlib.sha256(credential.encode()).digest(), None)

    async def poll_revocations(self) -> None:
        """What has been revoked since the last time; a failure is tried again at the next round."""
        try:
            news = await self._admin.revocations(self._revision)
        except (UpstreamFailed, UpstreamTimedOut, UpstreamRejected) as error:
            _log.info("revocations_not_read", reason=error.detail)
            return
        self._revision = str(news.revision)
        self._revoked_keys.update(news.keys)
        self._tokens.revoke(news.tokens, {item.id: item.before for item in news.users})
        users = {item.id for item in news.users}
        for known in self._keys.values():
            if known.user is not None and (known.user.key_id in self._revoked_keys or known.user.id in users):
                known.at = -self._grace_s * 2

    async def _user_of_key(self, key: str) -> User:
        digest = hashlib.sha256(key.encode()).digest()
        known = self._keys.get(digest)
        age = self._clock() - known.at if known else 0.0
        if known is None or age > (self._recheck_s if known.user else _REFUSAL_S):
            user = await self._verified(digest, key, known, age)
        else:
            user = known.user
        if user is None or user.key_id in self._revoked_keys:
            raise Unauthenticated(_INVALID_KEY if key.startswith(KEY_PREFIX) else _SESSION_ENDED)
        return user

    async def _verified(self, digest: bytes, key: str, known: _Known | None, age: float) -> User | None:
        """Asks admin-service, once for all who wait for the same key."""
        task = self._asking.get(digest)
        if task is None:
            task = asyncio.create_task(self._ask(digest, key))
            self._asking[digest] = task
            task.add_done_callback(lambda _: self._asking.pop(digest, None))
        try:
            return await asyncio.shield(task)
        except (UpstreamFailed, UpstreamTimedOut, UpstreamRejected) as error:
            if known is not None and known.user is not None and age <= self._grace_s:
                return known.user
            raise Unavailable(
                "admin-service can't be asked about the credential.", code="authentication_unavailable", retry_after_s=5
            ) from error

    async def _ask(self, digest: bytes, key: str) -> User | None:
        try:
            ask = self._admin.verify_key if key.startswith(KEY_PREFIX) else self._admin.verify_browser
            verified = await ask(key)
        except UpstreamRejected as error:
            if error.status not in {400, 401, 403, 404, 422}:
                raise
            user = None
        else:
            scopes = frozenset(verified.scopes)
            user = User(verified.user_id, verified.role, verified.email, verified.key_id, scopes)
        self._keys[digest] = _Known(user, self._clock())
        self._keys.move_to_end(digest)
        if len(self._keys) > _CACHE_SIZE:
            self._keys.popitem(last=False)
        return user
