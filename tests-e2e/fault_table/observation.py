"""What a user sees while something is broken, in the words of the fault table."""

import hashlib
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
from framewright.sse import Decoder, Frame
from orjson import JSONDecodeError, loads

from support.api import GENERATIONS, TERMINAL, Api, assert_whole

PROMPT = "Task 관리 화면 만들어줘"
QUERY = "그리드에서 수정하고 저장"
SEARCH = {"query": QUERY, "framework": "xframe5"}
_AGAIN_S = 0.2
_SETTLED_S = 6.0


@dataclass
class Watched:
    """One generation, followed over every broken line: events by their `seq`, and how it ended."""

    outcome: str = "refused"
    seconds: float = 0.0
    detail: str = ""
    generation_id: str = ""
    events: list[dict[str, Any]] = field(default_factory=list)
    begun: threading.Event = field(default_factory=threading.Event)


def generate(
    http: httpx.Client, within_s: float, model: str | None = None, watched: Watched | None = None, prompt: str = PROMPT
) -> Watched:
    """Orders a generation once, and reads its events to the end; a broken stream is resumed where it broke."""
    seen = watched or Watched()
    started = time.monotonic()
    body = {"prompt": prompt, **({"model": model} if model else {})}
    key = {"Idempotency-Key": uuid.uuid4().hex}
    while time.monotonic() - started < within_s:
        try:
            if not seen.generation_id:
                request = http.build_request("POST", GENERATIONS, json=body, headers=key)
            else:
                after = {"Last-Event-ID": str(seen.events[-1]["seq"] if seen.events else 0)}
                request = http.build_request("GET", f"{GENERATIONS}/{seen.generation_id}/events", headers=after)
            request.headers["Accept"] = "text/event-stream"
            request.extensions["timeout"] = httpx.Timeout(within_s, connect=2).as_dict()
            _follow(http, request, seen, started + within_s)
        except (httpx.TransportError, ValueError) as error:
            seen.detail = seen.detail or type(error).__name__
        if seen.outcome != "refused" or (not seen.generation_id and seen.detail):
            break
        time.sleep(_AGAIN_S)
    if seen.generation_id and seen.outcome == "refused":
        seen.outcome = "waits"
    seen.seconds = time.monotonic() - started
    return seen


def _follow(http: httpx.Client, request: httpx.Request, seen: Watched, deadline: float) -> None:
    response = http.send(request, stream=True)
    try:
        if response.status_code != 200:
            seen.detail = _said(response.read(), response.status_code)
            return
        for frame in _frames(response, deadline):
            event = loads(frame.data)
            seen.events.append(event)
            seen.generation_id = seen.generation_id or event["generation_id"]
            if event["type"] == "delta":
                seen.begun.set()
            if event["type"] in TERMINAL:
                _ended(seen, event)
                return
        if not seen.events:
            seen.detail = "no event"
    finally:
        response.close()


def _frames(response: httpx.Response, deadline: float) -> Iterator[Frame]:
    """What comes before the deadline; a stream that waits sends comments, so that it is looked at each ten seconds."""
    decoder = Decoder()
    for chunk in response.iter_raw():
        yield from decoder.feed(chunk)
        if time.monotonic() > deadline:
            return


def _ended(seen: Watched, event: dict[str, Any]) -> None:
    warnings = [item["code"] for item in seen.events if item["type"] == "warning" and item["code"] != "taken_over"]
    if event["type"] == "completed":
        seen.outcome = "weaker" if warnings or event.get("degraded") else "completed"
        seen.detail = ", ".join(dict.fromkeys(warnings))
    else:
        seen.outcome = "failed"
        seen.detail = str(event.get("problem", {}).get("code", event["type"]))


def _said(body: bytes, status: int) -> str:
    try:
        return f"{status} {loads(body)['code']}"
    except (JSONDecodeError, KeyError, TypeError):
        return str(status)


