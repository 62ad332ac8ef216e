"""`stack`: the Swarm form of the compose file (`docker stack deploy -c stack.yml framewright`)."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from .backup.mesh import run
from .messages import OperationError, Say

_NOT_IN_A_STACK = (
    "build",
    "depends_on",
    "restart",
    "profiles",
    "security_opt",
    "container_name",
    "shm_size",
    "extends",
)
_ONE_SHOT = frozenset({"migrate-gateway", "migrate-admin"})
_SCALED = {"gateway": 2, "gateway-worker": 2, "llm-proxy": 2}
"""Where nothing else is asked for; rag-service and the stores keep their volumes on one node."""
_PINNED = frozenset({"postgres", "qdrant", "rag-service"})


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, help="the file; unset: standard output")
    parser.add_argument("--replicas", action="append", default=[], metavar="SERVICE=N")


def render(
    asked: Namespace, root: Path, environment: Mapping[str, str], say: Say, call: Callable[..., str] = run
) -> int:
    """Writes the Swarm form of what `docker compose config` says, layers and .env included."""
    document = json.loads(call(["docker", "compose", "config", "--format", "json"], cwd=root, environment=environment))
    text = yaml.safe_dump(
        as_stack(document, replicas_of(asked.replicas)), sort_keys=False, allow_unicode=True, width=110
    )
    if asked.to:
        asked.to.write_text(text, encoding="utf-8")
        say("stack_written", path=asked.to)
    else:
        sys.stdout.write(text)
    return 0


def replicas_of(words: list[str]) -> dict[str, int]:
    found = dict(_SCALED)
    for word in words:
        name, _, count = word.partition("=")
        if not count.isdigit():
            raise OperationError("not_a_scale", word=word)
        found[name] = int(count)
    return found


def as_stack(document: dict[str, Any], replicas: Mapping[str, int]) -> dict[str, Any]:
    """Compose's resolved form as `docker stack deploy` takes it."""
    services = {name: _service(name, dict(one), replicas) for name, one in document["services"].items()}
    networks = {
        name: {"driver": "overlay", **({"internal": True} if one and one.get("internal") else {})}
        for name, one in document["networks"].items()
    }
    volumes: dict[str, Any] = {name: {} for name in document.get("volumes", {})}
    used = {one["source"] for service in services.values() for one in service.get("secrets", [])}
    secrets = {name: {"file": document["secrets"][name]["file"]} for name in sorted(used)}
    return {"version": "3.13", "services": services, "networks": networks, "volumes": volumes, "secrets": secrets}


def _service(name: str, service: dict[str, Any], replicas: Mapping[str, int]) -> dict[str, Any]:
    kept = {key: value for key, value in service.items() if key not in _NOT_IN_A_STACK and value is not None}
    limits = kept.get("deploy", {}).get("resources", {}).get("limits", {})
    kept["networks"] = list(service.get("networks", {}))
    kept["command"] = service.get("command") or None
    kept["entrypoint"] = service.get("entrypoint") or None
    if "ports" in kept:
        # Each node's own port: the client's address stays what it is, and no routing mesh is needed.
        kept["ports"] = [{**port, "mode": "host", "published": int(port["published"])} for port in kept["ports"]]
        for port in kept["ports"]:
            port.pop("host_ip", None)
    kept["deploy"] = {
        "replicas": replicas.get(name, 1),
        # Every replica's address behind the name: the edge tries another one, and llm-proxy counts its like.
        "endpoint_mode": "dnsrr",
        "restart_policy": {"condition": "on-failure" if name in _ONE_SHOT else "any", "delay": "2s"},
        "update_config": {"order": "stop-first" if name in _PINNED or "ports" in kept else "start-first"},
        **({"resources": {"limits": _limits(limits)}} if limits else {}),
        **({"placement": {"constraints": [f"node.labels.framewright.{name} == true"]}} if name in _PINNED else {}),
    }
    return {key: value for key, value in kept.items() if value is not None}


def _limits(limits: dict[str, Any]) -> dict[str, Any]:
    return {**limits, "memory": f"{int(limits['memory']) // 2**20}M"} if "memory" in limits else limits
