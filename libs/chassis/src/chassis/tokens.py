"""Service tokens: who calls (a service), whom (the audience), and on behalf of which user."""

import time
from dataclasses import dataclass

import jwt

LIFETIME_S = 120
REUSE_S = 60
_ALGORITHM = "HS256"
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Caller:
    """The calling service, and the user it acts for. `user_id` and `role` are empty for work of its own."""

    service: str
    user_id: str = ""
    role: str = ""


class InvalidServiceToken(Exception):
    """The token is missing, malformed, expired, or meant for another service."""


class ServiceTokens:
    """Issues and verifies short-lived tokens with the secret that the mesh's services share."""

    def __init__(self, *, service: str, secret: str, lifetime_s: int = LIFETIME_S) -> None:
        self._service = service
        self._secret = secret
        self._lifetime_s = lifetime_s
        self._issued: dict[tuple[str, str, str], tuple[float, str]] = {}
        self._verified: dict[str, tuple[float, Caller]] = {}

    def issue(self, *, audience: str, user_id: str = "", role: str = "") -> str:
        """A token for one call to `audience`; reused for a minute, for signing costs more than a look-up."""
        now = time.time()
        key = (audience, user_id, role)
        cached = self._issued.get(key)
        if cached and cached[0] > now:
            return cached[1]
        token = jwt.encode(
            {"iss": self._service, "aud": audience, "sub": user_id, "role": role, "exp": int(now) + self._lifetime_s},
            self._secret,
            algorithm=_ALGORITHM,
        )
        if len(self._issued) > _REMEMBERED:
            self._issued.clear()
        self._issued[key] = (now + REUSE_S, token)
        return token

    def verify(self, token: str) -> Caller:
        """The caller that the token speaks for; a token once verified is known until it expires.

        Raises:
            InvalidServiceToken: it is not a token of this mesh for this service.
        """
        known = self._verified.get(token)
        if known and known[0] > time.time():
            return known[1]
        try:
            claims = jwt.decode(
                token,
                self._secret,
                algorithms=[_ALGORITHM],
                audience=self._service,
                options={"require": ["exp", "aud", "iss"], "verify_sub": False},
            )
        except jwt.PyJWTError as error:
            raise InvalidServiceToken(str(error)) from error
        caller = Caller(str(claims["iss"]), str(claims.get("sub", "")), str(claims.get("role", "")))
        if len(self._verified) > _REMEMBERED:
            self._verified.clear()
        self._verified[token] = (float(claims["exp"]), caller)
        return caller
