"""The client: a generation as a stream of events that survives cut connections, and the calls around it."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import quote, urlsplit

import httpx

from .errors import KeyRefused, Refused, Unreachable
from .sse import decode

TERMINAL_TYPES = frozenset({"completed", "failed", "cancelled"})
_CONNECT_S = 5.0
# The mesh sends a comment every 10 s: three of them missing is a dead connection.
_SILENCE_S = 35.0
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a generation. `data` has every member, `seq`, `type` and `at` among them."""

    seq: int
    type: str
    data: Mapping[str, Any]

    @property
    def terminal(self) -> bool:
        return self.type in TERMINAL_TYPES


class Client:
    """A connection to a mesh; use it as a context manager, or call `close`."""

    def __init__(
        self,
        base_url: str,
        api_key: str,
        *,
        pauses_s: tuple[float, ...] = (0.2, 0.5, 1, 2, 4, 8, 8, 8),
        sleep: Callable[[float], None] = time.sleep,
        on_cut: Callable[[str], None] = lambda _reason: None,
    ) -> None:
        """`pauses_s`: how long to wait before each attempt to take up a cut stream; progress starts them over.

        `on_cut` is told why, before each attempt.
        """
        self.base_url = base_url
        self._pauses_s = pauses_s
        self._sleep = sleep
        self._on_cut = on_cut
        self._http = httpx.Client(
            base_url=base_url,
            headers={"Authorization": f"Bearer {api_key}"} if api_key else {},
            timeout=httpx.Timeout(_SILENCE_S, connect=_CONNECT_S),
            trust_env=urlsplit(base_url).hostname not in _LOOPBACK,  # a proxy can't reach this machine's loopback
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def generate(self, prompt: str, **options: Any) -> Iterator[Event]:
        """Starts a generation and gives its events, each once, to the terminal one.

        `options` are members of the request: framework, mode, model, attachments and so on; None is left out.

        Raises:
            Unreachable: the mesh can't be reached, or a cut stream could not be taken up again.
            Refused, KeyRefused: the mesh did not accept the request.
        """
        body = {"prompt": prompt, **{name: value for name, value in options.items() if value is not None}}
        return self._follow("", 0, self._http.build_request("POST", "/api/v1/generations", json=body, headers=_SSE))

    def events(self, generation_id: str, *, after: int = 0) -> Iterator[Event]:
        """The events of a generation after a `seq`, to the terminal one; errors as in `generate`."""
        return self._follow(generation_id, after, None)

    def result(self, generation_id: str) -> dict[str, Any]:
        """The result document, whatever its status."""
        return self._json("GET", _path(generation_id))

    def artifact(self, generation_id: str, path: str) -> bytes:
        """One file, as it has to stand on disk."""
        return self._call("GET", f"{_path(generation_id)}/artifacts/{quote(path)}").content

    def answer(self, generation_id: str, question_id: str, value: str) -> None:
        """Answers a question that a generation waits for."""
        self._call("POST", f"{_path(generation_id)}/answers", body={"question_id": question_id, "value": value})

    def cancel(self, generation_id: str) -> None:
        self._call("DELETE", _path(generation_id))

    def search(self, query: str, **options: Any) -> dict[str, Any]:
        """Hits of the knowledge; `options`: kind, framework, limit."""
        body = {"query": query, **{name: value for name, value in options.items() if value is not None}}
        return self._json("POST", "/api/v1/search", body=body)

    def plan(self, body: dict[str, Any]) -> dict[str, Any]:
        """`POST /plan`: what to change where, for `patch`."""
        return self._json("POST", "/plan", body=body)

    def patch(self, body: dict[str, Any]) -> dict[str, Any]:
        """`POST /patch_smart`: edits for a plan, applied in memory. Raises `Refused` where they can't be applied."""
        return self._json("POST", "/patch_smart", body=body)

    def apply_edits(self, body: dict[str, Any]) -> dict[str, Any]:
        """`POST /api/v1/patches`: edits of one's own, applied in memory."""
        return self._json("POST", "/api/v1/patches", body=body)

    def roll_back(self, patch_id: str) -> dict[str, Any]:
        """Takes a patch back in the mesh's ledger; the files as they were before."""
        return self._json("POST", f"/api/v1/patches/{quote(patch_id, safe='')}/rollback")

    def lint_pack(self, body: dict[str, Any]) -> dict[str, Any]:
        """Findings of a framework pack, sent as `{name, files: [{path, content}], language}`."""
        return self._json("POST", "/api/v1/packs/lint", body=body)

    def ask(self, method: str, path: str, *, body: Any = None) -> dict[str, Any]:
        """Any call that is answered with a JSON object; errors as everywhere."""
        return self._json(method, path, body=body)

    def download(self, path: str) -> bytes:
        """The bytes of a file of the mesh, such as a report."""
        return self._call("GET", path).content

    def _follow(self, generation_id: str, after: int, first: httpx.Request | None) -> Iterator[Event]:
        request, failures = first, 0
        while True:
            try:
                for event in self._read(request or self._resume_request(generation_id, after)):
                    if event.seq <= after:
                        continue
                    after, failures = event.seq, 0
                    generation_id = generation_id or str(event.data.get("generation_id", ""))
                    yield event
                    if event.terminal:
                        return
                reason = "the stream ended early"
            except httpx.TransportError as error:
                reason = str(error) or type(error).__name__
            if not generation_id or failures >= len(self._pauses_s):
                raise Unreachable(f"{self.base_url}: {reason}")
            self._on_cut(reason)
            self._sleep(self._pauses_s[failures])
            request, failures = None, failures + 1

    def _resume_request(self, generation_id: str, after: int) -> httpx.Request:
        headers = {**_SSE, "Last-Event-ID": str(after)}
        return self._http.build_request("GET", f"{_path(generation_id)}/events", headers=headers)

    def _read(self, request: httpx.Request) -> Iterator[Event]:
        response = self._http.send(request, stream=True)
        try:
            if response.status_code in {502, 503, 504} and request.method == "GET":
                raise httpx.ReadError(f"HTTP {response.status_code}")  # it restarts: worth another attempt
            if response.is_error:
                response.read()
            _raise_for_status(response)
            for frame in decode(response.iter_bytes()):
                document = json.loads(frame.data)
                yield Event(int(document["seq"]), str(document["type"]), document)
        finally:
            response.close()

    def _json(self, method: str, path: str, *, body: Any = None) -> dict[str, Any]:
        document: dict[str, Any] = self._call(method, path, body=body).json()
        return document

    def _call(self, method: str, path: str, *, body: Any = None) -> httpx.Response:
        try:
            response = self._http.request(method, path, json=body)
        except httpx.TransportError as error:
            raise Unreachable(f"{self.base_url}: {error}") from error
        _raise_for_status(response)
        return response


_SSE = {"Accept": "text/event-stream"}


def _path(generation_id: str) -> str:
    return f"/api/v1/generations/{quote(generation_id, safe='')}"


def _raise_for_status(response: httpx.Response) -> None:
    if not response.is_error:
        return
    try:
        document = response.json()
    except ValueError:
        document = {}
    kind = KeyRefused if response.status_code in {401, 403} else Refused
    raise kind(response.status_code, document if isinstance(document, dict) else {})