def search(http: httpx.Client, within_s: float, query: str = QUERY) -> tuple[str, float, str]:
    """Its outcome, seconds, and what was said."""
    started = time.monotonic()
    try:
        answer = http.post("/api/v1/search", json={**SEARCH, "query": query}, timeout=within_s)
        document = answer.json() if answer.status_code == 200 else {}
    except (httpx.TransportError, ValueError) as error:
        return "refused", time.monotonic() - started, type(error).__name__
    seconds = time.monotonic() - started
    if answer.status_code != 200:
        return "refused", seconds, _said(answer.content, answer.status_code)
    codes = ", ".join(str(item.get("code", "")) for item in document.get("warnings", []))
    return ("answered" if document["hits"] and not codes else "weaker"), seconds, codes


def order(http: httpx.Client) -> str | None:
    """A job's id, where it was taken."""
    try:
        answer = http.post(GENERATIONS, json={"prompt": PROMPT}, headers={"Prefer": "respond-async"}, timeout=15)
        return str(answer.json()["generation_id"]) if answer.status_code == 202 else None
    except (httpx.TransportError, ValueError, KeyError):
        return None


def is_well(http: httpx.Client, kept: "Kept | None" = None, model: str | None = None) -> bool:
    """Whether a generation and a search are again as if nothing had been, hit by hit."""
    if generate(http, 10, model).outcome != "completed":
        return False
    if search(http, 10)[0] != "answered" or search(http, 10, f"{QUERY} {uuid.uuid4().hex[:6]}")[0] != "answered":
        return False  # the second has not been asked before: no kept answer stands in for the index
    return kept is None or _hits(http) == kept.hits


def recovered(http: httpx.Client, kept: "Kept", limit_s: float, model: str | None = None) -> float:
    """Seconds until all is well, with this engine; `inf` where it is not within the limit."""
    started = time.monotonic()
    while time.monotonic() - started < limit_s:
        asked = time.monotonic()
        if is_well(http, kept, model):
            return asked - started
        time.sleep(_AGAIN_S)
    return float("inf")


@dataclass
class Kept:
    """What was there before: it has to be there afterwards, byte by byte."""

    generation_id: str
    files: str
    hits: list[str]


def keep(http: httpx.Client) -> Kept:
    """Taken when the knowledge is indexed: until then a search finds more each time."""
    before: list[str] = []
    while not before or before != _hits(http) or not is_well(http):
        before = _hits(http)
        time.sleep(_SETTLED_S)
    made = generate(http, 30)
    assert made.outcome == "completed", (made.outcome, made.detail)
    return Kept(made.generation_id, _digest(http, made.generation_id), _hits(http))


def losses(http: httpx.Client, kept: Kept, accepted: list[str], limit_s: float) -> list[str]:
    """What is missing, in words; nothing, if all is as it should be."""
    lost = []
    if _digest(http, kept.generation_id) != kept.files:
        lost.append("files of an earlier generation differ")
    if _hits(http) != kept.hits:
        lost.append("a search finds something else than before")
    for generation_id in accepted:
        lost += list(_unfinished(http, generation_id, limit_s))
    return lost


def _unfinished(http: httpx.Client, generation_id: str, limit_s: float) -> Iterator[str]:
    deadline = time.monotonic() + limit_s
    while (answer := http.get(f"{GENERATIONS}/{generation_id}")).status_code != 200 or not answer.json()["ended_at"]:
        if time.monotonic() > deadline:
            yield f"a generation that was taken did not end ({answer.status_code})"
            return
        time.sleep(_AGAIN_S)
    try:
        assert_whole(Api(http).resume(generation_id, 0))
    except AssertionError:
        yield "a generation's events are not whole"


def _digest(http: httpx.Client, generation_id: str) -> str:
    files = Api(http).files(generation_id)
    return hashlib.sha256(b"".join(name.encode() + body for name, body in sorted(files.items()))).hexdigest()


def _hits(http: httpx.Client) -> list[str]:
    return [str(hit["id"]) for hit in http.post("/api/v1/search", json=SEARCH).json()["hits"]]
