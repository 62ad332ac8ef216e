"""docker-compose.yml as data, without a Docker engine."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
ENGINES = frozenset({"vllm", "ollama", "llamacpp"})
OBSERVABILITY = frozenset({"prometheus", "alertmanager", "grafana", "loki", "alloy"})
WORKERS = frozenset({"gateway-worker"})
"""An image of another service, with a command of its own."""
ONE_SHOT = frozenset({"migrate-gateway", "migrate-admin"})


class ComposeLoader(yaml.SafeLoader):
    """YAML with Compose's own tags: `!reset` and `!override` stand for their value here."""


def _plain(loader: ComposeLoader, _suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return None


ComposeLoader.add_multi_constructor("!", _plain)


@dataclass(frozen=True, slots=True)
class Stack:
    services: dict[str, dict[str, Any]]
    networks: dict[str, dict[str, Any]]
    volumes: dict[str, Any]
    secrets: dict[str, dict[str, str]]

    def ours(self) -> dict[str, dict[str, Any]]:
        """The services that we build."""
        return {name: service for name, service in self.services.items() if "build" in service}

    def long_running(self) -> dict[str, dict[str, Any]]:
        return {name: service for name, service in self.services.items() if name not in ONE_SHOT | ENGINES}


def load_stack(path: Path) -> Stack:
    document = _read(path)
    services = {name: _extended(service, path.parent) for name, service in document["services"].items()}
    return Stack(services, document.get("networks", {}), document.get("volumes", {}), document.get("secrets", {}))


def _read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=ComposeLoader)  # noqa: S506 - a safe loader's subclass
    return document


def _extended(service: dict[str, Any], folder: Path) -> dict[str, Any]:
    """With what it takes from another file by `extends`; that file's paths are relative to itself."""
    base = service.get("extends")
    if base is None:
        return service
    path = folder / base["file"]
    own = {name: value for name, value in service.items() if name != "extends"}
    taken = dict(_read(path)["services"][base["service"]])
    there = f"./{path.parent.relative_to(ROOT)}/"
    taken["volumes"] = [f"{there}{v[2:]}" if v.startswith("./") else v for v in taken.get("volumes", [])]
    return {**taken, **own}
