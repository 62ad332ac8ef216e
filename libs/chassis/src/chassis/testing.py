"""For tests of services: an application on a real socket, and credentials to call it with."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from .local_postgres import free_port
from .server import WIRE
from .tokens import ServiceTokens

TEST_SECRET = "test-secret-of-at-least-32-characters"  # noqa: S105 - for tests alone
RUN_S = 7_200
"""What the longest run of a service's tests takes at most, on a busy machine."""
TEST_METRICS_TOKEN = "test-scrape-token"  # noqa: S105 - for tests alone


def service_headers(audience: str, *, caller: str = "gateway", user_id: str = "", role: str = "") -> dict[str, str]:
    """Headers with which `caller` calls the service `audience` on behalf of a user; good for a whole run of tests."""
    tokens = ServiceTokens(service=caller, secret=TEST_SECRET, lifetime_s=RUN_S)
    token = tokens.issue(audience=audience, user_id=user_id, role=role)
    return {"Authorization": f"Bearer {token}"}


def other_servers() -> list[Path | None]:
    """The folders of the PostgreSQL servers that Debian's packages put here; `[None]` where there is none."""
    found = sorted(folder.parent for folder in Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return [*found] if found else [None]


@contextmanager
def running(app: FastAPI, *, port: int | None = None) -> Iterator[str]:
    """Serves the application on a loopback port, a free one where none is given, in its own thread; gives the base URL.

    A socket, because ASGI test transports buffer a whole answer, and a stream can't be tested on them.
    """
    port = port or free_port()
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            host="127.0.0.1",
            port=port,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=2,
            **WIRE,
        )
    )

    def serve() -> None:
        with suppress(SystemExit):  # a start that fails; seen below
            asyncio.run(server.serve())

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        if time.monotonic() > deadline or not thread.is_alive():
            raise RuntimeError("the application did not start")
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
