"""W3C trace context: the trace id of the request in hand, and its hand-over to the next service."""

import re
import secrets
from contextvars import ContextVar
from dataclasses import dataclass

_TRACEPARENT = re.compile(r"^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$")


@dataclass(frozen=True, slots=True)
class TraceContext:
    """Trace and span id in hexadecimal (32 and 16 digits), as in the header `traceparent`."""

    trace_id: str
    span_id: str
    flags: str = "01"
    parent_id: str = ""
    """The caller's span; "" where the trace begins here."""

    @classmethod
    def parse_or_start(cls, header: str | None) -> "TraceContext":
        """Goes on with the caller's trace, or starts one where the header is missing or malformed."""
        match = _TRACEPARENT.match(header or "")
        if match and match[1] != "0" * 32:
            return cls(match[1], secrets.token_hex(8), match[3], match[2])
        return cls(secrets.token_hex(16), secrets.token_hex(8))

    def header(self) -> str:
        return f"00-{self.trace_id}-{self.span_id}-{self.flags}"


_current: ContextVar[TraceContext | None] = ContextVar("trace_context", default=None)


def set_trace(context: TraceContext) -> None:
    """Binds the trace to the running task and all that it starts."""
    _current.set(context)


def current_trace() -> TraceContext:
    """The trace of the running task; one is started where there is none."""
    context = _current.get()
    if context is None:
        context = TraceContext.parse_or_start(None)
        _current.set(context)
    return context


def current_trace_id() -> str:
    return current_trace().trace_id
