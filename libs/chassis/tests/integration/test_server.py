"""`python -m chassis.server` as the mesh runs it: a process that serves, and ends on SIGTERM."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx

from chassis.local_postgres import free_port
from chassis.testing import TEST_SECRET

MAIN = '''
"""A service."""
from chassis.application import create_service_app
from chassis.metrics import ServiceMetrics
from chassis.settings import ServiceSettings

def create_app():
    return create_service_app(ServiceSettings(), service="x", summary="x", metrics=ServiceMetrics("x"))
'''


def test_a_service_starts_answers_and_ends(tmp_path: Path):
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "main.py").write_text(MAIN)
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "chassis.server", "app.main:create_app", "--port", str(port)],
        cwd=tmp_path, env={**os.environ, "FRAMEWRIGHT_SERVICE_SECRET": TEST_SECRET}, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        response = _first_answer(f"http://127.0.0.1:{port}/readyz", process)
        assert response.status_code == 200
        assert "server" not in response.headers
        httpx.get(f"http://127.0.0.1:{port}/nothing", trust_env=False)
    finally:
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=10)
    assert process.returncode in {0, -signal.SIGTERM}
    lines = output.splitlines()
    assert all(line.startswith(b"{") for line in lines), "logs are JSON, uvicorn's too"
    assert sum(b"/nothing" in line for line in lines) == 1, "one line a request"
    assert not any(b"/readyz" in line for line in lines)


def test_a_change_of_the_source_is_served_without_a_restart_by_hand(tmp_path: Path):  # R5.6
    (tmp_path / "app").mkdir()
    main = tmp_path / "app" / "main.py"
    main.write_text(MAIN)
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "chassis.server", "app.main:create_app", "--port", str(port), "--reload"],
        cwd=tmp_path, env={**os.environ, "FRAMEWRIGHT_SERVICE_SECRET": TEST_SECRET}, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        url = f"http://127.0.0.1:{port}/openapi.json"
        assert "renewed" not in _first_answer(url, process).text
        main.write_text(MAIN.replace('summary="x"', 'summary="renewed"'))
        for _ in range(300):
            if "renewed" in _first_answer(url, process).text:
                return
            time.sleep(0.1)
        raise AssertionError("the change was not taken up")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _first_answer(url: str, process: subprocess.Popen[bytes]) -> httpx.Response:
    for _ in range(1000):
        try:
            return httpx.get(url, trust_env=False)
        except httpx.TransportError:
            assert process.poll() is None, "it ended"
            time.sleep(0.02)
    raise AssertionError("it did not start")
