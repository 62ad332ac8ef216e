"""llama-server and Ollama out of memory: alive and listed, and every prompt ends in the error that they then send.

The bodies are those of their sources: llama.cpp `tools/server/server-context.cpp`, Ollama `llm/llama_server.go`.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LLAMACPP, OLLAMA = "oom-llamacpp", "oom-ollama"
MODEL = "big-70b"
_DECODE = "Compute error: failed to allocate compute buffers, try reducing the batch size or the context"
_TERMINATED = "llama runner process has terminated: cudaMalloc failed: out of memory"
_ANSWERS: dict[str, dict[str, Any]] = {
    LLAMACPP: {
        "/health": {"status": "ok"},
        "/v1/models": {"object": "list", "data": [{"id": MODEL, "object": "model", "meta": {"n_ctx": 8192}}]},
        "/props": {"total_slots": 1, "default_generation_settings": {"n_ctx": 8192}},
        "/slots": [{"id": 0, "is_processing": False, "n_ctx": 8192}],
    },
    OLLAMA: {
        "/": "Ollama is running",
        "/api/version": {"version": "0.12.0"},
        "/api/tags": {"models": [{"name": MODEL, "model": MODEL, "size": 1, "digest": "0", "details": {}}]},
        "/api/ps": {"models": []},
        "/api/show": {"details": {}, "model_info": {"llama.context_length": 8192}, "capabilities": ["completion"]},
    },
}
_ERRORS: dict[str, dict[str, Any]] = {
    LLAMACPP: {"error": {"code": 500, "message": _DECODE, "type": "server_error"}},
    OLLAMA: {"error": _TERMINATED},
}


@contextmanager
def oom_engine(which: str, port: int) -> Iterator[str]:
    """Its URL, while it runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = _ANSWERS[which]
            path = self.path.partition("?")[0]
            self._send(200, known[path]) if path in known else self._send(404, {"error": "not found"})

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.path in _ANSWERS[which]:
                self.do_GET()
            else:
                self._send(500, _ERRORS[which])

        def _send(self, status: int, document: Any) -> None:
            body = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1})
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
