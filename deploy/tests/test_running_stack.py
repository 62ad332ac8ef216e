"""The stack itself, built and started by a real Docker engine; only where FRAMEWRIGHT_COMPOSE_TEST=1.

It runs a copy of the checkout under a project of its own, without a Qdrant server, and removes what it made.
"""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from compose_file import ROOT

pytestmark = pytest.mark.skipif(
    not os.environ.get("FRAMEWRIGHT_COMPOSE_TEST"),
    reason="needs a Docker engine and minutes: FRAMEWRIGHT_COMPOSE_TEST=1",
)

CONTEXT = (".dockerignore", "constraints.txt", "docker-compose.yml")
LEFTOVERS = ("tests", "node_modules", ".*cache", "__pycache__")
PROMPT = {"prompt": "Task 관리 화면 만들어줘"}
OURS = (
    "gateway",
    "intent-service",
    "rag-service",
    "embedding-service",
    "llm-proxy",
    "postprocess-service",
    "admin-service",
)


@dataclass(frozen=True, slots=True)
class Running:
    folder: Path
    environment: dict[str, str]
    base_url: str
    api_key: str

    def compose(self, *arguments: str) -> str:
        result = subprocess.run(
            ["docker", "compose", *arguments],
            check=True,
            capture_output=True,
            text=True,
            cwd=self.folder,
            env=self.environment,
        )
        return result.stdout

    def client(self) -> httpx.Client:
        headers = {"Authorization": f"Bearer {self.api_key}"}
        return httpx.Client(base_url=self.base_url, headers=headers, timeout=60, trust_env=False)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("stack") / "a checkout"
    folder.mkdir()
    for name in CONTEXT:
        shutil.copy(ROOT / name, folder / name)
    for name in ("libs", "frameworks", *OURS):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(*LEFTOVERS))
    shutil.copytree(ROOT / "deploy", folder / "deploy", ignore=shutil.ignore_patterns(*LEFTOVERS, "secrets", "local"))
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    environment = {
        **os.environ,
        "COMPOSE_PROJECT_NAME": "framewright-test",
        "COMPOSE_FILE": "docker-compose.yml:deploy/compose.no-qdrant.yml",
        "FRAMEWRIGHT_PORT": port,
        "FRAMEWRIGHT_VERSION": "test",
    }
    try:
        subprocess.run([str(folder / "deploy" / "up.sh")], check=True, env=environment)
        made = json.loads((folder / "deploy" / "secrets" / "credentials.json").read_text(encoding="utf-8"))
        assert made["base_url"] == f"http://127.0.0.1:{port}"
        yield Running(folder, environment, made["base_url"], made["api_key"])
    finally:
        subprocess.run([str(folder / "deploy" / "down.sh"), "--volumes"], check=True, env=environment)


def events_of(lines: Iterator[str]) -> Iterator[tuple[int, str, dict[str, object]]]:
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


def test_everything_is_healthy_and_only_the_edge_is_open(running: Running) -> None:
    states = [json.loads(line) for line in running.compose("ps", "--format", "json").splitlines()]
    assert {state["Service"] for state in states} == {*OURS, "gateway-worker", "edge", "postgres"}
    assert {state["Health"] for state in states} == {"healthy"}
    published = {s["Service"] for s in states for p in s["Publishers"] or [] if p["PublishedPort"]}
    assert published == {"edge"}


def test_a_prompt_becomes_files_through_the_edge(running: Running) -> None:  # R1.12
    with running.client() as client:
        answer = client.post("/api/v1/generations", json=PROMPT, headers={"Accept": "application/json"})
    assert answer.status_code == 200, answer.text
    result = answer.json()
    assert result["status"] == "completed"
    assert {"TaskList.xml", "TaskList.js"} <= {artifact["path"] for artifact in result["artifacts"]}
    assert any(artifact["path"].endswith(".sql") for artifact in result["artifacts"])


def test_a_stream_passes_the_edge_and_is_resumed(running: Running) -> None:  # R1.7
    with running.client() as client:
        accept = {"Accept": "text/event-stream"}
        with client.stream("POST", "/api/v1/generations", json=PROMPT, headers=accept) as stream:
            whole = list(events_of(stream.iter_lines()))
        assert [number for number, _, _ in whole] == list(range(1, len(whole) + 1))
        assert whole[0][1] == "created"
        assert whole[-1][1] == "completed"
        path = f"/api/v1/generations/{whole[0][2]['generation_id']}/events"
        with client.stream("GET", path, headers={**accept, "Last-Event-ID": "3"}) as stream:
            rest = list(events_of(stream.iter_lines()))
    assert rest == whole[3:]


@pytest.mark.parametrize("path", ["/metrics", "/internal/generations", "/internal/generations/1"])
def test_paths_of_the_mesh_are_closed_at_the_edge(running: Running, path: str) -> None:
    with running.client() as client:
        assert client.get(path).status_code == 404


def test_a_stranger_is_turned_away(running: Running) -> None:
    with running.client() as client:
        answer = client.post("/api/v1/generations", json=PROMPT, headers={"Authorization": "Bearer fwk_no_no"})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("service", OURS)
def test_no_container_is_root_or_can_write_its_root(running: Running, service: str) -> None:
    inside = running.compose("exec", "-T", service, "sh", "-c", "id -u; touch /srv/x 2>/dev/null && echo written; true")
    assert inside.split() == ["10001"]


def test_the_mesh_has_no_way_out(running: Running) -> None:
    attempt = "import socket; socket.create_connection(('192.0.2.1', 443), timeout=2)"
    inside = running.compose("exec", "-T", "gateway", "sh", "-c", f'python -c "{attempt}" 2>&1 || true')
    assert "Network is unreachable" in inside


def test_more_gateways_share_the_requests(running: Running) -> None:
    running.compose("up", "-d", "--no-deps", "--no-recreate", "--wait", "--scale", "gateway=2", "gateway")
    with running.client() as client:
        for _ in range(60):
            assert client.get("/livez").status_code == 200
    lines = running.compose("logs", "--no-log-prefix", "edge").splitlines()
    asked = [json.loads(line[line.index("{") :]) for line in lines if '"service":"edge"' in line]
    assert len({line["upstream"] for line in asked if line["path"] == "/livez"}) >= 2


def test_without_a_gateway_the_edge_answers_with_a_problem(running: Running) -> None:
    running.compose("stop", "gateway")
    with running.client() as client:
        answer = client.get("/readyz")
    running.compose("start", "gateway")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "gateway_unavailable"
    assert answer.headers["retry-after"] == "2"


def test_a_second_start_changes_nothing(running: Running) -> None:
    credentials = running.folder / "deploy" / "secrets" / "credentials.json"
    before = credentials.read_text(encoding="utf-8")
    subprocess.run([str(running.folder / "deploy" / "up.sh")], check=True, env=running.environment)
    assert credentials.read_text(encoding="utf-8") == before
