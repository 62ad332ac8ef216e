"""PostgreSQL for the local mesh: the user's by DATABASE_URL, or a private one; and the services' migrations."""

import asyncio
import hashlib
import sys
from collections.abc import Mapping
from pathlib import Path

from chassis.local_postgres import LocalPostgres, LocalPostgresError

from .layout import end_of
from .messages import MeshError
from .record import ProcessMark

MIGRATE_LIMIT_S = 120.0


class Database:
    """The server that all services share. Where `DATABASE_URL` is set, there is nothing to start or to stop."""

    def __init__(self, *, url: str, directory: Path, port: int | None) -> None:
        self._own = None if url else LocalPostgres(directory, port=port)
        self.url = self._own.url if self._own else url

    @property
    def mark(self) -> ProcessMark | None:
        pid = self._own.pid if self._own else None
        return ProcessMark.of(pid) if pid else None

    @property
    def identity(self) -> str:
        """Of a private server's data, which a new one made at the same place does not share; "" for any other."""
        if self._own is None:
            return ""
        status = (self._own.data / "PG_VERSION").stat()
        return f"{status.st_ino}-{status.st_mtime_ns}"

    async def start(self) -> None:
        """Starts the private server, or does nothing.

        Raises:
            MeshError: it did not come up.
        """
        if self._own is None:
            return
        try:
            await asyncio.to_thread(self._own.start)
        except LocalPostgresError as error:
            raise MeshError("database_failed", reason=error) from error

    def died(self) -> bool:
        return self._own is not None and not self._own.alive()

    async def stop(self) -> None:
        if self._own is not None:
            await asyncio.to_thread(self._own.stop)


class Migrations:
    """Brings a service's schema up to date; a private database whose migrations have not changed is passed by."""

    def __init__(self, *, stamps: Path | None, identity: str) -> None:
        """`stamps`: where it is noted what was migrated, or None to migrate every time.

        `identity` tells one database from another that takes its place.
        """
        self._stamps = stamps
        self._identity = identity

    async def run(self, service: str, *, folder: Path, environment: Mapping[str, str], log: Path) -> bool:
        """Whether there was anything to run.

        Raises:
            MeshError: the migration failed; with the end of its log.
        """
        digest = f"{self._identity} {_digest(folder / 'app' / 'db')}"
        stamp = self._stamps / f"{service}.migrated" if self._stamps else None
        if stamp and stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
            return False
        with log.open("ab") as output:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "app.db.migrate", "up",
                stdin=asyncio.subprocess.DEVNULL, stdout=output, stderr=output, cwd=folder, env=dict(environment),
            )  # fmt: skip
        try:
            async with asyncio.timeout(MIGRATE_LIMIT_S):
                code = await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if code:
            raise MeshError("migration_failed", name=service, log=log, tail=end_of(log))
        if stamp:
            stamp.write_text(digest, encoding="utf-8")
        return True


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".py", ".sql", ".ini", ".mako"}:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
