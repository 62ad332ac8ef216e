"""The outermost ring of a service: trace, deadline, body limit, one log line and one metric a request."""

import time
from typing import Any

from prometheus_client import Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars, clear_contextvars

from .deadlines import DEADLINE_HEADER, clear_deadline, set_deadline_in
from .errors import PayloadTooLarge, ServiceError, problem_response
from .logging import get_logger
from .metrics import ServiceMetrics
from .spans import SpanExport
from .tracing import TraceContext, set_trace

CLIENT_LEFT = 499
"""What is reported where the client had gone before there was an answer: nginx's number for it."""
_DEADLINE = DEADLINE_HEADER.encode()
_QUIET_PATHS = frozenset({"/livez", "/readyz", "/metrics"})
_log = get_logger(__name__)


class RequestContextMiddleware:
    """Binds trace id and deadline to the request, and reports it when its answer has ended."""

    def __init__(self, app: ASGIApp, *, metrics: ServiceMetrics, spans: SpanExport | None = None) -> None:
        self._app = app
        self._metrics = metrics
        self._spans = spans
        self._series: dict[tuple[str, str, int], Histogram] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        trace = TraceContext.parse_or_start(_header(scope, b"traceparent"))
        set_trace(trace)
        clear_contextvars()
        bind_contextvars(trace_id=trace.trace_id)
        clear_deadline()
        limit = _header(scope, _DEADLINE)
        if limit.isascii() and limit.isdigit() and len(limit) < 10:
            set_deadline_in(int(limit) / 1000)
        if scope["type"] == "websocket":
            await self._app(scope, receive, send)
            return
        await self._answer(scope, receive, send, trace)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, trace: TraceContext) -> None:
        started = time.perf_counter()
        status: int | None = None

        async def send_traced(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
                message["headers"] = [*message.get("headers", ()), (b"x-trace-id", trace.trace_id.encode())]
            await send(message)

        self._metrics.requests_in_flight.inc()
        try:
            await self._app(scope, receive, send_traced)
        except Exception as error:
            if status is not None:  # half an answer is out: only a broken connection can tell the caller
                raise
            # Answered here, and not left to the server: that would close the connection behind a complete answer,
            # and the caller's next request on it would fail.
            _log.error("unhandled_error", path=scope["path"], exc_info=error)
            unexpected = ServiceError("The service failed on this request; its log has the reason.")
            await problem_response(unexpected, instance=scope["path"])(scope, receive, send_traced)
        finally:
            self._metrics.requests_in_flight.dec()
            seconds = time.perf_counter() - started
            self._report(scope, status or CLIENT_LEFT, seconds)
            if self._spans is not None and scope["path"] not in _QUIET_PATHS:
                self._span(self._spans, scope, trace, status or CLIENT_LEFT, seconds)

    def _report(self, scope: Scope, status: int, seconds: float) -> None:
        route = _route_of(scope)
        key = (scope["method"], route, status)
        series = self._series.get(key)
        if series is None:
            series = self._series[key] = self._metrics.request_seconds.labels(scope["method"], route, str(status))
        series.observe(seconds)
        if scope["path"] in _QUIET_PATHS and (status < 400 or status == 503):
            return  # asked all the time; whoever asks acts on the answer
        log = _log.warning if status >= 500 else _log.info
        log("request", method=scope["method"], path=scope["path"], status=status, ms=round(seconds * 1000, 1))

    @staticmethod
    def _span(spans: SpanExport, scope: Scope, trace: TraceContext, status: int, seconds: float) -> None:
        route, end_ns = _route_of(scope), time.time_ns()
        method = scope["method"]
        facts = {"http.request.method": method, "http.route": route, "http.response.status_code": status}
        start_ns = end_ns - int(seconds * 1e9)
        spans.ended(trace, name=f"{method} {route}", attributes=facts, start_ns=start_ns, end_ns=end_ns)


class BodyLimitMiddleware:
    """Refuses a body over the limit with 413, also where it comes in chunks and states no length."""

    def __init__(self, app: ASGIApp, *, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        stated = _header(scope, b"content-length")
        if stated.isdigit() and int(stated) > self._max_bytes:
            await self._refuse(scope, receive, send)
            return
        body = _CountedBody(receive, send, self._max_bytes)
        try:
            await self._app(scope, body.receive, body.send)
        except PayloadTooLarge:
            if not body.exceeded:
                raise
        if body.exceeded:
            await self._refuse(scope, receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        await problem_response(_too_large(self._max_bytes), instance=scope["path"])(scope, receive, send)


class _CountedBody:
    """A request's body, counted as it is read; once it is too large, the application's own answer is dropped."""

    def __init__(self, receive: Receive, send: Send, max_bytes: int) -> None:
        self.exceeded = False
        self._receive = receive
        self._send = send
        self._max_bytes = max_bytes
        self._received = 0

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._received += len(message.get("body", b""))
            if self._received > self._max_bytes:
                self.exceeded = True
                raise _too_large(self._max_bytes)
        return message

    async def send(self, message: Message) -> None:
        """The framework turns our error into a 400 of its own, where 413 is due: that answer is dropped."""
        if not self.exceeded:
            await self._send(message)


def _too_large(max_bytes: int) -> PayloadTooLarge:
    return PayloadTooLarge(f"The body is larger than the limit of {max_bytes:,} bytes.")


def _header(scope: Scope, name: bytes) -> str:
    """A header's value, empty where it is missing. Servers give names in small letters (ASGI)."""
    for key, value in scope["headers"]:
        if key == name:
            return str(value, "latin-1")
    return ""


def _route_of(scope: Scope) -> str:
    """The route's template: a label with few values, whatever the callers send."""
    route: Any = scope.get("route")
    return getattr(route, "path", "unmatched")
