"""Real engines, started once: LLAMA_SERVER and LLAMA_MODEL, VLLM_PYTHON and VLLM_MODEL. The unset are skipped."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from chassis.local_postgres import free_port

START_S = 240.0
WINDOW = 1024


@pytest.fixture(scope="session")
def llama_server() -> Iterator[str]:
    program, model = os.environ.get("LLAMA_SERVER"), os.environ.get("LLAMA_MODEL")
    if not program or not model:
        pytest.skip("LLAMA_SERVER and LLAMA_MODEL are not set")
    port = free_port()
    command = [program, "-m", model, "--host", "127.0.0.1", "--port", str(port)]
    command += ["-c", str(2 * WINDOW), "--parallel", "2", "--jinja", "-t", "1"]
    with _running(command, f"http://127.0.0.1:{port}") as url:
        yield url


@pytest.fixture(scope="session")
def vllm_server() -> Iterator[str]:
    python, model = os.environ.get("VLLM_PYTHON"), os.environ.get("VLLM_MODEL")
    if not python or not model:
        pytest.skip("VLLM_PYTHON and VLLM_MODEL are not set")
    port = free_port()
    command = [python, "-m", "vllm.entrypoints.openai.api_server", "--model", model, "--served-model-name", "tiny"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--max-model-len", str(WINDOW), "--enforce-eager"]
    command += ["--dtype", "float32", "--max-num-seqs", "4"]
    environment = {
        "VLLM_CPU_KVCACHE_SPACE": "1",
        "VLLM_CPU_OMP_THREADS_BIND": "nobind",
        "HF_HUB_OFFLINE": "1",
        "VLLM_NO_USAGE_STATS": "1",
    }
    with _running(command, f"http://127.0.0.1:{port}", environment) as url:
        yield url


class _running:  # noqa: N801 - used as a function
    """A process that is asked for its health until it is well, and stopped in the end."""

    def __init__(self, command: list[str], url: str, environment: dict[str, str] | None = None) -> None:
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self._url = url
        self._process = subprocess.Popen(
            command, env=os.environ | (environment or {}), stdout=self._log, stderr=subprocess.STDOUT,
            cwd=Path(tempfile.gettempdir()),
        )  # fmt: skip

    def __enter__(self) -> str:
        deadline = time.monotonic() + START_S
        while True:
            try:
                if httpx.get(f"{self._url}/health", timeout=2, trust_env=False).status_code == 200:
                    return self._url
            except httpx.TransportError:
                pass
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.__exit__()
                pytest.fail("the engine did not start")
            time.sleep(0.5)

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.seek(0)
        sys.stderr.write(self._log.read()[-3000:].decode("utf-8", "replace"))
        self._log.close()
