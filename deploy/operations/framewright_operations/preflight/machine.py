"""Checks of the machine: Python, processors, memory, disk, ports, Docker, GPU."""

import contextlib
import json
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import psutil

from framewright_local.layout import SERVICES, Places, ports_of
from framewright_local.record import MeshRecord

from .report import Finding, fault, good, warning

Ask = Callable[[Sequence[str]], str]
"""Runs a program; its output, "" where it is not there or fails."""
MEMORY_GIB = {"local": 3, "compose": 6}
DISK_GB = {"local": 6, "compose": 15}
"""Measured: docs/operations/sizing.md, with room for data. Models of engines come on top."""
_EDGE = (("edge", "FRAMEWRIGHT_PORT", 8080), ("edge, TLS", "FRAMEWRIGHT_TLS_PORT", 8443))
_PROJECT = "com.docker.compose.project=framewright"
_GPU_PROFILES = frozenset({"vllm", "ollama", "llamacpp"})


def ask_program(command: Sequence[str]) -> str:
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        result = subprocess.run(command, check=False, capture_output=True, text=True, timeout=20)
        return result.stdout.strip() if result.returncode == 0 else ""
    return ""


def resources(mesh: str, root: Path) -> Iterator[Finding]:
    version = sys.version.split()[0]
    yield good("python", found=version) if sys.version_info >= (3, 11) else fault("python_old", found=version)
    count = psutil.cpu_count() or 1
    yield good("cpus", count=count) if count > 1 else warning("cpus_few", count=count)
    free = psutil.virtual_memory().available / 2**30
    needed = MEMORY_GIB[mesh]
    yield good("memory", found=free) if free >= needed else fault("memory_low", found=free, needed=needed)
    path = Path("/var/lib/docker") if mesh == "compose" and Path("/var/lib/docker").exists() else root
    space = shutil.disk_usage(path).free / 1e9
    room = DISK_GB[mesh]
    yield (
        good("disk", found=space, path=path)
        if space >= room
        else fault("disk_low", found=space, path=path, needed=room)
    )


def ports(mesh: str, settings: Mapping[str, str], places: Places, ask: Ask = ask_program) -> Iterator[Finding]:
    if mesh == "local":
        record = MeshRecord.read_running(places.record)
        wanted = [(one.name, one.port_variable, ports_of(settings)[one.name]) for one in SERVICES]
        ours = set(record.ports.values()) if record else set()
    else:
        wanted = [(name, variable, int(settings.get(variable) or default)) for name, variable, default in _EDGE]
        published = ask(["docker", "ps", "--filter", f"label={_PROJECT}", "--format", "{{.Ports}}"])
        ours = {int(port) for port in re.findall(r":(\d+)->", published)}
    for name, variable, port in wanted:
        if port in ours:
            yield good("port_ours", port=port, name=name)
        elif _is_free(port):
            yield good("port", port=port, name=name)
        else:
            yield fault("port_taken", port=port, name=name, variable=_moved_by(mesh, variable))


def _moved_by(mesh: str, variable: str) -> str:
    return f"{variable} (FRAMEWRIGHT_PORT_BASE: all)" if mesh == "local" else variable


def docker(ask: Ask = ask_program) -> Iterator[Finding]:
    engine = ask(["docker", "version", "--format", "{{.Server.Version}}"])
    compose = ask(["docker", "compose", "version", "--short"])
    if not engine or not compose:
        yield fault("docker_missing")
        return
    new_enough = _numbers(engine) >= (25,) and _numbers(compose) >= (2, 24)
    yield (good if new_enough else fault)("docker" if new_enough else "docker_old", engine=engine, compose=compose)


def gpu(settings: Mapping[str, str], ask: Ask = ask_program) -> Iterator[Finding]:
    profiles = [name for name in settings.get("COMPOSE_PROFILES", "").split(",") if name in _GPU_PROFILES]
    shown = ask(["nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader,nounits"])
    for line in shown.splitlines():
        name, _, memory = line.rpartition(",")
        yield good("gpu", name=name.strip(), memory=memory.strip())
    if profiles and not shown:
        yield fault("gpu_missing", profile=", ".join(profiles))
    elif profiles and "nvidia" not in _runtimes(ask):
        yield fault("gpu_runtime")


def _runtimes(ask: Ask) -> list[str]:
    with contextlib.suppress(ValueError):
        return list(json.loads(ask(["docker", "info", "--format", "{{json .Runtimes}}"]) or "{}"))
    return []


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
