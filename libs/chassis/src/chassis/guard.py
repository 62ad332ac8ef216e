"""The guard at a service's door: a service token for everything but liveness, readiness and the docs."""

import hmac
from typing import Protocol

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from .errors import Forbidden, Unauthenticated, problem_response
from .tokens import Caller, InvalidServiceToken

OPEN_PATHS = frozenset({"/livez", "/readyz", "/docs", "/openapi.json"})
OPEN_PREFIXES = ("/docs/",)
_CALLER_KEY = "framewright.caller"


class Verifier(Protocol):
    """Knows callers by what they send as a bearer: raises InvalidServiceToken where it does not."""

    def verify(self, token: str) -> Caller: ...


class ServiceGuardMiddleware:
    """Lets in callers that `tokens` knows; `/metrics` takes the scrape token.

    `anonymous` is who a caller without credentials is; None: there are no such callers.
    """

    def __init__(
        self, app: ASGIApp, *, tokens: Verifier, metrics_token: str | None, anonymous: Caller | None = None
    ) -> None:
        self._app = app
        self._tokens = tokens
        self._metrics_token = metrics_token
        self._anonymous = anonymous

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            error = self._refusal(scope)
            if error is not None:
                await problem_response(error, instance=scope["path"])(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> Unauthenticated | Forbidden | None:
        path: str = scope["path"]
        if is_open(path):
            return None
        bearer = bearer_token(Headers(scope=scope))
        if path == "/metrics":
            return metrics_refusal(bearer, self._metrics_token)
        if not bearer and self._anonymous is not None:
            scope[_CALLER_KEY] = self._anonymous
            return None
        if not bearer:
            return Unauthenticated("This path needs a service token in the Authorization header.")
        try:
            scope[_CALLER_KEY] = self._tokens.verify(bearer)
        except InvalidServiceToken:
            return Unauthenticated("The service token is not valid for this service, or has expired.")
        return None


def is_open(path: str) -> bool:
    """Whether a path needs no credentials, in any service."""
    return path in OPEN_PATHS or path.startswith(OPEN_PREFIXES)


def metrics_refusal(bearer: str, metrics_token: str | None) -> Unauthenticated | Forbidden | None:
    """Why a scrape is refused, or None."""
    if metrics_token is None:
        return Forbidden("Metrics are closed: FRAMEWRIGHT_METRICS_TOKEN is not set.")
    if not hmac.compare_digest(bearer.encode(), metrics_token.encode()):
        return Unauthenticated("Metrics need the scrape token in the Authorization header.")
    return None


def bearer_token(headers: Headers) -> str:
    """The token of `Authorization: Bearer …`, empty where there is none."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def caller_of(connection: HTTPConnection) -> Caller:
    """The caller whom the guard let in: use it as a FastAPI dependency."""
    caller = connection.scope.get(_CALLER_KEY)
    if not isinstance(caller, Caller):
        raise Unauthenticated("This path needs a service token.")
    return caller
