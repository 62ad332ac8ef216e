"""The supervisor with real processes: start, readiness, restart, halt, stop, leftovers."""

import asyncio
import json
import os
import signal
import stat
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from chassis.local_postgres import LocalPostgres
from framewright_local import commands
from framewright_local.layout import EMBEDDING, GATEWAY, SERVICES, Places
from framewright_local.messages import MeshError, Say
from framewright_local.probe import ready, request
from framewright_local.record import MeshRecord, ProcessMark
from framewright_local.supervisor import Supervisor

Settings = Callable[[], dict[str, str]]


@asynccontextmanager
async def mesh(places: Places, settings: dict[str, str], said: list[str]) -> AsyncIterator[MeshRecord]:
    """A mesh that runs while the block does, and is asked to stop as a terminal would."""
    task = asyncio.create_task(Supervisor(places, settings, Say(said.append, "en")).run())
    try:
        await until(lambda: task.done() or ((record := MeshRecord.read(places.record)) and record.settled))
        record = MeshRecord.read(places.record)
        assert record, said
        yield record
    finally:
        if not task.done():
            os.kill(os.getpid(), signal.SIGTERM)
        await task


async def until(condition: Callable[[], object], limit_s: float = 60) -> None:
    async with asyncio.timeout(limit_s):
        while not condition():  # noqa: ASYNC110 - files and processes, which set no event
            await asyncio.sleep(0.02)


def pid_of(places: Places, name: str) -> int:
    record = MeshRecord.read(places.record)
    assert record
    return record.processes[name].pid


async def test_a_mesh_starts_restarts_what_dies_and_stops_without_an_orphan(places: Places, settings: Settings):
    said: list[str] = []
    async with mesh(places, settings(), said) as record:
        assert any("knowledge" in line and "3 entries" in line for line in said)
        assert set(record.processes) == {service.name for service in SERVICES}
        assert all([await ready(port) for port in record.ports.values()])
        credentials = json.loads(places.credentials.read_text())
        assert credentials["base_url"] == f"http://127.0.0.1:{record.ports['gateway']}"
        assert credentials["api_key"] == "fwk_a_b"
        assert stat.S_IMODE(places.credentials.stat().st_mode) == 0o600
        assert (places.root / "gateway" / "migrated").read_text() == "x"

        before = pid_of(places, GATEWAY.name)
        os.kill(before, signal.SIGKILL)
        await until(lambda: pid_of(places, GATEWAY.name) != before)
        await until(lambda: any("gateway is ready again" in line for line in said))
        assert await ready(record.ports["gateway"])
        assert any("gateway ended (SIGKILL)" in line for line in said)
        last = MeshRecord.read(places.record)
    assert last
    assert last.restarts["gateway"] == 1
    assert not any(mark.alive() for mark in last.processes.values())
    assert not places.record.exists()


async def test_services_know_one_another_and_share_secrets_that_nobody_else_reads(places: Places, settings: Settings):
    async with mesh(places, settings(), []) as record:
        answers = [
            (await request(record.ports[name], "GET", "/environment", limit_s=5)).json()
            for name in ("gateway", "rag-service")
        ]
    for environment in answers:
        assert environment["RAG_URL"] == f"http://127.0.0.1:{record.ports['rag-service']}"
        assert environment["FRAMEWRIGHT_MODE"] == "local"
        assert environment["QDRANT_PATH"] == str(places.state / "qdrant")
    files = list((places.state / "secrets").iterdir())
    assert len(files) == 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert answers[0]["FRAMEWRIGHT_SERVICE_SECRET_FILE"] == answers[1]["FRAMEWRIGHT_SERVICE_SECRET_FILE"]


