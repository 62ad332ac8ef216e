"""The local mesh, as a backup sees it."""

import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import psutil
import psycopg
from psycopg.conninfo import conninfo_to_dict

from chassis.local_postgres import LocalPostgres, client_program
from framewright_local import commands
from framewright_local.environment import read_environment, secret, write_private
from framewright_local.layout import GATEWAY, RAG, Places, end_of, url_of
from framewright_local.messages import Say as MeshSay
from framewright_local.record import MeshRecord

from ..messages import OperationError
from . import vector_mark
from .mesh import DUMP_OPTIONS, RESTORE_OPTIONS, SCHEMAS, SNAPSHOT_COMMAND, run

_SECRETS = ("FRAMEWRIGHT_SERVICE_SECRET", "FRAMEWRIGHT_METRICS_TOKEN", "FRAMEWRIGHT_ENCRYPTION_KEY")
_CREDENTIALS = "credentials.json"


class LocalMesh:
    kind = "local"

    def __init__(self, places: Places, environment: Mapping[str, str], say: MeshSay) -> None:
        self._places, self._process_environment, self._say = places, environment, say
        self._settings = read_environment(places.root, environment)

    def runs(self) -> bool:
        return MeshRecord.read_running(self._places.record) is not None

    def mark(self) -> str:
        return run([sys.executable, vector_mark.__file__], environment=self._of(RAG.name))

    def dump_database(self, to: Path) -> None:
        self._program("pg_dump", *DUMP_OPTIONS, f"--file={to}", url=self._of(GATEWAY.name)["DATABASE_URL"])

    def dump_vectors(self, to: Path) -> None:
        self._snapshot("create")
        self._snapshot("download", target=to)

    def dump_secrets(self, to: Path) -> None:
        running = self._of(GATEWAY.name)
        for name in _SECRETS:
            write_private(to / _file_of(name), secret(running, name))
        if self._places.credentials.exists():
            write_private(to / _CREDENTIALS, self._places.credentials.read_text(encoding="utf-8"))

    def passphrase_file(self) -> Path:
        return self._places.state / "secrets" / "backup_passphrase"

    def check_empty(self, *, replace: bool) -> None:
        if self.runs():
            raise OperationError("runs", how="make stop")
        database, vectors = self._places.state / "postgres", self._places.state / "qdrant"
        there = [path for path in (database, vectors) if path.exists()]
        if there and not replace:
            raise OperationError("not_empty", what=", ".join(str(path) for path in there))
        LocalPostgres(database).remove()
        shutil.rmtree(vectors, ignore_errors=True)
        for rest in self._places.state.glob("qdrant-*"):
            shutil.rmtree(rest, ignore_errors=True)

    def restore_secrets(self, folder: Path) -> None:
        for name in _SECRETS:
            value = (folder / _file_of(name)).read_text(encoding="utf-8")
            if self._settings.get(name, value) != value and name == "FRAMEWRIGHT_ENCRYPTION_KEY":
                raise OperationError("other_key", name=name)
            write_private(self._places.state / "secrets" / _file_of(name), value)
        if (folder / _CREDENTIALS).exists():
            write_private(self._places.credentials, (folder / _CREDENTIALS).read_text(encoding="utf-8"))

    def restore_database(self, dump: Path) -> None:
        given = self._settings.get("DATABASE_URL", "")
        own = None if given else LocalPostgres(self._places.state / "postgres")
        url = own.start() if own else given
        try:
            with psycopg.connect(url, autocommit=True) as connection:
                for name in SCHEMAS:
                    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {name}")
            for name in SCHEMAS:
                database = str(conninfo_to_dict(url).get("dbname", ""))
                options = [*RESTORE_OPTIONS, f"--schema={name}", f"--dbname={database}", str(dump)]
                self._program("pg_restore", *options, url=url)
        finally:
            if own:
                own.stop()

    def start(self) -> str:
        if commands.up(self._places, self._process_environment, self._say):
            raise OperationError("command_failed", command="start", tail=end_of(self._places.log_of("supervisor")))
        return url_of(self._record().ports[GATEWAY.name])

    def restore_vectors(self, snapshot: Path) -> None:
        named = snapshot.with_name("20000101T000000000000Z.jsonl.gz")
        snapshot.rename(named)
        self._snapshot("upload", str(named))
        self._snapshot("restore", named.name)

    def _record(self) -> MeshRecord:
        record = MeshRecord.read_running(self._places.record)
        if record is None:
            raise OperationError("no_mesh")
        return record

    def _of(self, service: str) -> dict[str, str]:
        """The environment that a running service was started with."""
        return psutil.Process(self._record().processes[service].pid).environ()

    def _snapshot(self, *arguments: str, target: Path | None = None) -> None:
        folder = self._places.root / RAG.folder
        command = [sys.executable, *SNAPSHOT_COMMAND, *arguments]
        run(command, cwd=folder, environment=self._of(RAG.name), target=target)

    def _program(self, name: str, *arguments: str, url: str, run: Callable[..., str] = run) -> None:
        """A PostgreSQL client; what it connects to goes by its environment, which no list of processes shows."""
        parts = conninfo_to_dict(url)
        known = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
        environment = {variable: str(parts[part]) for part, variable in known.items() if parts.get(part)}
        path = self._process_environment.get("PATH", "/usr/bin:/bin")
        run([str(client_program(name)), *arguments], environment={"PATH": path, **environment})


def _file_of(variable: str) -> str:
    return variable.removeprefix("FRAMEWRIGHT_").lower()
