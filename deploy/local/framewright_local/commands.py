"""The commands serve, up, stop, status, where, halt and release, as functions that return an exit code."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping

from chassis.local_postgres import LocalPostgres

from .layout import GATEWAY, SERVICES, Places, url_of
from .messages import MeshError, Say
from .probe import ready
from .record import MeshRecord, end_groups
from .supervisor import Supervisor

NOT_RUNNING = 3
_UP_LIMIT_S = 180.0
_STOP_LIMIT_S = 60.0
_POLL_S = 0.05


def serve(places: Places, environment: Mapping[str, str], say: Say) -> int:
    """Runs the mesh in the foreground until it is interrupted."""
    return asyncio.run(Supervisor(places, environment, say).run())


def up(places: Places, environment: Mapping[str, str], say: Say) -> int:
    """Starts the mesh in the background; waits until it is ready and its knowledge indexed. Nothing where it runs."""
    record = MeshRecord.read_running(places.record)
    if record is None:
        say("starting")
        log = places.log_of("supervisor")
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "framewright_local", "serve", "--root", str(places.root)],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
                env={**environment, "PYTHONUNBUFFERED": "1", "FRAMEWRIGHT_STATE_DIR": str(places.state)},
            )  # fmt: skip
        return _follow(places, process, say)
    if record.settled:
        return 0
    return _follow(places, None, say)


def stop(places: Places, say: Say) -> int:
    """Stops the mesh, and what a killed supervisor left behind."""
    record = MeshRecord.read(places.record)
    if record is None:
        say("not_running")
        return 0
    if record.supervisor.alive():
        os.kill(record.supervisor.pid, signal.SIGTERM)
        deadline = time.monotonic() + _STOP_LIMIT_S
        while record.supervisor.alive() and time.monotonic() < deadline:
            time.sleep(_POLL_S)
        end_groups([record.supervisor], limit_s=0)
    end_groups(record.processes.values())
    places.record.unlink(missing_ok=True)
    say("stopped")
    return 0


def purge(places: Places, say: Say) -> int:
    """Stops the mesh and deletes its state: database, index, keys and logs."""
    stop(places, say)
    LocalPostgres(places.state / "postgres").remove()
    shutil.rmtree(places.state, ignore_errors=True)
    return 0


def status(places: Places, say: Say) -> int:
    """Prints a line for each service; 3 where the mesh is not running."""
    record = MeshRecord.read_running(places.record)
    if record is None:
        say("not_running")
        say("how_to_start")
        return NOT_RUNNING

    async def states() -> list[bool]:
        return await asyncio.gather(*(ready(record.ports[service.name]) for service in SERVICES))

    for service, is_ready in zip(SERVICES, asyncio.run(states()), strict=True):
        mark = record.processes.get(service.name)
        halted = (places.halted / service.name).exists()
        state = "ready" if is_ready else "halted" if halted else "not_ready"
        pid = mark.pid if mark and mark.alive() else "-"
        restarts = record.restarts.get(service.name, 0)
        say(
            "status",
            name=service.name,
            state=say.text(f"state_{state}"),
            url=url_of(record.ports[service.name]),
            pid=pid,
            restarts=say.text("restarted", count=restarts) if restarts else "",
        )
    return 0


def where(places: Places, say: Say) -> int:
    """Says where the running mesh can be reached."""
    record = MeshRecord.read_running(places.record)
    if record is None:
        return status(places, say)
    base = url_of(record.ports[GATEWAY.name])
    say("where", base=base)
    say("credentials", path=places.credentials)
    return 0


def halt(places: Places, name: str) -> int:
    """Keeps one service down until `release`: to run it by hand, or to see what the others do without it."""
    record = _named(places, name)
    places.halted.mkdir(parents=True, exist_ok=True)
    (places.halted / name).touch()
    end_groups([record.processes[name]] if name in record.processes else [])
    return 0


def release(places: Places, name: str) -> int:
    """Lets the supervisor start a halted service again."""
    _named(places, name)
    (places.halted / name).unlink(missing_ok=True)
    return 0


def _named(places: Places, name: str) -> MeshRecord:
    record = MeshRecord.read_running(places.record)
    if record is None:
        raise MeshError("not_running")
    if name not in record.ports:
        raise MeshError("no_such_service", name=name, known=", ".join(record.ports))
    return record


def _follow(places: Places, process: subprocess.Popen[bytes] | None, say: Say) -> int:
    """Passes on what the supervisor in the background says, until the mesh is ready or has failed."""
    deadline = time.monotonic() + _UP_LIMIT_S
    with places.log_of("supervisor").open(encoding="utf-8", errors="replace") as log:
        while time.monotonic() < deadline:
            record = MeshRecord.read_running(places.record)
            ended = process.poll() is not None if process else record is None
            for line in log:
                say.write(line.rstrip("\n"))
            if record and record.settled and (process is None or record.supervisor.pid == process.pid):
                return 0
            if ended:
                return 1
            time.sleep(_POLL_S)
    raise MeshError("too_slow", seconds=_UP_LIMIT_S, logs=places.logs)
