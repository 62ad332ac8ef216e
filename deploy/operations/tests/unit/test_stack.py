"""The Swarm form keeps what the compose file says, as far as Swarm knows it."""

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest
import yaml

from framewright_operations import stack
from framewright_operations.messages import OperationError, Say

DOCUMENT: dict[str, Any] = {
    "name": "framewright",
    "services": {
        "edge": {
            "image": "nginx:stable", "ports": [{"target": 8443, "published": "443", "host_ip": "10.0.0.1"}],
            "networks": {"public": None, "edge": None}, "restart": "always", "secrets": [{"source": "edge_key"}],
            "depends_on": {"gateway": {"condition": "service_healthy"}}, "command": None,
        },
        "gateway": {
            "image": "framewright/gateway:1", "build": {"context": "."}, "networks": {"edge": None}, "read_only": True,
            "cap_drop": ["ALL"], "deploy": {"resources": {"limits": {"memory": "536870912", "pids": 512}}},
            "security_opt": ["no-new-privileges:true"], "healthcheck": {"test": ["CMD", "true"]},
        },
        "migrate-gateway": {"image": "framewright/gateway:1", "networks": {"edge": None}, "restart": "no"},
        "postgres": {"image": "postgres:17", "networks": {"edge": None}},
    },
    "networks": {"public": {"name": "framewright_public"}, "edge": {"internal": True}},
    "volumes": {"postgres-data": {"name": "framewright_postgres-data"}},
    "secrets": {"edge_key": {"file": "/x/edge_key"}, "unused": {"file": "/x/unused"}},
}  # fmt: skip


def written(tmp_path: Path, *replicas: str) -> dict[str, Any]:
    asked = Namespace(to=tmp_path / "stack.yml", replicas=list(replicas))
    assert stack.render(asked, tmp_path, {}, Say(print, "ko"), lambda *_, **__: json.dumps(DOCUMENT)) == 0
    document: dict[str, Any] = yaml.safe_load((tmp_path / "stack.yml").read_text(encoding="utf-8"))
    return document


def test_what_swarm_does_not_know_is_left_out_and_the_rest_is_kept(tmp_path: Path) -> None:
    services = written(tmp_path)["services"]
    assert not {key for one in services.values() for key in one} & {"build", "depends_on", "restart", "security_opt"}
    gateway = services["gateway"]
    assert (gateway["read_only"], gateway["cap_drop"], gateway["healthcheck"]) == (
        True,
        ["ALL"],
        {"test": ["CMD", "true"]},
    )
    assert gateway["deploy"]["resources"]["limits"] == {"memory": "512M", "pids": 512}


def test_replicas_are_found_one_by_one_and_ports_are_the_nodes_own(tmp_path: Path) -> None:
    services = written(tmp_path, "gateway=5")["services"]
    assert services["gateway"]["deploy"]["replicas"] == 5
    assert {one["deploy"]["endpoint_mode"] for one in services.values()} == {"dnsrr"}
    assert services["edge"]["ports"] == [{"target": 8443, "published": 443, "mode": "host"}]


def test_jobs_end_and_stores_stay_on_their_node(tmp_path: Path) -> None:
    services = written(tmp_path)["services"]
    assert services["migrate-gateway"]["deploy"]["restart_policy"]["condition"] == "on-failure"
    assert services["postgres"]["deploy"]["placement"] == {"constraints": ["node.labels.framewright.postgres == true"]}


def test_networks_span_the_nodes_and_stay_closed(tmp_path: Path) -> None:
    document = written(tmp_path)
    assert document["networks"] == {"public": {"driver": "overlay"}, "edge": {"driver": "overlay", "internal": True}}
    assert document["secrets"] == {"edge_key": {"file": "/x/edge_key"}}


def test_without_a_file_it_goes_to_the_standard_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = Namespace(to=None, replicas=[])
    stack.render(asked, tmp_path, {}, Say(print, "en"), lambda *_, **__: json.dumps(DOCUMENT))
    assert yaml.safe_load(capsys.readouterr().out)["version"] == "3.13"


def test_a_number_is_a_number() -> None:
    with pytest.raises(OperationError, match="gateway=many"):
        stack.replicas_of(["gateway=many"])
