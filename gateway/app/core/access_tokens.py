"""Access tokens (EdDSA JWT) verified with admin-service's published key set, kept as last known good."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import jwt

from chassis.errors import Unauthenticated, Unavailable, UpstreamFailed, UpstreamRejected, UpstreamTimedOut

_ISSUER = _AUDIENCE = "framewright"
_REFRESH_S = 300.0
_UNKNOWN_KEY_PAUSE_S = 2.0
"""A token with an unknown key id makes us ask for the key set again, but not more often than this."""
_CACHE_SIZE = 5_000
_LONGEST_TOKEN = 8_192

KeySet = Callable[[], Awaitable[list[dict[str, Any]]]]


class AccessTokens:
    def __init__(self, key_set: KeySet) -> None:
        self._key_set = key_set
        self._keys: dict[str, jwt.PyJWK] = {}
        self._asked_at = float("-inf")
        self._asking = asyncio.Lock()
        self._claims: dict[str, dict[str, Any]] = {}
        self._revoked_tokens: set[str] = set()
        self._users_before: dict[str, float] = {}

    def revoke(self, tokens: Sequence[str], users_before: Mapping[str, float]) -> None:
        """Token ids that are void, and for each user the moment before which all tokens are."""
        self._revoked_tokens.update(tokens)
        self._users_before.update(users_before)

    async def claims(self, token: str) -> dict[str, Any]:
        """The claims of a valid token.

        Raises:
            Unauthenticated: forged, expired, revoked, or no token at all.
            Unavailable: the key set is not known yet, and admin-service can't be asked.
        """
        claims = self._claims.get(token)
        if claims is None:
            claims = await self._verified(token)
            if len(self._claims) >= _CACHE_SIZE:
                self._claims.clear()
            self._claims[token] = claims
        if claims["exp"] < time.time():
            self._claims.pop(token, None)
            raise Unauthenticated("The access token has expired.", code="token_expired")
        if claims.get("jti") in self._revoked_tokens or claims.get("iat", 0) < self._users_before.get(claims["sub"], 0):
            raise Unauthenticated("The access token was revoked.", code="token_revoked")
        return claims

    async def _verified(self, token: str) -> dict[str, Any]:
        try:
            if len(token) > _LONGEST_TOKEN:
                raise jwt.DecodeError("too long")
            header = jwt.get_unverified_header(token)
            key = await self._key(str(header.get("kid", "")))
            return dict(
                jwt.decode(
                    token, key, algorithms=["EdDSA"], audience=_AUDIENCE, issuer=_ISSUER,
                    options={"require": ["exp", "sub", "iss", "aud"]},
                )
            )  # fmt: skip
        except jwt.ExpiredSignatureError as error:
            raise Unauthenticated("The access token has expired.", code="token_expired") from error
        except jwt.PyJWTError as error:
            raise Unauthenticated("The access token or API key is not valid.") from error

    async def _key(self, key_id: str) -> jwt.PyJWK:
        known = key_id in self._keys
        pause_s = _REFRESH_S if known else _UNKNOWN_KEY_PAUSE_S
        if self._age_s() > pause_s and not (known and self._asking.locked()):
            async with self._asking:
                if self._age_s() > pause_s:  # nobody has asked while this one waited
                    await self._refresh()
        if not self._keys:
            raise Unavailable(
                "admin-service can't be asked for its key set.", code="authentication_unavailable", retry_after_s=5
            )
        if key_id not in self._keys:
            raise jwt.InvalidKeyError("unknown key id")
        return self._keys[key_id]

    def _age_s(self) -> float:
        return time.monotonic() - self._asked_at

    async def _refresh(self) -> None:
        try:
            keys = await self._key_set()
        except (UpstreamFailed, UpstreamTimedOut, UpstreamRejected):
            return
        finally:
            self._asked_at = time.monotonic()
        self._keys = {str(key.get("kid", "")): jwt.PyJWK(key) for key in keys if key.get("kty") == "OKP"}
