"""A fake engine for the stack's tests: OpenAI's protocol, the spec of `paced_spec.json` over some seconds."""

import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

MODEL = "paced-7b"
SECONDS = 6.0
PIECES = 60


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        self._start("application/json")
        self.wfile.write(json.dumps({"object": "list", "data": [{"id": MODEL, "object": "model"}]}).encode())

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        text = f"```json\n{Path(__file__).with_name('paced_spec.json').read_text(encoding='utf-8')}\n```"
        size = -(-len(text) // PIECES)
        self._start("text/event-stream")
        for at in range(0, len(text), size):
            self._send({"delta": {"content": text[at : at + size]}, "finish_reason": None, "index": 0})
            time.sleep(SECONDS / PIECES)
        self._send({"delta": {}, "finish_reason": "stop", "index": 0})
        self.wfile.write(b"data: [DONE]\n\n")

    def _start(self, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()

    def _send(self, choice: dict[str, object]) -> None:
        chunk = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": MODEL, "choices": [choice]}
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    ThreadingHTTPServer(("0.0.0.0", 8000), Handler).serve_forever()  # noqa: S104 - inside a container
