"""The start: what it does not load, and that the process comes up and goes down as operators expect."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx

from chassis.local_postgres import free_port

FOLDER = Path(__file__).parents[2]
LATER = ("alembic", "procrastinate", "mcp", "torch", "transformers", "sentence_transformers", "numpy", "kiwipiepy")
_CODE = f"import sys; from app.main import create_app; create_app(); print([m for m in {LATER} if m in sys.modules])"


def environment(database_url: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "DATABASE_URL": database_url, "FRAMEWRIGHT_SERVICE_SECRET": "s" * 32}


def test_a_start_loads_nothing_that_the_first_answer_does_not_need() -> None:  # R2.1
    result = subprocess.run(
        [sys.executable, "-c", _CODE],
        cwd=FOLDER, env=environment("postgresql://nobody@nowhere.invalid/none"), capture_output=True, text=True,
        timeout=120, check=True,
    )  # fmt: skip
    assert result.stdout.strip() == "[]"


def test_the_process_is_ready_and_ends_at_once_when_told(database_url: str, tmp_path: Path) -> None:  # R2.1
    port = free_port()
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "chassis.server", "app.main:create_app", "--port", str(port)],
            cwd=FOLDER, env=environment(database_url), stdout=log, stderr=log,
        )  # fmt: skip
        try:
            deadline = time.monotonic() + 60
            while not ready(f"http://127.0.0.1:{port}/readyz"):
                assert time.monotonic() < deadline, (tmp_path / "log").read_text()
                time.sleep(0.02)
            process.send_signal(signal.SIGTERM)
            process.wait(20)
        finally:
            process.kill()


def ready(url: str) -> bool:
    try:
        return httpx.get(url, timeout=3).status_code == 200
    except httpx.TransportError:
        return False
