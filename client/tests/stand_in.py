"""A mesh of one script: it answers on a socket, cuts connections when told to, and notes what it was asked."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

CONTENT = '\ufeff<?xml version="1.0"?>\r\n<screen/>\r\n'
KEY = "fwk_a_b"


@dataclass
class Mesh:
    """What the stand-in plays: `events` in `cuts` pieces (a connection ends after each), and `result`.

    `location`: what it says of an order before the first event. `on_order` runs while it takes one, and cuts it off.
    `other`: what another server answers, whatever it is asked: status, headers and body.
    """

    url: str = ""
    events: list[dict[str, Any]] = field(default_factory=list)
    cut_after: list[int] = field(default_factory=list)
    result: dict[str, Any] = field(default_factory=dict)
    errors: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    error_headers: dict[str, str] = field(default_factory=dict)
    other: tuple[int, dict[str, str], bytes] | None = None
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    failing: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    series: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    open_answers: dict[str, Callable[[Any], dict[str, Any]]] = field(default_factory=dict)
    keys: list[str] = field(default_factory=lambda: [KEY])
    cut_orders: int = 0
    pause_s: float = 0.0
    cancelled: str = "cancelled"
    location: str = ""
    on_order: Callable[[], None] | None = None
    asked: list[tuple[str, str, Any]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    resumed_from: list[str] = field(default_factory=list)

    def say(self, *events: dict[str, Any]) -> None:
        self.events = [{"seq": seq, "at": "2026-01-01T00:00:00Z", **event} for seq, event in enumerate(events, 1)]

    def paths(self) -> list[tuple[str, str]]:
        return [(method, path) for method, path, _ in self.asked]


class Handler(BaseHTTPRequestHandler):
    mesh: Mesh

    def _handle(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        self.mesh.asked.append((self.command, self.path, body))
        if self.mesh.pause_s:
            time.sleep(self.mesh.pause_s)
        if self.mesh.other:
            self._send(*self.mesh.other)
        elif self.path in self.mesh.open_answers:
            self._json(200, self.mesh.open_answers[self.path](body))
        elif self.headers.get("Authorization") not in {f"Bearer {key}" for key in self.mesh.keys}:
            self._json(401, {"detail": "Who are you?"})
        elif self.path in self.mesh.failing:
            self._json(*self.mesh.failing[self.path])
        else:
            self._answer()

    def _answer(self) -> None:
        if self.command == "DELETE" and not self.mesh.errors and "/generations/" in self.path:
            self._json(200, {"generation_id": "g1", "status": self.mesh.cancelled})
        elif self.mesh.errors:
            status, problem = self.mesh.errors.pop(0)
            self._send(
                status, {"Content-Type": "application/json", **self.mesh.error_headers}, json.dumps(problem).encode()
            )
        elif self.headers.get("Prefer") == "respond-async":
            self.mesh.names.append(self.headers.get("Idempotency-Key", ""))
            self._json(202, {"generation_id": "g1"})
        elif self.headers.get("Accept") == "text/event-stream":
            self._stream(int(self.headers.get("Last-Event-ID") or 0))
        elif "/artifacts/" in self.path:
            self._send(200, {"Content-Type": "application/octet-stream"}, CONTENT.encode())
        elif self.path in self.mesh.files:
            self._send(200, {"Content-Type": "application/octet-stream"}, self.mesh.files[self.path])
        elif self.mesh.series.get(self.path):
            self._json(200, self.mesh.series[self.path].pop(0))
        elif self.path in self.mesh.answers:
            self._json(200, self.mesh.answers[self.path])
        elif self.path == "/api/v1/search":
            self._json(200, {"hits": [{"id": "h1", "title": "그리드", "kind": "rule", "text": "글", "score": 0.5}]})
        else:
            self._json(200, self.mesh.result)

    do_GET = do_POST = do_DELETE = do_PATCH = _handle  # noqa: N815 - the names that the base class looks for

    def _stream(self, after: int) -> None:
        if self.command == "POST":
            self.mesh.names.append(self.headers.get("Idempotency-Key", ""))
            if self.mesh.on_order:
                self.mesh.on_order()
                self.close_connection = True
                return
            if self.mesh.cut_orders:
                self.mesh.cut_orders -= 1
                self.close_connection = True
                return
        if self.command == "GET":
            self.mesh.resumed_from.append(self.headers["Last-Event-ID"])
        end = self.mesh.cut_after.pop(0) if self.mesh.cut_after else len(self.mesh.events)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        if self.mesh.location:
            self.send_header("Content-Location", self.mesh.location)
        self.end_headers()
        self.wfile.write(b": hello\n\n")
        # One event before the place asked for: a client must not show it twice.
        for event in self.mesh.events[max(0, after - 1) : end]:
            frame = f"id: {event['seq']}\nevent: {event['type']}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n"
            self.wfile.write(frame.encode())

    def _json(self, status: int, document: object) -> None:
        self._send(status, {"Content-Type": "application/json"}, json.dumps(document).encode())

    def _send(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass
