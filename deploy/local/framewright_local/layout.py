"""What the mesh consists of, where each part listens, and where its files lie."""

import contextlib
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .messages import Language, MeshError, render

DEFAULT_PORT_BASE = 8000
HOST = "127.0.0.1"
DATABASE = "postgres"


@dataclass(frozen=True, slots=True)
class Service:
    """One service: `name` is its audience and its log, and its folder but where `part_of` names another's.

    `prefix` starts its variables; `factory` makes its application.
    """

    name: str
    prefix: str
    port_offset: int
    has_database: bool = False
    part_of: str = ""
    factory: str = "app.main:create_app"

    @property
    def folder(self) -> str:
        return self.part_of or self.name

    @property
    def port_variable(self) -> str:
        return f"{self.prefix}_PORT"

    @property
    def url_variable(self) -> str:
        return f"{self.prefix}_URL"


EMBEDDING = Service("embedding-service", "EMBEDDING", 1)
RAG = Service("rag-service", "RAG", 0)
ADMIN = Service("admin-service", "ADMIN", 5, has_database=True)
GATEWAY = Service("gateway", "GATEWAY", 80, has_database=True)
WORKER = Service(
    "gateway-worker", "GATEWAY_WORKER", 6, has_database=True, part_of="gateway", factory="app.worker:create_app"
)

SERVICES = (
    # In the order of their start: what waits for the database comes last.
    EMBEDDING,
    Service("llm-proxy", "LLM_PROXY", 2),
    Service("intent-service", "INTENT", 3),
    Service("postprocess-service", "POSTPROCESS", 4),
    RAG,
    ADMIN,
    GATEWAY,
    WORKER,
)
STOPPED_FIRST = (GATEWAY.name, WORKER.name)
"""They let what runs come to an end, for which they need the others."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the checkout and the mesh's state lie."""

    root: Path
    state: Path

    @property
    def logs(self) -> Path:
        return self.state / "logs"

    @property
    def record(self) -> Path:
        return self.state / "mesh.json"

    @property
    def lock(self) -> Path:
        return self.state / "mesh.lock"

    @property
    def credentials(self) -> Path:
        return self.state / "credentials.json"

    @property
    def halted(self) -> Path:
        """One empty file for each service that is kept down."""
        return self.state / "halted"

    def log_of(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    @classmethod
    def of(cls, root: Path, environment: Mapping[str, str]) -> "Places":
        """A checkout; its state in `FRAMEWRIGHT_STATE_DIR`, or in `.framewright` there."""
        stated = environment.get("FRAMEWRIGHT_STATE_DIR")
        return cls(root.resolve(), Path(stated).resolve() if stated else root.resolve() / ".framewright")


def ports_of(environment: Mapping[str, str]) -> dict[str, int]:
    """The port of each service by its name: its own variable, or its place above `FRAMEWRIGHT_PORT_BASE`.

    Raises:
        MeshError: a variable is no port number, or two services got the same one.
    """
    base = _port(environment, "FRAMEWRIGHT_PORT_BASE", DEFAULT_PORT_BASE)
    ports = {
        service.name: _port(environment, service.port_variable, base + service.port_offset) for service in SERVICES
    }
    taken: dict[int, str] = {}
    for name, port in ports.items():
        if port in taken:
            raise MeshError("same_port", name=name, other=taken[port], port=port)
        taken[port] = name
    return ports


def check_ports_free(ports: Mapping[str, int]) -> None:
    """Refuses to start where somebody listens already.

    Raises:
        MeshError: names each taken port, its service, and the variables that move it.
    """
    variables = {service.name: service.port_variable for service in SERVICES}
    taken = [(name, port) for name, port in ports.items() if not _is_free(port)]
    if taken:
        raise PortsTaken([{"name": name, "port": port, "variable": variables[name]} for name, port in taken])


class PortsTaken(MeshError):
    """Somebody else listens on ports of ours: a line for each, and how to move them."""

    def __init__(self, taken: Sequence[Mapping[str, object]]) -> None:
        self.taken = taken
        super().__init__("ports_taken")

    def text(self, language: Language) -> str:
        lines = "\n".join(render("port_taken", language, **item) for item in self.taken)
        return render("ports_taken", language, lines=lines)


def url_of(port: int) -> str:
    return f"http://{HOST}:{port}"


def end_of(log: Path) -> str:
    """The last lines of a log, for a message."""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])


def _port(environment: Mapping[str, str], variable: str, default: int) -> int:
    value = environment.get(variable) or str(default)
    if not value.isascii() or not value.isdigit() or not 0 < int(value) < 65_536:
        raise MeshError("not_a_port", variable=variable, value=value)
    return int(value)


def _is_free(port: int) -> bool:
    with contextlib.closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
