"""A whole mesh of processes on free ports, with a state of its own, started and stopped by the supervisor."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OFFSETS = (0, 1, 2, 3, 4, 5, 6, 80)
START_LIMIT_S = 180


@dataclass
class Mesh:
    """`output` is what the supervisor said while it started."""

    state: Path
    port_base: int
    settings: Mapping[str, str] = field(default_factory=dict)
    output: str = ""

    def start(self) -> None:
        result = self.command("up")
        self.output = result.stdout
        if result.returncode:
            raise RuntimeError(f"the mesh did not start:\n{result.stdout}\n{result.stderr}")

    def stop(self) -> None:
        self.command("stop")

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs a command of the supervisor, without the developer's environment."""
        return subprocess.run(
            [sys.executable, "-m", "framewright_local", *arguments],
            check=False, capture_output=True, text=True, env=self.environment(), timeout=START_LIMIT_S,
        )  # fmt: skip

    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        own = {
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT / "deploy" / "local"),
            "FRAMEWRIGHT_STATE_DIR": str(self.state),
            "FRAMEWRIGHT_PORT_BASE": str(self.port_base),
        }
        return {**kept, **own, **self.settings}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port_base + 80}"

    @property
    def key(self) -> str:
        document: dict[str, str] = json.loads((self.state / "credentials.json").read_text())
        return document["api_key"]

    def record(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads((self.state / "mesh.json").read_text())
        return document

    def port(self, service: str) -> int:
        return int(self.record()["ports"][service])

    def log(self, service: str) -> str:
        return (self.state / "logs" / f"{service}.log").read_text()

    @contextmanager
    def without(self, *services: str) -> Iterator[None]:
        """The mesh while these services are down; they are up again afterwards."""
        for service in services:
            self.command("halt", service)
        try:
            yield
        finally:
            for service in services:
                self.command("release", service)
            for service in services:
                until(partial(self.is_ready, service))

    def kill(self, service: str) -> None:
        """Kills a service's process, as a crash would; the supervisor starts it again."""
        os.kill(int(self.record()["processes"][service]["pid"]), signal.SIGKILL)

    def is_ready(self, service: str) -> bool:
        """Asked on a bare connection: a whole HTTP client would cost more than the answer, and starts are timed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port(service), timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def until(condition: Callable[[], object], limit_s: float = 60) -> None:
    deadline = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.05)


def free_port_base() -> int:
    """A base whose ports are all free right now, from FRAMEWRIGHT_PORT_BASE on."""
    for base in range(int(os.environ.get("FRAMEWRIGHT_PORT_BASE", "20000")), 32_000, 100):
        try:
            with ExitStack() as held:
                for offset in OFFSETS:
                    held.enter_context(socket.create_server(("127.0.0.1", base + offset)))
        except OSError:
            continue
        return base
    raise RuntimeError("no free ports")
