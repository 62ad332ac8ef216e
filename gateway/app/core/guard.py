"""The guard at the public door: an API key or access token for everything that is not said to be open."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.errors import ServiceError, Unauthenticated, problem_response
from chassis.guard import bearer_token, is_open, metrics_refusal
from chassis.tokens import Caller, InvalidServiceToken, ServiceTokens

from .identity import Identity, User
from .openai_errors import openai_error_response

OPEN_POSTS = frozenset({"/api/auth/login", "/api/auth/refresh"})
"""They carry a credential of their own in the body."""
_SLASHED = ("/api/auth/", "/api/sessions/", "/api/llm/", "/ws/chat/")
USER_KEY = "framewright.user"
CALLER_KEY = "framewright.caller"


class GatewayGuardMiddleware:
    """Puts the user, or for `/internal/…` the calling service, into the scope."""

    def __init__(self, app: ASGIApp, *, identity: Identity, tokens: ServiceTokens, metrics_token: str | None) -> None:
        self._app = app
        self._identity = identity
        self._tokens = tokens
        self._metrics_token = metrics_token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        _drop_trailing_slash(scope)
        try:
            await self._admit(scope)
        except ServiceError as error:
            path: str = scope["path"]
            refuse = openai_error_response(error) if path.startswith("/v1/") else problem_response(error, instance=path)
            await refuse(scope, receive, send)
            return
        await self._app(scope, receive, send)

    async def _admit(self, scope: Scope) -> None:
        path: str = scope["path"]
        headers = Headers(scope=scope)
        if is_open(path):
            return
        if path == "/metrics":
            refusal = metrics_refusal(bearer_token(headers), self._metrics_token)
            if refusal is not None:
                raise refusal
        elif path.startswith("/internal/"):
            scope[CALLER_KEY] = self._service(bearer_token(headers))
        elif not (scope["method"] == "POST" and path in OPEN_POSTS):
            credential = _credential(headers)
            if credential or not _is_console_page(scope):
                scope[USER_KEY] = await self._identity.user(credential)

    def _service(self, token: str) -> Caller:
        try:
            return self._tokens.verify(token)
        except InvalidServiceToken as error:
            raise Unauthenticated("This path needs a service token for the gateway.") from error


def user_in(scope: Scope) -> User | None:
    """The user whom the guard let in; None on paths that may be called unknown."""
    user = scope.get(USER_KEY)
    return user if isinstance(user, User) else None


def _is_console_page(scope: Scope) -> bool:
    """The console's page may be read by anybody: it holds the login form and no data."""
    path: str = scope["path"]
    return scope["method"] in {"GET", "HEAD"} and (path == "/console" or path.startswith("/console/"))


def _credential(headers: Headers) -> str:
    return bearer_token(headers) or headers.get("x-api-key", "").strip()


def _drop_trailing_slash(scope: Scope) -> None:
    """These paths answer with and without the slash, and never by a redirect (R3.7)."""
    path: str = scope["path"]
    if path.endswith("/") and path.startswith(_SLASHED):
        scope["path"] = path.rstrip("/")
        scope["raw_path"] = scope["path"].encode()
