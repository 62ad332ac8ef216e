"""An engine that does as it is told: OpenAI's protocol on a socket, at a pace of the test's choosing."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MODEL = "paced-7b"


@dataclass
class PacedEngine:
    """Streams `pieces`, `pause_s` apart, and notes when a caller left before the end."""

    url: str = ""
    pieces: list[str] = field(default_factory=list)
    pause_s: float = 0.02
    break_after: int | None = None
    requests: list[dict[str, Any]] = field(default_factory=list)
    started: threading.Event = field(default_factory=threading.Event)
    left_at: float | None = None

    def forget(self) -> None:
        """What came before the test began."""
        self.requests.clear()
        self.started.clear()
        self.left_at = None


class _Handler(BaseHTTPRequestHandler):
    engine: PacedEngine

    def do_GET(self) -> None:
        body = json.dumps({"object": "list", "data": [{"id": MODEL, "object": "model"}]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        engine = self.engine
        engine.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            for number, piece in enumerate(engine.pieces):
                if number == engine.break_after:
                    return
                self._send({"delta": {"content": piece}, "finish_reason": None, "index": 0})
                engine.started.set()
                time.sleep(engine.pause_s)
            self._send({"delta": {}, "finish_reason": "stop", "index": 0})
            self.wfile.write(b"data: [DONE]\n\n")
        except OSError:
            engine.left_at = time.monotonic()

    def _send(self, choice: dict[str, Any]) -> None:
        chunk = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": MODEL, "choices": [choice]}
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def paced_engine() -> Iterator[PacedEngine]:
    engine = PacedEngine()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"engine": engine}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    engine.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield engine
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
