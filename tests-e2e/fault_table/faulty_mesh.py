"""A mesh whose every line runs through a proxy, beside a database and an engine that can be hurt."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import psycopg
from chassis.local_postgres import LocalPostgres

from support.fault_proxy import FaultProxy
from support.mesh import Mesh, free_port_base
from support.simulator import simulated_engine

PROXIED = {
    "gateway": ("GATEWAY_URL", 80, 10), "rag-service": ("RAG_URL", 0, 11),
    "embedding-service": ("EMBEDDING_URL", 1, 12),
    "llm-proxy": ("LLM_PROXY_URL", 2, 13), "intent-service": ("INTENT_URL", 3, 14),
    "postprocess-service": ("POSTPROCESS_URL", 4, 15), "admin-service": ("ADMIN_URL", 5, 16),
}  # fmt: skip
"""Of each service that others call: the variable with its address, its port and its proxy's above the base."""
POSTGRES, ENGINE = "PostgreSQL", "engine"
CLOCK_LIBRARY = Path("/usr/lib") / f"{os.uname().machine}-linux-gnu" / "faketime" / "libfaketimeMT.so.1"
STATE_MIB, DATABASE_MIB = 900, 400
LIMITS = {
    "GATEWAY_ENGINE_FIRST_BYTE_S": "6", "FRAMEWRIGHT_ENGINE_FIRST_BYTE_S": "4", "GATEWAY_ENGINE_TOTAL_S": "20",
    "FRAMEWRIGHT_ENGINE_TOTAL_S": "12", "FRAMEWRIGHT_ENGINE_BETWEEN_BYTES_S": "4", "GATEWAY_ENGINE_GAP_S": "6",
}  # fmt: skip
"""The engine's patience, minutes by default: a table of faults should not take an hour."""


@dataclass
class FaultyMesh:
    mesh: Mesh
    proxies: dict[str, FaultProxy]
    database: LocalPostgres
    engine_url: str
    state_disk: Path | None
    database_disk: Path | None
    clock: Path | None = None
    """A file with the offset of the second gateway's clock, where there is one."""

    def pid(self, subject: str) -> int:
        if subject == POSTGRES:
            assert self.database.pid is not None
            return self.database.pid
        if subject == ENGINE:
            port = self.proxies[ENGINE].target
            sockets = psutil.net_connections("tcp")
            return next(
                item.pid for item in sockets
                if item.pid and item.status == "LISTEN" and item.laddr and item.laddr.port == port
            )  # fmt: skip
        return int(self.mesh.record()["processes"][subject]["pid"])

    def signal(self, subject: str, number: signal.Signals) -> None:
        os.killpg(os.getpgid(self.pid(subject)), number)

    def sql(self, statement: str) -> None:
        """As the superuser, whatever the server's defaults."""
        with psycopg.connect(
            self.database.url, autocommit=True, options="-c default_transaction_read_only=off"
        ) as connection:
            connection.execute(statement.encode())


@dataclass(frozen=True, slots=True)
class Users:
    """Clients: straight to the gateway, and through its proxy, as one whose way to the gateway is broken."""

    inside: httpx.Client
    outside: httpx.Client


def clock_settings(file: Path) -> dict[str, str]:
    """What lets a process's clock be set by the file; what measures durations goes on undisturbed."""
    file.write_text("+0", encoding="utf-8")
    return {
        "LD_PRELOAD": str(CLOCK_LIBRARY), "FAKETIME_TIMESTAMP_FILE": str(file), "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }  # fmt: skip


@contextmanager
def faulty_mesh(settings: dict[str, str] | None = None) -> Iterator[FaultyMesh]:
    """All of it, started; nothing is left afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="framewright-faults-", dir="/var/tmp"))
    folder.chmod(0o711)  # the database's account has to pass
    base = free_port_base()
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        state_disk = _disk(stack, folder / "state", STATE_MIB)
        database_disk = _disk(stack, folder / "postgres", DATABASE_MIB)
        database = LocalPostgres(folder / "postgres")
        stack.callback(database.remove)
        database.start()
        engine_url = stack.enter_context(simulated_engine(base + 20, output_tokens=120, tokens_per_s=40))
        proxies = {name: FaultProxy(base + own, base + port) for name, (_, port, own) in PROXIED.items()}
        proxies[POSTGRES] = FaultProxy(base + 17, database.port)
        proxies[ENGINE] = FaultProxy(base + 18, base + 20)
        for proxy in proxies.values():
            proxy.start()
            stack.callback(proxy.stop)
        urls = {variable: proxies[name].url for name, (variable, _, _) in PROXIED.items()}
        urls["DATABASE_URL"] = database.url.replace(f":{database.port}/", f":{base + 17}/")
        mesh = Mesh(folder / "state" / "mesh", base, {**LIMITS, **urls, **(settings or {})})
        stack.callback(mesh.command, "purge")
        mesh.start()
        yield FaultyMesh(mesh, proxies, database, engine_url, state_disk, database_disk)


def _disk(stack: ExitStack, place: Path, mib: int) -> Path | None:
    """A file system of a size of its own, or None where we may not mount one."""
    place.mkdir(mode=0o711)
    place.chmod(0o711)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={mib}m,mode=0711", "tmpfs", str(place)], check=False, capture_output=True
    )
    if mounted.returncode:
        return None
    stack.callback(subprocess.run, ["umount", "-l", str(place)], check=False)
    return place
