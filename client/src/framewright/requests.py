"""What both clients put into a request, and read out of an answer that is no success."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

import httpx

from .errors import KeyRefused, Refused, WrongAddress
from .events import Event

CONNECT_S = 5.0
# The mesh sends a comment every 10 s: three of them missing is a dead connection.
SILENCE_S = 35.0
LONGEST_ANSWER_S = 330.0
"""What the mesh works on before it answers: plans and patches up to 300 s, archives that are unpacked."""
PAUSES_S = (0.2, 0.5, 1, 2, 4, 8, 8, 8)
"""How long to wait before each attempt to take up a cut stream; progress starts them over."""
RESTARTING = frozenset({502, 503, 504})
STOPPING = "gateway_stopping"
IN_USE = "idempotency_key_in_use"
"""The code of a refusal: the same order was sent before, and is just being taken."""
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError)
LONGEST_WAIT_S = 30.0
EVENT_STREAM = {"Accept": "text/event-stream"}
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(slots=True)
class Course:
    """How far a generation was followed; without an id it is yet to be ordered, or not known to be."""

    generation_id: str = ""
    seq: int = 0
    order: httpx.Request | None = None


class TryAgain(Exception):
    """The same request is worth another attempt, after this wait."""

    def __init__(self, reason: str, wait_s: float) -> None:
        super().__init__(reason)
        self.wait_s = wait_s


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


def raise_for_status(response: httpx.Response) -> None:
    """The body of an error has been read.

    Raises:
        Refused, KeyRefused: an error answer, with its problem document.
        WrongAddress: the mesh is elsewhere.
    """
    if response.has_redirect_location:
        raise WrongAddress(f"{response.url} -> {response.headers['Location']}")
    if not response.is_error:
        return
    kind = KeyRefused if response.status_code in {401, 403} else Refused
    raise kind(response.status_code, problem_of(response), url=response.url)


def problem_of(response: httpx.Response) -> dict[str, Any]:
    """The problem document of an error that was read; empty where there is none."""
    try:
        document = response.json()
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}


def check_worth_another(response: httpx.Response) -> None:
    """Raises `TryAgain` for an error, which was read, of a gateway that stops or of a proxy that has none.

    What a gateway that runs says of an order holds: only reading is tried again then.
    """
    problem = problem_of(response)
    stops = response.status_code in RESTARTING and (
        response.request.method == "GET" or problem.get("code", STOPPING) == STOPPING
    )
    if stops or problem.get("code") == IN_USE:
        stated_s = response.headers.get("Retry-After", "")
        wait_s = float(stated_s) if stated_s.isascii() and stated_s.isdigit() else 0.0
        raise TryAgain(str(problem.get("detail") or f"HTTP {response.status_code}"), min(wait_s, LONGEST_WAIT_S))


def named_generation(response: httpx.Response) -> str:
    """The id that `Content-Location` ends with, empty where there is none."""
    return unquote(response.headers.get("Content-Location", "").rpartition("/")[2])


def document_of(response: httpx.Response) -> Any:
    """The JSON of a success; raises `WrongAddress` where it is none."""
    try:
        return response.json()
    except ValueError as error:
        raise WrongAddress(_no_mesh(response)) from error


def check_stream(response: httpx.Response) -> None:
    """Raises `WrongAddress` where a success is no event stream."""
    if not response.headers.get("Content-Type", "").startswith(EVENT_STREAM["Accept"]):
        raise WrongAddress(_no_mesh(response))


def event_of(data: str) -> Event:
    """Raises `WrongAddress` where it is no event of a mesh."""
    try:
        document = json.loads(data)
        return Event(int(document["seq"]), str(document["type"]), document)
    except (ValueError, KeyError, TypeError) as error:
        raise WrongAddress(f"no event of a mesh: {data[:80]}") from error


def _no_mesh(response: httpx.Response) -> str:
    kind = response.headers.get("Content-Type", "").partition(";")[0] or "nothing"
    return f"{response.url}: no answer of a mesh ({kind})"
