"""The record of a running mesh, `mesh.json`: what the commands stop, status and up read, and what a start cleans up."""

import contextlib
import fcntl
import json
import os
import signal
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

import psutil

from .environment import write_private
from .messages import MeshError

Phase = Literal["starting", "ready", "stopping", "failed"]
_START_TOLERANCE_S = 1.0
_TERMINATE_S = 10.0


@dataclass(slots=True)
class ProcessMark:
    """A process, told apart from a later one of the same number by the time of its start (seconds of the epoch)."""

    pid: int
    started: float

    @classmethod
    def of(cls, pid: int) -> "ProcessMark":
        try:
            return cls(pid, psutil.Process(pid).create_time())
        except psutil.NoSuchProcess:
            return cls(pid, 0.0)

    def alive(self) -> bool:
        try:
            process = psutil.Process(self.pid)
            if abs(process.create_time() - self.started) > _START_TOLERANCE_S:
                return False
            return bool(process.status() != psutil.STATUS_ZOMBIE)
        except psutil.NoSuchProcess:
            return False


@dataclass(slots=True)
class MeshRecord:
    """What the supervisor tells the world about itself."""

    supervisor: ProcessMark
    ports: dict[str, int]
    phase: Phase = "starting"
    message: str = ""
    settled: bool = False
    """Whether the first index is there, or no longer waited for. The mesh serves before that, by keywords."""
    processes: dict[str, ProcessMark] = field(default_factory=dict)
    restarts: dict[str, int] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        write_private(path, json.dumps(asdict(self), indent=1))

    @classmethod
    def read(cls, path: Path) -> "MeshRecord | None":
        """The record, or None where there is none that can be read."""
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            document["supervisor"] = ProcessMark(**document["supervisor"])
            document["processes"] = {name: ProcessMark(**mark) for name, mark in document["processes"].items()}
            return cls(**document)
        except (OSError, ValueError, TypeError, KeyError):
            return None

    @classmethod
    def read_running(cls, path: Path) -> "MeshRecord | None":
        """The record of a mesh whose supervisor lives."""
        record = cls.read(path)
        return record if record and record.supervisor.alive() else None


@contextlib.contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Holds the lock of one supervisor for each state directory; the system frees it when its holder dies.

    Raises:
        MeshError: another supervisor holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise MeshError("runs_already") from error
        yield
    finally:
        os.close(descriptor)


def end_groups(marks: Iterable[ProcessMark], *, limit_s: float = _TERMINATE_S) -> None:
    """Ends the process groups that these processes lead: asks, waits, then insists."""
    living = [mark for mark in marks if mark.alive()]
    for mark in living:
        signal_group(mark.pid, signal.SIGTERM)
    deadline = time.monotonic() + limit_s
    while any(mark.alive() for mark in living) and time.monotonic() < deadline:
        time.sleep(0.05)
    for mark in living:
        signal_group(mark.pid, signal.SIGKILL)


def signal_group(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)
