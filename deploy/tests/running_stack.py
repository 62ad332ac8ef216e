"""The compose stack of a copy of this checkout, built and started by a real Docker engine."""

import json
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from compose_file import ROOT

PROJECT = "framewright-test"
VERSION = "test"
CONTEXT = (".dockerignore", "constraints.txt", "docker-compose.yml")
LEFTOVERS = ("tests", "node_modules", ".*cache", "__pycache__", ".venv")
PROMPT = {"prompt": "Task 관리 화면 만들어줘"}
GENERATIONS = "/api/v1/generations"
OURS = (
    "gateway",
    "intent-service",
    "rag-service",
    "embedding-service",
    "llm-proxy",
    "postprocess-service",
    "admin-service",
)
LAYERS = "docker-compose.yml:deploy/compose.no-qdrant.yml:deploy/tests/compose.paced.yml"


@dataclass(frozen=True, slots=True)
class Running:
    folder: Path
    environment: dict[str, str]
    base_url: str
    api_key: str

    def compose(self, *arguments: str) -> str:
        return self.run("docker", "compose", *arguments)

    def run(self, *command: str) -> str:
        result = subprocess.run(
            command, check=False, capture_output=True, text=True, cwd=self.folder, env=self.environment
        )
        assert result.returncode == 0, f"{command}: {result.stdout[-2000:]}\n{result.stderr[-2000:]}"
        return result.stdout

    def client(self, **options: Any) -> httpx.Client:
        headers = {"Authorization": f"Bearer {self.api_key}"}
        return httpx.Client(
            **{"base_url": self.base_url, "headers": headers, "timeout": 60, "trust_env": False} | options
        )

    def tls_url(self) -> str:
        return f"https://{self.compose('port', 'edge', '8443').strip()}"

    def scale(self, service: str, replicas: int) -> None:
        self.compose("up", "-d", "--no-deps", "--no-recreate", "--wait", "--scale", f"{service}={replicas}", service)

    def containers(self, service: str) -> list[str]:
        return self.compose("ps", "-q", service).split()

    def kill(self, container: str) -> None:
        """As a crash would: the process itself ends. After `docker kill`, a stop by hand, no restart policy holds."""
        pid = int(self.run("docker", "inspect", "-f", "{{.State.Pid}}", container))
        if pid:
            os.kill(pid, signal.SIGKILL)


@contextmanager
def started(folder: Path) -> Iterator[Running]:
    """Built and started; afterwards everything that it made is gone."""
    folder.mkdir()
    for name in CONTEXT:
        shutil.copy(ROOT / name, folder / name)
    for name in ("libs", "frameworks", *OURS):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(*LEFTOVERS))
    shutil.copytree(
        ROOT / "deploy", folder / "deploy", ignore=shutil.ignore_patterns("secrets", "local", "__pycache__")
    )
    port, tls_port = free_ports(2)
    environment = {
        **os.environ,
        "COMPOSE_PROJECT_NAME": PROJECT,
        "COMPOSE_FILE": LAYERS,
        "FRAMEWRIGHT_PORT": str(port),
        "FRAMEWRIGHT_TLS_PORT": str(tls_port),
        "FRAMEWRIGHT_VERSION": VERSION,
    }
    try:
        subprocess.run([str(folder / "deploy" / "up.sh")], check=True, env=environment)
        made = json.loads((folder / "deploy" / "secrets" / "credentials.json").read_text(encoding="utf-8"))
        assert made["base_url"] == f"http://127.0.0.1:{port}"
        yield Running(folder, environment, made["base_url"], made["api_key"])
    finally:
        subprocess.run([str(folder / "deploy" / "down.sh"), "--volumes"], check=True, env=environment)
    assert left_behind() == []


def left_behind() -> list[str]:
    """Containers, networks and volumes of the stack that are still there."""
    label = f"label=com.docker.compose.project={PROJECT}"
    found: list[str] = []
    for kind in (["ps", "-a"], ["network", "ls"], ["volume", "ls"]):
        result = subprocess.run(["docker", *kind, "-q", "--filter", label], check=True, capture_output=True, text=True)
        found += [f"{kind[0]} {name}" for name in result.stdout.split()]
    return found


def free_ports(count: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def events_of(lines: Iterator[str]) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Number, type and data of each event of an SSE stream."""
    number, kind = 0, ""
    for line in lines:
        name, _, value = line.partition(": ")
        if name == "id":
            number = int(value)
        elif name == "event":
            kind = value
        elif name == "data":
            yield number, kind, json.loads(value)
