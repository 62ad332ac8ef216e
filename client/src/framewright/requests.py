"""What both clients put into a request."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

CONNECT_S = 5.0
# The mesh sends a comment every 10 s: three of them missing is a dead connection.
SILENCE_S = 35.0
LONGEST_ANSWER_S = 330.0
"""What the mesh works on before it answers: plans and patches up to 300 s, archives that are unpacked."""
PAUSES_S = (0.2, 0.5, 1, 2, 4, 8, 8, 8)
"""How long to wait before each attempt to take up a cut stream; progress starts them over."""
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError)
EVENT_STREAM = {"Accept": "text/event-stream"}
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(slots=True)
class Course:
    """How far a generation was followed; without an id it is yet to be ordered, or not known to be."""

    generation_id: str = ""
    seq: int = 0
    order: httpx.Request | None = None
    over: bool = False
    """Whether the mesh says that nothing comes any more."""


def options_of(base_url: str, auth: httpx.Auth | None) -> dict[str, Any]:
    """The arguments of httpx's clients, sync and async; raises `httpx.InvalidURL`."""
    url = httpx.URL(base_url)
    if url.scheme not in {"http", "https"} or not url.host:
        raise httpx.InvalidURL("not an address that begins with http:// or https://")
    return {
        "base_url": base_url,
        "auth": auth,
        "timeout": silence(SILENCE_S),
        "trust_env": url.host not in _LOOPBACK,  # a proxy can't reach this machine's loopback
    }


def silence(limit_s: float) -> httpx.Timeout:
    """How long nothing may be heard."""
    return httpx.Timeout(SILENCE_S, connect=CONNECT_S, read=limit_s)


def stated(**members: Any) -> dict[str, Any]:
    """Those that are not None."""
    return {name: value for name, value in members.items() if value is not None}


def safe(identifier: str) -> str:
    """An id as one segment of a path, whatever it holds."""
    return quote(identifier, safe="")


def generation_path(generation_id: str) -> str:
    return f"/api/v1/generations/{safe(generation_id)}"


def session_path(session_id: str) -> str:
    return f"/api/sessions/{safe(session_id)}"


def repository_path(repository_id: str) -> str:
    return f"/api/v1/repositories/{safe(repository_id)}"
