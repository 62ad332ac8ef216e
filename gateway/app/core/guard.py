"""The guard at the public door: who calls, whether the path is theirs to call, and that no other site makes them."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.errors import Forbidden, ServiceError, Unauthenticated, problem_response
from chassis.guard import bearer_token, metrics_refusal
from chassis.tokens import Caller, InvalidServiceToken, ServiceTokens

from .access import Rule, check, rule_of
from .cookies import CSRF_HEADER, SAFE_METHODS, csrf_holds, session_token
from .identity import Identity, User

_SLASHED = ("/api/auth/", "/api/sessions/", "/api/llm/", "/ws/chat/")
USER_KEY = "framewright.user"
CALLER_KEY = "framewright.caller"
CREDENTIAL_KEY = "framewright.credential"


class GatewayGuardMiddleware:
    """Puts the user, or for `/internal/…` the calling service, into the scope; refuses a WebSocket before it opens."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        identity: Identity,
        tokens: ServiceTokens,
        metrics_token: str | None,
        origins: Sequence[str] = (),
    ) -> None:
        """`origins`: other web applications that may call."""
        self._app = app
        self._identity = identity
        self._tokens = tokens
        self._metrics_token = metrics_token
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        _drop_trailing_slash(scope)
        try:
            await self._admit(scope)
        except ServiceError as error:
            await refuse(problem_response(error, instance=scope["path"]), scope, receive, send)
            return
        await self._app(scope, receive, send)

    async def _admit(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        rule = rule_of(scope.get("method", "GET"), scope["path"])
        if rule.audience == "scrape":
            refusal = metrics_refusal(bearer_token(headers), self._metrics_token)
            if refusal is not None:
                raise refusal
        elif rule.audience == "service":
            scope[CALLER_KEY] = self._service(bearer_token(headers))
        else:
            await self._admit_person(scope, headers, rule)

    async def _admit_person(self, scope: Scope, headers: Headers, rule: Rule) -> None:
        if scope["type"] == "websocket" or (rule.audience == "open" and scope["method"] not in SAFE_METHODS):
            self._check_origin(headers)
        if rule.audience == "open":
            return
        credential, cookie = credentials_in(scope)
        user = await self._identity.user(credential or cookie)
        if cookie and scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            self._check_origin(headers)
            check_csrf(cookie, headers)
        check(rule, user)
        scope[USER_KEY], scope[CREDENTIAL_KEY] = user, credential or cookie

    def _check_origin(self, headers: Headers) -> None:
        """Browsers say which site makes them call; other clients say nothing."""
        origin = headers.get("origin")
        if origin is None or origin in self._origins or urlsplit(origin).netloc == headers.get("host"):
            return
        raise Forbidden("This site may not call here: it is not in GATEWAY_CORS_ORIGINS.", code="origin_refused")

    def _service(self, token: str) -> Caller:
        try:
            return self._tokens.verify(token)
        except InvalidServiceToken as error:
            raise Unauthenticated("This path needs a service token for the gateway.") from error


def user_in(scope: Scope) -> User | None:
    """The user whom the guard let in; None on paths that may be called unknown."""
    user = scope.get(USER_KEY)
    return user if isinstance(user, User) else None


def credentials_in(scope: Scope) -> tuple[str, str]:
    """What a header says; where none says anything, the token of the cookie."""
    headers = Headers(scope=scope)
    credential = bearer_token(headers) or headers.get("x-api-key", "").strip()
    return credential, "" if credential else session_token(scope)


def check_csrf(cookie: str, headers: Headers) -> None:
    """Raises Forbidden where a page of another site may have made the browser call."""
    if not csrf_holds(cookie, headers.get(CSRF_HEADER, "")):
        raise Forbidden("X-CSRF-Token is missing, or belongs to another sign-in.", code="csrf_failed")


async def refuse(response: Response, scope: Scope, receive: Receive, send: Send) -> None:
    """The answer, also in place of a WebSocket that is not opened (ASGI's `websocket.http.response`)."""
    if scope["type"] == "websocket" and "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": 1008})
        return
    await response(scope, receive, send)


def _drop_trailing_slash(scope: Scope) -> None:
    """These paths answer with and without the slash, and never by a redirect (R3.7)."""
    path: str = scope["path"]
    if path.endswith("/") and path.startswith(_SLASHED):
        scope["path"] = path.rstrip("/")
        scope["raw_path"] = scope["path"].encode()
