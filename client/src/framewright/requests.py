"""What both clients put into a request, and read out of an answer that is no success."""

from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from .errors import KeyRefused, Refused

CONNECT_S = 5.0
# The mesh sends a comment every 10 s: three of them missing is a dead connection.
SILENCE_S = 35.0
PAUSES_S = (0.2, 0.5, 1, 2, 4, 8, 8, 8)
"""How long to wait before each attempt to take up a cut stream; progress starts them over."""
RESTARTING = frozenset({502, 503, 504})
EVENT_STREAM = {"Accept": "text/event-stream"}
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def options_of(base_url: str, auth: httpx.Auth | None) -> dict[str, Any]:
    """The arguments of httpx's clients, sync and async."""
    return {
        "base_url": base_url,
        "auth": auth,
        "timeout": httpx.Timeout(SILENCE_S, connect=CONNECT_S),
        "trust_env": urlsplit(base_url).hostname not in _LOOPBACK,  # a proxy can't reach this machine's loopback
    }


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


def raise_for_status(response: httpx.Response) -> None:
    """Raises `Refused` or `KeyRefused`, with the problem document; the body has been read."""
    if not response.is_error:
        return
    try:
        document = response.json()
    except ValueError:
        document = {}
    kind = KeyRefused if response.status_code in {401, 403} else Refused
    raise kind(response.status_code, document if isinstance(document, dict) else {})
