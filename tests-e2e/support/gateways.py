"""More gateways than the mesh has: processes of our own with the mesh's environment, to be killed and started again."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from support.mesh import ROOT, Mesh

START_LIMIT_S = 180
"""It takes a second; on a machine that is busy with other things, minutes."""


@dataclass
class OwnProcess:
    """A process of the gateway's image on a port of its own; `factory` says which."""

    mesh: Mesh
    port: int
    log: Path
    factory: str = "app.main:create_app"
    settings: tuple[tuple[str, str], ...] = ()
    process: "subprocess.Popen[bytes] | None" = None
    asked: bool = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def start(self) -> None:
        """Starts it and waits until it is ready."""
        known = psutil.Process(self.mesh.record()["processes"]["gateway"]["pid"]).environ()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "chassis.server", self.factory, "--host", "127.0.0.1", "--port", str(self.port)],
                cwd=ROOT / "gateway", env={**known, **dict(self.settings)}, stdout=log, stderr=log,
                stdin=subprocess.DEVNULL,
            )  # fmt: skip
        deadline = time.monotonic() + START_LIMIT_S
        while not is_ready(self.port):
            assert time.monotonic() < deadline, f"it did not start: {self.log}"
            time.sleep(0.05)

    def running(self) -> bool:
        """Whether nobody has told it to stop yet."""
        return not self.asked

    def ask_to_stop(self) -> None:
        """SIGTERM, without waiting for what follows."""
        self.asked = True
        os.kill(self.pid, signal.SIGTERM)

    def kill(self) -> None:
        """As a crash would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """As an operator would; it drains first."""
        self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            os.kill(self.process.pid, number)
            self.process.wait(40)


def is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def spec_pieces(document: dict[str, Any], characters: int) -> list[str]:
    """A screen spec as an engine would send it, in small pieces."""
    text = f"```json\n{json.dumps(document, ensure_ascii=False)}\n```"
    return [text[at : at + characters] for at in range(0, len(text), characters)]
