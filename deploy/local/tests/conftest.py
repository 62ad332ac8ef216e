"""A checkout of stand-in services: the supervisor is real, the processes are real, the services are four lines."""

import contextlib
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from framewright_local.layout import ADMIN, SERVICES, Places

_APPLICATION = '''
"""A stand-in: ready at once, and plays admin-service's bootstrap."""
import json, os

MADE = {"created": True, "api_key": "fwk_a_b", "admin_email": "a@example.com", "admin_password": "p"}
KNOWLEDGE = {"a": {"entries": 2, "indexed": 2}, "b": {"entries": 1, "indexed": 1}}
ANSWERS = {
    "/internal/bootstrap": (200, {"created": False}) if os.path.exists("made") else (201, MADE),
    "/environment": (200, dict(os.environ)),
    "/v1/knowledge/status": (200, KNOWLEDGE),
}
JSON = [(b"content-type", b"application/json")]

def create_app():
    async def application(scope, receive, send):
        if scope["type"] == "http":
            if scope["path"] == "/internal/bootstrap":
                open("made", "w").close()
            status, body = ANSWERS.get(scope["path"], (200, {"status": "ready"}))
            await send({"type": "http.response.start", "status": status, "headers": JSON})
            await send({"type": "http.response.body", "body": json.dumps(body).encode()})
    return application
'''
_MIGRATE = '"""A stand-in."""\nimport os\nopen("migrated", "a").write("x")\nassert os.environ["DATABASE_URL"]\n'


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Stand-in services, in a path with a blank."""
    root = tmp_path / "check out"
    for service in SERVICES:
        app = root / service.folder / "app"
        (app / "db").mkdir(parents=True, exist_ok=True)
        for folder in (app, app / "db"):
            (folder / "__init__.py").write_text('"""A stand-in."""\n')
        module = service.factory.partition(":")[0].removeprefix("app.")
        (app / f"{module}.py").write_text(_APPLICATION)
        (app / "db" / "migrate.py").write_text(_MIGRATE)
    return Places(root, root / ".framewright")


@pytest.fixture
def settings() -> Callable[[], dict[str, str]]:
    """Settings with free ports, and a database that nobody asks."""

    def make() -> dict[str, str]:
        with contextlib.ExitStack() as held:  # all at once, so that no two are the same
            sockets = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in SERVICES]
            ports = {
                service.port_variable: str(one.getsockname()[1]) for service, one in zip(SERVICES, sockets, strict=True)
            }
        return {**ports, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "PATH": "/usr/bin:/bin"}

    return make


@pytest.fixture
def broken_admin(places: Places) -> Places:
    (places.root / ADMIN.name / "app" / "main.py").write_text('raise SystemExit("no luck today")\n')
    return places
