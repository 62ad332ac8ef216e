"""What both clients read out of an answer: its document or event, or what is wrong with it."""

import json
from typing import Any
from urllib.parse import unquote

import httpx

from .errors import KeyRefused, Refused, WrongAddress
from .events import Event

RESTARTING = frozenset({502, 503, 504})
STOPPING = "gateway_stopping"
IN_USE = "idempotency_key_in_use"
"""The code of a refusal: the same order was sent before, and is just being taken."""
LONGEST_WAIT_S = 30.0
_EVENT_STREAM = "text/event-stream"


class TryAgain(Exception):
    """The same request is worth another attempt, after this wait."""

    def __init__(self, reason: str, wait_s: float) -> None:
        super().__init__(reason)
        self.wait_s = wait_s


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
    if not response.headers.get("Content-Type", "").startswith(_EVENT_STREAM):
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
