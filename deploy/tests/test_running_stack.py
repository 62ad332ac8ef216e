"""The stack itself, built and started by a real Docker engine; only where FRAMEWRIGHT_COMPOSE_TEST=1.

It runs a copy of the checkout under a project of its own, without a Qdrant server, and removes what it made.
"""

import json
import ssl
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import yaml
from compose_file import ROOT
from running_stack import OURS, PROMPT, Running, events_of
from websockets.sync.client import connect

pytestmark = pytest.mark.usefixtures("running")


def test_everything_is_healthy_and_only_the_edge_is_open(running: Running) -> None:
    states = [json.loads(line) for line in running.compose("ps", "--format", "json").splitlines()]
    assert {state["Service"] for state in states} == {*OURS, "gateway-worker", "edge", "postgres", "paced"}
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


def test_the_edge_speaks_tls_with_the_certificate_of_the_secrets(running: Running) -> None:
    trusted = ssl.create_default_context(cafile=str(running.folder / "deploy" / "secrets" / "edge_certificate"))
    with running.client(base_url=running.tls_url(), verify=trusted) as client:
        answer = client.get("/api/v1/generations")
        assert answer.status_code == 200, answer.text
        assert "strict-transport-security" in answer.headers
        login = client.post("/api/auth/login", json={"email": "nobody@example.com", "password": "wrong-Password-1"})
        assert login.status_code == 401
    with pytest.raises(httpx.ConnectError), running.client(base_url=running.tls_url()) as stranger:
        stranger.get("/livez")


def test_a_websocket_passes_the_edge_plain_and_by_tls(running: Running) -> None:  # R3.4
    trusted = ssl.create_default_context(cafile=str(running.folder / "deploy" / "secrets" / "edge_certificate"))
    with running.client() as client:
        session = client.post("/api/sessions/", json={}).json()["id"]
    for url, context in ((running.base_url, None), (running.tls_url(), trusted)):
        address = f"{url.replace('http', 'ws', 1)}/ws/chat/{session}"
        headers = {"Authorization": f"Bearer {running.api_key}"}
        with connect(address, additional_headers=headers, proxy=None, ssl=context) as socket:
            socket.send(json.dumps({"type": "chat_message", "message": "안녕하세요"}))
            kinds: list[str] = []
            while "ai_complete" not in kinds:
                kinds.append(json.loads(socket.recv(30))["type"])
        assert "ai_chunk" in kinds


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
    running.scale("gateway", 2)
    with running.client() as client:
        for _ in range(60):
            assert client.get("/livez").status_code == 200
    lines = running.compose("logs", "--no-log-prefix", "edge").splitlines()
    asked = [json.loads(line[line.index("{") :]) for line in lines if '"service":"edge"' in line]
    assert len({line["upstream"] for line in asked if line["path"] == "/livez"}) >= 2


def test_a_second_start_changes_nothing(running: Running) -> None:
    credentials = running.folder / "deploy" / "secrets" / "credentials.json"
    before = credentials.read_text(encoding="utf-8")
    subprocess.run([str(running.folder / "deploy" / "up.sh")], check=True, env=running.environment)
    assert credentials.read_text(encoding="utf-8") == before


def test_the_swarm_form_is_one_that_swarm_takes(running: Running, tmp_path: Path) -> None:
    packages = f"{ROOT / 'deploy' / 'local'}:{ROOT / 'deploy' / 'operations'}"
    subprocess.run(
        [sys.executable, "-m", "framewright_operations", "--root", str(running.folder), "stack", "--to", "stack.yml"],
        check=True, cwd=tmp_path, env={**running.environment, "PYTHONPATH": packages},
    )  # fmt: skip
    taken = yaml.safe_load(running.run("docker", "stack", "config", "-c", str(tmp_path / "stack.yml")))
    assert taken["services"]["gateway"]["deploy"]["replicas"] == 2
    assert taken["networks"]["database"]["internal"] is True
