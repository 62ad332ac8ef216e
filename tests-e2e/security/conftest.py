"""A mesh for the attacks, with what they aim at: folders that it may read, and listeners that nobody may reach."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from support.api import Api
from support.engine import PacedEngine, paced_engine
from support.mesh import Mesh, free_port_base, until

LIMIT_S = 20
"""No attack may keep the mesh busy for longer."""


@dataclass
class Listener:
    """Notes every connection; `redirect` is where it sends whoever comes by HTTP."""

    port: int = 0
    redirect: str = ""
    heard: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def mesh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mesh]:
    folder = tmp_path_factory.mktemp("security")
    for name in ("repositories", "workspace"):
        (folder / name).mkdir()
        (folder / name / "inside.py").write_text("def inside():\n    return 1\n", encoding="utf-8")
        (folder / name / "out").symlink_to("/etc")
    (folder / "workspace" / "passwd.py").symlink_to("/etc/passwd")
    settings = {
        "FRAMEWRIGHT_REPOSITORY_PATHS": str(folder / "repositories"),
        "FRAMEWRIGHT_REPOSITORY_GIT_HOSTS": "git.example",
        "FRAMEWRIGHT_WORKSPACE": str(folder / "workspace"),
        "FRAMEWRIGHT_LOG_FORMAT": "json",
        # Sign-ins that are meant to fail must not lock the door for the next test.
        "ADMIN_LOCKOUT_CLIENT_FAILURES": "1000",
    }
    started = Mesh(folder / "state", free_port_base(), settings)
    started.start()
    yield started
    started.command("purge")


@pytest.fixture(scope="session")
def developer(mesh: Mesh) -> Iterator[httpx.Client]:
    """Somebody with an account, and no rights beside it."""
    with httpx.Client(base_url=mesh.url, timeout=LIMIT_S, trust_env=False) as client:
        account = {"email": "dev@example.com", "password": "long-Enough-1"}
        made = client.post("/api/auth/register", json=account)
        assert made.status_code == 201, made.text
        client.headers["Authorization"] = f"Bearer {made.json()['access_token']}"
        yield client


@pytest.fixture(scope="session")
def engine(mesh: Mesh) -> Iterator[PacedEngine]:
    """One for all tests: each change of an engine takes two polls to come through."""
    headers = {"Authorization": f"Bearer {mesh.key}"}
    with paced_engine() as running, httpx.Client(base_url=mesh.url, headers=headers, timeout=LIMIT_S) as http:
        body = {"id": "paced", "kind": "openai", "base_url": f"{running.url}/v1", "model": "paced-7b"}
        assert http.post("/api/admin/engines", json=body).status_code == 201
        until(lambda: Api(http).knows_engine("paced"), limit_s=30)
        yield running


@pytest.fixture
def paced(engine: PacedEngine) -> PacedEngine:
    engine.forget()
    engine.pieces, engine.pause_s = [], 0
    return engine


@pytest.fixture(autouse=True)
def answers_in_time_and_serves_on(mesh: Mesh) -> Iterator[None]:
    """Whatever the attack was: it took its time limit at most, and the mesh serves as before."""
    started = time.monotonic()
    yield
    assert time.monotonic() - started < LIMIT_S * 3
    with httpx.Client(base_url=mesh.url, timeout=LIMIT_S, trust_env=False) as client:
        assert client.get("/readyz").status_code == 200


@pytest.fixture
def canary() -> Iterator[Listener]:
    """A port of this machine that nothing may call."""
    with _listening(Listener()) as listener:
        yield listener


@pytest.fixture
def redirecting(canary: Listener) -> Iterator[Listener]:
    """A server that may be called, and sends its callers to the one that may not."""
    with _listening(Listener(redirect=f"http://127.0.0.1:{canary.port}/latest/meta-data/")) as listener:
        yield listener


@contextmanager
def _listening(listener: Listener) -> Iterator[Listener]:
    class Handler(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            """Whatever comes, a half sentence of another protocol included, is noted and answered."""
            listener.heard.append(self.rfile.readline(65_537).decode("latin-1").strip())
            if listener.redirect:
                head = f"HTTP/1.1 302 Found\r\nLocation: {listener.redirect}\r\nContent-Length: 0\r\n"
                self.wfile.write(f"{head}Connection: close\r\n\r\n".encode())
            self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    listener.port = server.server_port
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield listener
    finally:
        server.shutdown()
        server.server_close()


def refused(answer: httpx.Response, *statuses: int) -> None:
    """One of these statuses, as a problem that names its reason and none of our insides."""
    assert answer.status_code in statuses, f"{answer.request.url}: {answer.status_code} {answer.text[:400]}"
    assert answer.headers["content-type"].startswith("application/"), answer.text[:200]
    for inside in ("Traceback", 'File "', "psycopg", "sqlalchemy", "root:x:0"):
        assert inside not in answer.text


def logs(mesh: Mesh) -> Iterator[tuple[Path, str]]:
    for path in sorted((mesh.state / "logs").glob("*.log*")):
        yield path, path.read_text(encoding="utf-8", errors="replace")
