"""Ports, places, and the files of the mesh, without a process."""

import json
import stat
from pathlib import Path
from string import Formatter

import pytest

from framewright_local.environment import read_environment, secret, service_environment
from framewright_local.layout import SERVICES, Places, ports_of
from framewright_local.messages import _TEXTS, MeshError, language_of
from framewright_local.record import MeshRecord, ProcessMark

DEFAULT_PORTS = {
    "rag-service": 8000,
    "embedding-service": 8001,
    "llm-proxy": 8002,
    "intent-service": 8003,
    "postprocess-service": 8004,
    "admin-service": 8005,
    "gateway": 8080,
    "gateway-worker": 8006,
}


def test_ports_are_those_of_the_design_unless_set():
    assert ports_of({}) == DEFAULT_PORTS
    assert ports_of({"FRAMEWRIGHT_PORT_BASE": "9000"}) == {name: port + 1000 for name, port in DEFAULT_PORTS.items()}
    assert ports_of({"GATEWAY_PORT": "18080"})["gateway"] == 18080


@pytest.mark.parametrize("value", ["x", "0", "70000", "-1", "8080.0"])
def test_a_wrong_port_is_named(value: str):
    with pytest.raises(MeshError, match="ADMIN_PORT is not a port number"):
        ports_of({"ADMIN_PORT": value})


def test_two_services_on_one_port_are_refused():
    with pytest.raises(MeshError, match="8000"):
        ports_of({"ADMIN_PORT": "8000"})


def test_every_service_has_its_own_variables():
    assert len({service.port_variable for service in SERVICES}) == len(SERVICES)
    assert {service.url_variable for service in SERVICES} == {
        "GATEWAY_URL", "INTENT_URL", "RAG_URL", "EMBEDDING_URL", "LLM_PROXY_URL", "POSTPROCESS_URL", "ADMIN_URL",
        "GATEWAY_WORKER_URL",
    }  # fmt: skip


def test_the_state_lies_in_the_checkout_unless_set(tmp_path: Path):
    assert Places.of(tmp_path, {}).state == tmp_path / ".framewright"
    assert Places.of(tmp_path, {"FRAMEWRIGHT_STATE_DIR": str(tmp_path / "x")}).state == tmp_path / "x"


def test_the_environment_wins_over_the_file(tmp_path: Path):
    (tmp_path / ".env").write_text("A=file\nB=file\nC=\n")
    assert read_environment(tmp_path, {"A": "process"}) == {"A": "process", "B": "file"}


def test_secrets_of_the_user_are_taken_and_others_are_made_once(tmp_path: Path):
    places = Places(tmp_path, tmp_path / "state")
    given = {"FRAMEWRIGHT_METRICS_TOKEN": "mine"}
    first = service_environment(given, places=places, ports=DEFAULT_PORTS, database_url="x")
    again = service_environment(given, places=places, ports=DEFAULT_PORTS, database_url="x")
    assert secret(first, "FRAMEWRIGHT_METRICS_TOKEN") == "mine"
    assert len(secret(first, "FRAMEWRIGHT_SERVICE_SECRET")) >= 32
    assert secret(first, "FRAMEWRIGHT_SERVICE_SECRET") == secret(again, "FRAMEWRIGHT_SERVICE_SECRET")
    assert stat.S_IMODE((places.state / "secrets").stat().st_mode) == 0o700


def test_a_server_of_the_users_is_taken_instead_of_the_embedded_index(tmp_path: Path):
    places = Places(tmp_path, tmp_path)
    environment = service_environment(
        {"QDRANT_URL": "http://q", "PYTHONPATH": "x", "FRAMEWRIGHT_HOST": "10.0.0.1"},
        places=places, ports=DEFAULT_PORTS, database_url="x",
    )  # fmt: skip
    assert "QDRANT_PATH" not in environment
    assert "PYTHONPATH" not in environment
    assert "FRAMEWRIGHT_HOST" not in environment, "everything binds to loopback"


def test_a_record_that_cannot_be_read_is_no_record(tmp_path: Path):
    path = tmp_path / "mesh.json"
    assert MeshRecord.read(path) is None
    path.write_text("{")
    assert MeshRecord.read(path) is None
    path.write_text(json.dumps({"supervisor": {"pid": 1}}))
    assert MeshRecord.read(path) is None


def test_a_process_of_the_same_number_is_another_one_when_it_started_at_another_time():
    me = ProcessMark.of(1)
    assert me.alive()
    assert not ProcessMark(1, me.started - 100).alive()
    assert not ProcessMark.of(2**22 + 1).alive()


def test_every_message_has_the_same_blanks_in_both_languages():
    for key, texts in _TEXTS.items():
        ko, en = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in texts)
        assert ko == en, key


def test_an_error_speaks_the_language_of_the_terminal():
    with pytest.raises(MeshError) as caught:
        ports_of({"ADMIN_PORT": "x"})
    assert str(caught.value) == "ADMIN_PORT is not a port number: 'x'."
    assert caught.value.text("ko") == "ADMIN_PORT 값이 포트 번호가 아닙니다: 'x'"
    assert language_of({"LANG": "ko_KR.UTF-8"}) == "ko"
    assert language_of({"LC_ALL": "C", "LANG": "ko_KR.UTF-8"}) == "en"
    assert language_of({}) == "en"


def test_the_address_of_a_service_may_be_set(tmp_path: Path):
    places = Places(tmp_path, tmp_path)
    environment = service_environment(
        {"RAG_URL": "http://127.0.0.1:9"}, places=places, ports=DEFAULT_PORTS, database_url="x"
    )
    assert environment["RAG_URL"] == "http://127.0.0.1:9"
    assert environment["INTENT_URL"] == "http://127.0.0.1:8003"
