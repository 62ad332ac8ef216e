"""The console's cookie: its name, its attributes, and the CSRF token that goes with it."""

import base64
import hashlib
import hmac
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

NAME = "fw_session"
SECURE_NAME = f"__Host-{NAME}"
"""Browsers take a cookie of this prefix over TLS alone, for the whole host and for no other."""
TOKEN_PREFIX = "fws_"  # noqa: S105 - the form of a token, not one
CSRF_HEADER = "x-csrf-token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def is_secure(scope: Scope) -> bool:
    return scope.get("scheme") in {"https", "wss"}


def session_token(scope: Scope) -> str:
    """The browser session's token in the cookie, empty where there is none."""
    try:
        cookies = SimpleCookie("; ".join(Headers(scope=scope).getlist("cookie")))
    except CookieError:
        return ""
    found = cookies.get(SECURE_NAME if is_secure(scope) else NAME)
    value = found.value if found else ""
    return value if value.startswith(TOKEN_PREFIX) else ""


def csrf_token(token: str) -> str:
    """Derived from the session's secret, so that nothing has to be kept: who can't read one can't make the other."""
    digest = hmac.new(token.encode(), b"framewright-csrf", hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def csrf_holds(token: str, shown: str) -> bool:
    return hmac.compare_digest(csrf_token(token).encode(), shown.encode())


def set_session(response: Response, scope: Scope, token: str, *, life_s: int) -> None:
    secure = is_secure(scope)
    response.set_cookie(
        SECURE_NAME if secure else NAME, token,
        max_age=life_s, path="/", secure=secure, httponly=True, samesite="strict",
    )  # fmt: skip


def clear_session(response: Response, scope: Scope) -> None:
    secure = is_secure(scope)
    response.delete_cookie(SECURE_NAME if secure else NAME, path="/", secure=secure, httponly=True, samesite="strict")