async def test_a_halted_service_stays_down_until_it_is_released(places: Places, settings: Settings):
    said: list[str] = []
    async with mesh(places, settings(), said) as record:
        port = record.ports[EMBEDDING.name]
        await asyncio.to_thread(commands.halt, places, EMBEDDING.name)
        await until(lambda: "embedding-service is halted" in said)
        assert not await ready(port)
        lines: list[str] = []
        await asyncio.to_thread(commands.status, places, Say(lines.append, "en"))
        assert any("halted" in line for line in lines)
        assert commands.release(places, EMBEDDING.name) == 0
        await until(lambda: any("embedding-service is ready again" in line for line in said))
        assert await ready(port)
        with pytest.raises(MeshError, match="no service 'x'"):
            commands.halt(places, "x")


async def test_a_service_that_cannot_start_fails_the_start_with_the_end_of_its_log(
    broken_admin: Places, settings: Settings
):
    said: list[str] = []
    assert await Supervisor(broken_admin, settings(), Say(said.append, "en")).run() == 1
    record = MeshRecord.read(broken_admin.record)
    assert record
    assert record.phase == "failed"
    assert "no luck today" in record.message
    assert record.processes == {}


async def test_a_taken_port_is_named_with_its_variable(places: Places, settings: Settings):
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    taken = server.sockets[0].getsockname()[1]
    try:
        with pytest.raises(MeshError, match=f"port {taken} of gateway .* GATEWAY_PORT"):
            await Supervisor(places, {**settings(), "GATEWAY_PORT": str(taken)}, Say(print, "en")).run()
    finally:
        server.close()


async def test_a_second_supervisor_of_the_same_checkout_is_refused(places: Places, settings: Settings):
    async with mesh(places, settings(), []):
        with pytest.raises(MeshError, match="runs already"):
            await Supervisor(places, settings(), Say(print, "en")).run()


async def test_the_next_start_ends_what_a_killed_supervisor_left(places: Places, settings: Settings):
    left = await asyncio.create_subprocess_exec("sleep", "60", start_new_session=True)
    record = MeshRecord(ProcessMark(pid=left.pid, started=1.0), {}, processes={"gateway": ProcessMark.of(left.pid)})
    record.write(places.record)
    said: list[str] = []
    async with mesh(places, settings(), said):
        assert await left.wait() == -signal.SIGTERM
    assert said[0] == "Ending what an earlier run left: gateway"


async def test_a_private_database_is_started_kept_alive_and_stopped(places: Places, settings: Settings):
    chosen = settings()
    del chosen["DATABASE_URL"]
    said: list[str] = []
    async with mesh(places, chosen, said):
        server = pid_of(places, "postgres")
        os.kill(server, signal.SIGKILL)
        await until(lambda: pid_of(places, "postgres") != server)
        assert "The database ended: starting it again" in said
        mark = ProcessMark.of(pid_of(places, "postgres"))
    assert not mark.alive()
    async with mesh(places, chosen, []):
        assert (places.root / "gateway" / "migrated").read_text() == "x", "unchanged migrations are passed by"
    LocalPostgres(places.state / "postgres").remove()
    (places.root / "admin-service" / "made").unlink()
    places.credentials.write_text('{"base_url": "http://old", "api_key": "fwk_old"}')
    async with mesh(places, chosen, []):
        assert (places.root / "gateway" / "migrated").read_text() == "xx", "a new database is migrated"
    assert json.loads(places.credentials.read_text())["api_key"] == "fwk_a_b", "and its first admin is another"


async def test_credentials_follow_the_ports_and_their_loss_is_told(places: Places, settings: Settings):
    async with mesh(places, settings(), []):
        first = json.loads(places.credentials.read_text())
    async with mesh(places, settings(), []) as record:
        second = json.loads(places.credentials.read_text())
        assert second == {**first, "base_url": f"http://127.0.0.1:{record.ports['gateway']}"}
    places.credentials.unlink()
    said: list[str] = []
    async with mesh(places, settings(), said):
        assert any("no credentials.json" in line for line in said)


async def test_a_failed_migration_fails_the_start(places: Places, settings: Settings):
    (places.root / "gateway" / "app" / "db" / "migrate.py").write_text('raise SystemExit("cannot migrate")\n')
    said: list[str] = []
    assert await Supervisor(places, settings(), Say(said.append, "en")).run() == 1
    assert any("cannot migrate" in line for line in said)
