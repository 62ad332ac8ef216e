"""The stack of Docker Compose, as a backup sees it."""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from ..messages import OperationError
from . import vector_mark
from .mesh import DUMP_OPTIONS, RESTORE_OPTIONS, SCHEMAS, SNAPSHOT_COMMAND, run

_DATABASE = ("-U", "framewright")
_PASSPHRASE = "backup_passphrase"  # noqa: S105 - a file's name


class ComposeMesh:
    kind = "compose"

    def __init__(self, root: Path, environment: Mapping[str, str], *, call: Callable[..., str] = run) -> None:
        self._root, self._environment, self._call = root, dict(environment), call
        self._secrets = root / "deploy" / "secrets"

    def runs(self) -> bool:
        """Whether its gateway is up; False as well where there is no Docker."""
        if shutil.which("docker", path=self._environment.get("PATH")) is None:
            return False
        try:
            return bool(self._compose("ps", "--status", "running", "-q", "gateway").strip())
        except OperationError:
            return False

    def mark(self) -> str:
        script = Path(vector_mark.__file__).read_text(encoding="utf-8")
        own = "import os; os.environ.setdefault('RAG_URL', 'http://127.0.0.1:8000')\n"
        return self._compose("exec", "-T", "rag-service", "python", "-c", own + script)

    def dump_database(self, to: Path) -> None:
        self._compose("exec", "-T", "postgres", "pg_dump", *_DATABASE, *DUMP_OPTIONS, "framewright", target=to)

    def dump_vectors(self, to: Path) -> None:
        self._snapshot("create")
        self._snapshot("download", target=to)

    def dump_secrets(self, to: Path) -> None:
        for path in self._secrets.iterdir():
            if path.name != _PASSPHRASE:
                shutil.copy(path, to / path.name)

    def passphrase_file(self) -> Path:
        return self._secrets / _PASSPHRASE

    def check_empty(self, *, replace: bool) -> None:
        if self._compose("ps", "-a", "-q").strip() and not replace:
            raise OperationError("runs", how="make down")
        project = json.loads(self._compose("config", "--format", "json"))["name"]
        label = f"label=com.docker.compose.project={project}"
        volumes = self._call(
            ["docker", "volume", "ls", "-q", "--filter", label], cwd=self._root, environment=self._environment
        ).split()
        data = [name for name in volumes if name.endswith(("_postgres-data", "_qdrant-data", "_rag-data"))]
        if data and not replace:
            raise OperationError("not_empty", what=", ".join(data))
        self._compose("down", "--remove-orphans", "--volumes")

    def restore_secrets(self, folder: Path) -> None:
        self._secrets.mkdir(mode=0o700, exist_ok=True)
        for path in folder.iterdir():
            target = self._secrets / path.name
            target.unlink(missing_ok=True)
            shutil.copy(path, target)
            target.chmod(0o600 if path.suffix == ".json" else 0o444)

    def restore_database(self, dump: Path) -> None:
        """The roles and their empty schemas are made by the server's first start."""
        self._call([str(self._root / "deploy" / "secrets.sh")], cwd=self._root, environment=self._environment)
        self._compose("up", "-d", "--wait", "postgres")
        for name in SCHEMAS:
            options = [*RESTORE_OPTIONS, f"--schema={name}", f"--role={name}", "--dbname=framewright"]
            self._compose("exec", "-T", "postgres", "pg_restore", *_DATABASE, *options, source=dump)

    def start(self) -> str:
        self._call([str(self._root / "deploy" / "up.sh")], cwd=self._root, environment=self._environment)
        return f"http://{self._compose('port', 'edge', '8080').strip()}"

    def restore_vectors(self, snapshot: Path) -> None:
        name = "20000101T000000000000Z.jsonl.gz"
        self._snapshot("upload", name, source=snapshot)
        self._snapshot("restore", name)

    def _snapshot(self, *arguments: str, source: Path | None = None, target: Path | None = None) -> None:
        inside = ("exec", "-T", "rag-service", "python", *SNAPSHOT_COMMAND, *arguments)
        self._compose(*inside, source=source, target=target)

    def _compose(self, *arguments: str, source: Path | None = None, target: Path | None = None) -> str:
        return self._call(
            ["docker", "compose", *arguments],
            cwd=self._root, environment=self._environment, source=source, target=target,
        )  # fmt: skip
