"""A request's deadline: what is left of the caller's patience travels with every internal call."""

import math
import time
from contextvars import ContextVar

DEADLINE_HEADER = "x-framewright-deadline-ms"

_deadline: ContextVar[float] = ContextVar("deadline", default=math.inf)


def set_deadline_in(seconds: float) -> None:
    """Lets the running task, and all that it starts, end within `seconds`; never prolongs an earlier limit."""
    _deadline.set(min(_deadline.get(), time.monotonic() + seconds))


def clear_deadline() -> None:
    """For work that goes on after its caller has left."""
    _deadline.set(math.inf)


def remaining_s() -> float:
    """Seconds left, at least 0; infinite where nobody set a limit."""
    return max(0.0, _deadline.get() - time.monotonic())


def deadline_header() -> dict[str, str]:
    """The header for the next hop: milliseconds left; empty where there is no limit."""
    left = remaining_s()
    return {} if math.isinf(left) else {DEADLINE_HEADER: str(int(left * 1000))}
