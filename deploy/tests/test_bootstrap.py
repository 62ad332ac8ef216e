"""The first admin is asked for with a service token, and only a fresh answer is printed."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from chassis.tokens import ServiceTokens

SECRET = "0123456789abcdef0123456789abcdef"
NEW = {"created": True, "admin_email": "a@b.c", "admin_password": "made-up", "api_key": "fwk_1_x"}


class FakeAdmin(HTTPServer):
    """Answers every call with `answer`, and keeps what was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer: dict[str, object] = NEW
        self.asked: list[tuple[str, str, dict[str, str]]] = []


class Handler(BaseHTTPRequestHandler):
    server: FakeAdmin

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, self.headers["Authorization"], json.loads(body)))
        answer = json.dumps(self.server.answer).encode()
        self.send_response(201)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Keeps the test's output quiet."""


@pytest.fixture
def admin() -> Iterator[FakeAdmin]:
    server = FakeAdmin()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def bootstrap(admin: FakeAdmin, root: Path, tmp_path: Path, typed: str) -> str:
    secret = tmp_path / "service_secret"
    secret.write_text(SECRET, encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-c", (root / "deploy" / "bootstrap.py").read_text(encoding="utf-8"), "http://mesh"],
        input=typed,
        check=True,
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "FRAMEWRIGHT_SERVICE_SECRET_FILE": str(secret),
            "ADMIN_URL": f"http://127.0.0.1:{admin.server_port}",
        },
    )
    return result.stdout


def test_prints_the_clients_credentials(admin: FakeAdmin, root: Path, tmp_path: Path) -> None:
    printed = json.loads(bootstrap(admin, root, tmp_path, "a@b.c\nsecret words\n"))
    assert printed == {
        "base_url": "http://mesh",
        "api_key": "fwk_1_x",
        "admin_email": "a@b.c",
        "admin_password": "made-up",
    }
    ((path, authorization, body),) = admin.asked
    assert path == "/internal/bootstrap"
    assert body == {"email": "a@b.c", "password": "secret words"}
    caller = ServiceTokens(service="admin-service", secret=SECRET).verify(authorization.removeprefix("Bearer "))
    assert caller.service == "gateway"


def test_sends_no_empty_password(admin: FakeAdmin, root: Path, tmp_path: Path) -> None:
    bootstrap(admin, root, tmp_path, "a@b.c\n\n")
    assert admin.asked[0][2] == {"email": "a@b.c"}


def test_prints_nothing_where_there_is_an_admin(admin: FakeAdmin, root: Path, tmp_path: Path) -> None:
    admin.answer = {"created": False}
    assert bootstrap(admin, root, tmp_path, "a@b.c\n\n") == ""
