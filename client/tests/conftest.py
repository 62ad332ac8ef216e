"""Fixtures: the stand-in mesh on a free port, and a generation that went well."""

import hashlib
import threading
import time
from collections.abc import Iterator
from http.server import ThreadingHTTPServer

import pytest
from tests.stand_in import CONTENT, Handler, Mesh


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Times are shown in the reader's zone: here it is always the same."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def mesh() -> Iterator[Mesh]:
    played = Mesh()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"mesh": played}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    played.url = f"http://127.0.0.1:{server.server_port}"
    yield played
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def finished(mesh: Mesh) -> Mesh:
    """A generation that went well, with one file."""
    artifact = {"path": "TaskList.xml", "sha256": hashlib.sha256(CONTENT.encode()).hexdigest(), "size": 40}
    mesh.say(
        {"type": "created", "generation_id": "g1"},
        {"type": "stage", "stage": "intent", "status": "started"},
        {"type": "stage", "stage": "intent", "status": "completed", "ms": 12.3, "summary": "multi_save [ko]"},
        {"type": "stage", "stage": "engine", "status": "started"},
        {"type": "progress", "stage": "engine", "message": "queued", "done": 1, "total": 2},
        {"type": "delta", "channel": "answer", "text": '{"spec"'},
        {"type": "reset", "stage": "engine", "reason": "truncated"},
        {"type": "warning", "code": "x", "message": "careful"},
        {"type": "stage", "stage": "engine", "status": "completed", "ms": 20, "fallback": "builtin"},
        {"type": "artifact", **artifact, "content": CONTENT},
        {"type": "completed", "artifacts": [artifact]},
    )
    mesh.result = {
        "generation_id": "g1", "status": "completed", "intent": {"kind": "generate"}, "artifacts": [artifact],
        "timings": {"total": 1500}, "engine": "builtin", "degraded": False,
    }  # fmt: skip
    return mesh
