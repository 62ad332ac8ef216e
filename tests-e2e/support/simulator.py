"""The simulated engine as a process of its own, and its settings while it runs."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from support.mesh import ROOT, until

MODEL = "simulated"


@contextmanager
def simulated_engine(port: int, *, answers: Path | None = None, **pace: Any) -> Iterator[str]:
    """Its URL, while it runs; `pace` are settings of `engine_simulator`."""
    options = [f"--{name.replace('_', '-')}={value}" for name, value in pace.items()]
    if answers:
        options.append(f"--answers={answers}")
    process = subprocess.Popen(
        [sys.executable, "-m", "engine_simulator", f"--port={port}", *options],
        cwd=ROOT / "tests-e2e",
        start_new_session=True,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        until(lambda: _answers(url), limit_s=30)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def set_pace(url: str, **pace: Any) -> None:
    """Changes settings of a running one."""
    answer = httpx.put(f"{url}/simulator/settings", json=pace, trust_env=False)
    assert answer.status_code == 200, answer.text


def asked_of(url: str) -> list[dict[str, Any]]:
    """The requests that it got, the latest last."""
    document: dict[str, list[dict[str, Any]]] = httpx.get(f"{url}/simulator/requests", trust_env=False).json()
    return document["requests"]


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False
