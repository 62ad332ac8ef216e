"""What a machine lacks is named with what helps; a machine that has everything passes."""

import json
import socket
import threading
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from framewright_local.layout import Places
from framewright_operations.messages import Say
from framewright_operations.preflight import command, machine
from framewright_operations.preflight.engine import engine
from framewright_operations.preflight.report import Finding

ROOT = Path(__file__).resolve().parents[4]
PATHS: dict[str, object] = {}


def docker(
    engine: str = "27.3.1", compose: str = "2.29.0", runtimes: str = '{"nvidia": {}}', gpu: str = ""
) -> machine.Ask:
    """A fake of the programs that are asked."""

    def ask(call: Sequence[str]) -> str:
        answers = {"docker version": engine, "docker compose": compose, "docker info": runtimes, "nvidia-smi": gpu}
        return next(answer for start, answer in answers.items() if " ".join(call).startswith(start))

    return ask


def keys(findings: Iterator[Finding]) -> list[tuple[str, str]]:
    return [(one.level, one.key) for one in findings]


class Engine(BaseHTTPRequestHandler):
    """A fake engine: what `PATHS` says."""

    def do_GET(self) -> None:
        body = json.dumps(PATHS[self.path]).encode() if self.path in PATHS else b"no"
        self.send_response(200 if self.path in PATHS else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def url() -> Iterator[str]:
    PATHS.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Engine)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_docker_is_new_enough_old_or_away() -> None:
    assert keys(machine.docker(docker())) == [("good", "docker")]
    assert keys(machine.docker(docker(engine="24.0.7"))) == [("fault", "docker_old")]
    assert keys(machine.docker(docker(compose="2.20.3"))) == [("fault", "docker_old")]
    assert keys(machine.docker(docker(engine=""))) == [("fault", "docker_missing")]


def test_a_gpu_is_asked_for_where_a_profile_needs_one() -> None:
    profile = {"COMPOSE_PROFILES": "observability,vllm"}
    card = "NVIDIA L4, 23034"
    assert keys(machine.gpu(profile, docker(gpu=card))) == [("good", "gpu")]
    assert keys(machine.gpu(profile, docker())) == [("fault", "gpu_missing")]
    assert keys(machine.gpu(profile, docker(gpu=card, runtimes="{}"))) == [("good", "gpu"), ("fault", "gpu_runtime")]
    assert keys(machine.gpu({"COMPOSE_PROFILES": "observability"}, docker())) == []


def test_little_memory_and_disk_are_faults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(machine.MEMORY_GIB, "local", 10**6)
    monkeypatch.setitem(machine.DISK_GB, "local", 10**6)
    found = keys(machine.resources("local", tmp_path))
    assert {("fault", "memory_low"), ("fault", "disk_low")} <= set(found)


def test_a_taken_port_is_named_with_its_variable(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = {"FRAMEWRIGHT_PORT": str(port), "FRAMEWRIGHT_TLS_PORT": str(port)}
        found = list(machine.ports("compose", settings, Places.of(tmp_path, {})))
    assert [one.key for one in found] == ["port_taken", "port_taken"]
    assert "FRAMEWRIGHT_TLS_PORT" in found[1].text("en")


def test_a_program_that_is_not_there_says_nothing() -> None:
    assert machine.ask_program(["no-such-program-here"]) == ""
    assert machine.ask_program(["false"]) == ""
    assert machine.ask_program(["echo", "said"]) == "said"


@pytest.mark.parametrize(
    ("kind", "paths", "found"),
    [
        ("vllm", {"/v1/models": {"data": [{"id": "m", "max_model_len": 8192}]}}, ("good", "engine")),
        ("vllm", {"/v1/models": {"data": [{"id": "m", "max_model_len": 2048}]}}, ("fault", "engine_window")),
        ("vllm", {"/v1/models": {"data": [{"id": "other"}]}}, ("fault", "engine_model")),
        ("openai", {"/v1/models": {"data": [{"id": "m"}]}}, ("warning", "engine_window_unknown")),
        ("openai", {}, ("fault", "engine_away")),
        (
            "llamacpp",
            {"/v1/models": {"data": [{"id": "m"}]}, "/props": {"default_generation_settings": {"n_ctx": 8192}}},
            ("good", "engine"),
        ),
        (
            "ollama",
            {"/api/tags": {"models": [{"name": "m"}]}, "/api/show": {"model_info": {"qwen2.context_length": 32768}}},
            ("good", "engine"),
        ),
    ],
)
def test_an_engine_is_asked_for_its_model_and_window(  # R1.14, R3.5
    url: str, kind: str, paths: dict[str, object], found: tuple[str, str]
) -> None:
    PATHS.update(paths)
    settings = {"FRAMEWRIGHT_ENGINE_URL": f"{url}/v1", "FRAMEWRIGHT_ENGINE_KIND": kind, "FRAMEWRIGHT_ENGINE_MODEL": "m"}
    assert keys(engine(settings)) == [found]


def test_an_engine_that_is_away_or_not_set() -> None:
    assert keys(engine({"FRAMEWRIGHT_ENGINE_URL": "http://127.0.0.1:9"})) == [("fault", "engine_away")]
    assert keys(engine({})) == [("warning", "no_engine")]


def test_the_ports_of_a_stack_that_runs_are_its_own(tmp_path: Path) -> None:
    """So that a check before an upgrade is no fault."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = {"FRAMEWRIGHT_PORT": str(port), "FRAMEWRIGHT_TLS_PORT": str(port)}
        ask: machine.Ask = lambda _: f"127.0.0.1:{port}->8080/tcp, 8443/tcp"  # noqa: E731
        found = list(machine.ports("compose", settings, Places.of(tmp_path, {}), ask))
    assert [one.key for one in found] == ["port_ours", "port_ours"]


def test_a_port_of_the_local_mesh_is_moved_alone_or_with_all(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = {"GATEWAY_PORT": str(taken.getsockname()[1])}
        found = list(machine.ports("local", settings, Places.of(tmp_path, {})))
    (fault,) = (one for one in found if one.level == "fault" and one.values["name"] == "gateway")
    assert "set GATEWAY_PORT (FRAMEWRIGHT_PORT_BASE: all)" in fault.text("en")


def test_a_misspelt_setting_is_named_with_what_was_meant(tmp_path: Path) -> None:
    (tmp_path / ".env.example").write_bytes((ROOT / ".env.example").read_bytes())
    assert list(command.spelling(tmp_path)) == []
    (tmp_path / ".env").write_text("FRAMEWRIGHT_ENGNE_URL=http://x\nFRAMEWRIGHT_PORT=1\n", encoding="utf-8")
    found = list(command.spelling(tmp_path))
    assert "(FRAMEWRIGHT_ENGINE_URL)" in found[0].text("en")
    assert found[1].text("ko").endswith("설정 2개")


@pytest.mark.parametrize(("mesh", "ask", "code"), [("local", docker(), 0), ("compose", docker(engine=""), 1)])
def test_the_end_says_whether_it_can_run(
    tmp_path: Path, mesh: str, ask: machine.Ask, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env.example").write_text("", encoding="utf-8")
    always: Callable[..., Iterator[Finding]] = lambda *_: iter(())  # noqa: E731
    monkeypatch.setattr(machine, "resources", always)
    monkeypatch.setattr(machine, "ports", always)
    said: list[str] = []
    parser = ArgumentParser()
    command.add_arguments(parser)
    assert command.check(parser.parse_args(["--mesh", mesh]), tmp_path, {}, Say(said.append, "ko"), ask) == code
    assert ("실행할 수 없습니다" in said[-1]) == bool(code)
