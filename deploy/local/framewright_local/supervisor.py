"""The supervisor: starts the database and all services, keeps them running, and stops them cleanly."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Mapping

from .credentials import ensure_credentials
from .database import Database, Migrations
from .environment import read_environment, service_environment
from .knowledge import wait_for_knowledge
from .layout import (
    ADMIN,
    DATABASE,
    GATEWAY,
    HOST,
    RAG,
    SERVICES,
    STOPPED_FIRST,
    Places,
    Service,
    check_ports_free,
    ports_of,
    url_of,
)
from .messages import MeshError, Say
from .probe import ready
from .record import MeshRecord, ProcessMark, end_groups, exclusive
from .service_process import Program, ServiceProcess

_DATABASE_WATCH_S = 1.0


class Supervisor:
    """One local mesh, from its start to its end."""

    def __init__(self, places: Places, process_environment: Mapping[str, str], say: Say) -> None:
        self._places = places
        self._settings = read_environment(places.root, process_environment)
        self._ports = ports_of(self._settings)
        self._say = say
        self._record = MeshRecord(ProcessMark.of(os.getpid()), self._ports)
        self._services: dict[str, ServiceProcess] = {}
        self._stop_asked = asyncio.Event()

    async def run(self) -> int:
        """Runs the mesh until it is told to stop; returns the exit code.

        Raises:
            MeshError: it runs already, or a port is taken.
        """
        with exclusive(self._places.lock):
            self._clean_up_leftovers()
            check_ports_free(self._ports)
            self._places.state.chmod(0o700)
            self._rotate_logs()
            self._write_record()
            loop = asyncio.get_running_loop()
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                loop.add_signal_handler(number, self._stop_asked.set)
            return await self._serve()

    async def _serve(self) -> int:
        database = self._database()
        environment = service_environment(
            self._settings, places=self._places, ports=self._ports, database_url=database.url
        )
        self._services = {service.name: self._process_of(service, environment) for service in SERVICES}
        work = asyncio.create_task(self._start_and_keep(database, environment))
        stop = asyncio.create_task(self._stop_asked.wait())
        try:
            await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                return 0
            self._fail(work.exception())
            return 1
        finally:
            await _cancel(work, stop)
            await self._stop(database)

    async def _start_and_keep(self, database: Database, environment: Mapping[str, str]) -> None:
        started = time.monotonic()
        prepared = {service.folder: asyncio.Event() for service in SERVICES if service.has_database}
        # As many start at once as there are cores: more would only make all of them late.
        gate = asyncio.Semaphore(max(2, os.cpu_count() or 2))
        async with asyncio.TaskGroup() as group:
            group.create_task(self._prepare_database(database, environment, prepared))
            for service in SERVICES:
                group.create_task(self._start_service(service, prepared.get(service.folder), gate, environment))
        self._say("ready", seconds=time.monotonic() - started, url=url_of(self._ports[GATEWAY.name]))
        self._record.phase = "ready"
        self._write_record()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._settle(environment))
            group.create_task(self._keep_database(database))
            for process in self._services.values():
                group.create_task(process.keep())

    async def _prepare_database(
        self, database: Database, environment: Mapping[str, str], prepared: Mapping[str, asyncio.Event]
    ) -> None:
        started = time.monotonic()
        await database.start()
        if database.mark:
            self._record.processes[DATABASE] = database.mark
            self._write_record()
        stamps = self._places.state / "postgres" if database.mark else None
        migrations = Migrations(stamps=stamps, identity=database.identity)

        async def migrate(name: str) -> None:
            folder, log = self._places.root / name, self._places.log_of(name)
            await migrations.run(name, folder=folder, environment=environment, log=log)
            prepared[name].set()

        async with asyncio.TaskGroup() as group:
            for name in prepared:
                group.create_task(migrate(name))
        self._say("part_ready", name="database", seconds=time.monotonic() - started, where="")

    async def _start_service(
        self,
        service: Service,
        prepared: asyncio.Event | None,
        gate: asyncio.Semaphore,
        environment: Mapping[str, str],
    ) -> None:
        if prepared:
            await prepared.wait()
        async with gate:
            seconds = await self._services[service.name].start()
        self._say("part_ready", name=service.name, seconds=seconds, where=url_of(self._ports[service.name]))
        if service is ADMIN:
            await ensure_credentials(
                self._places.credentials,
                base_url=url_of(self._ports[GATEWAY.name]),
                admin_port=self._ports[ADMIN.name],
                settings=self._settings,
                environment=environment,
                say=self._say,
            )

    async def _settle(self, environment: Mapping[str, str]) -> None:
        await wait_for_knowledge(self._ports[RAG.name], environment, self._say)
        self._record.settled = True
        self._write_record()

    async def _keep_database(self, database: Database) -> None:
        while True:
            await asyncio.sleep(_DATABASE_WATCH_S)
            if database.died():
                self._say("database_ended")
                await database.start()
                if database.mark:
                    self._record.processes[DATABASE] = database.mark
                    self._write_record()

    async def _stop(self, database: Database) -> None:
        if self._record.phase != "failed":
            self._record.phase = "stopping"
        self._write_record()
        for first in (True, False):
            await asyncio.gather(
                *(process.stop() for name, process in self._services.items() if (name in STOPPED_FIRST) == first)
            )
        await database.stop()
        if self._record.phase == "failed":
            self._record.processes.clear()
            self._record.write(self._places.record)
        else:
            self._places.record.unlink(missing_ok=True)
        self._say("stopped")

    def _process_of(self, service: Service, environment: Mapping[str, str]) -> ServiceProcess:
        port = self._ports[service.name]
        command = [sys.executable, "-m", "chassis.server", service.factory, "--host", HOST, "--port", str(port)]
        program = Program(
            name=service.name,
            command=command,
            folder=self._places.root / service.folder,
            environment=environment,
            log=self._places.log_of(service.name),
            halted=self._places.halted / service.name,
            is_ready=lambda: ready(port),
        )
        return ServiceProcess(program, say=self._say, changed=self._write_record)

    def _database(self) -> Database:
        port = self._settings.get("POSTGRES_PORT", "")
        return Database(
            url=self._settings.get("DATABASE_URL", ""),
            directory=self._places.state / "postgres",
            port=int(port) if port.isdigit() else None,
        )

    def _clean_up_leftovers(self) -> None:
        """What a killed supervisor left running: we hold the lock, so nobody else's."""
        record = MeshRecord.read(self._places.record)
        left = {name: mark for name, mark in (record.processes if record else {}).items() if mark.alive()}
        if left:
            self._say("leftovers", names=", ".join(sorted(left)))
            end_groups(left.values())

    def _rotate_logs(self) -> None:
        self._places.logs.mkdir(parents=True, exist_ok=True)
        self._places.halted.mkdir(parents=True, exist_ok=True)
        for service in SERVICES:
            log = self._places.log_of(service.name)
            if log.exists() and log.stat().st_size:
                log.replace(log.with_suffix(".log.1"))
            log.touch(0o600)

    def _write_record(self) -> None:
        for name, process in self._services.items():
            if process.mark:
                self._record.processes[name] = process.mark
            self._record.restarts[name] = process.restarts
        self._record.write(self._places.record)

    def _fail(self, error: BaseException | None) -> None:
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        if not isinstance(error, MeshError):
            raise error or RuntimeError("the supervisor ended for no reason")
        self._record.phase, self._record.message = "failed", self._say.error(error)


async def _cancel(*tasks: asyncio.Task[object]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
