"""Backup and restore: Postgres and the vector store at one consistent point, with the keys."""

import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..messages import OperationError, Say
from . import vault
from .mesh import Mesh

DATABASE, VECTORS, SECRETS = "database.dump", "vectors.jsonl.gz", "secrets"
_ATTEMPTS = 5
_PATIENCE_S = 300.0
_PAUSE_S = 2.0


class Backups:
    """Makes backups of a mesh, and restores them into an empty one."""

    def __init__(
        self,
        mesh: Mesh,
        *,
        say: Say,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._mesh, self._say, self._sleep, self._clock = mesh, say, sleep, clock

    def make(self, folder: Path, *, keys: vault.Keys, version: str, keep: int = 0) -> Path:
        """A new backup in the folder; of older ones, `keep` in all stay (0: all).

        Raises:
            OperationError: the mesh never came to rest, or a part of it could not be read.
        """
        started = self._clock()
        now = datetime.now(UTC)
        target = folder / f"framewright-{now:%Y%m%dT%H%M%S%f}Z"
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="framewright-backup-") as staging:
            content = Path(staging)
            self._collect(content)
            (content / SECRETS).mkdir(mode=0o700)
            self._mesh.dump_secrets(content / SECRETS)
            sizes = {path.name: path.stat().st_size for path in (content / DATABASE, content / VECTORS)}
            manifest: dict[str, Any] = {
                "made_at": now.isoformat(timespec="seconds"), "version": version, "mesh": self._mesh.kind,
                "bytes": sizes, "secrets": sorted(path.name for path in (content / SECRETS).iterdir()),
            }  # fmt: skip
            vault.seal(content, target, manifest=manifest, keys=keys)
        size = sum(path.stat().st_size for path in target.iterdir())
        self._say("backed_up", folder=target, megabytes=size / 1e6, seconds=self._clock() - started)
        for old in vault.backups(folder)[: -keep if keep else 0]:
            shutil.rmtree(old)
            self._say("removed_old", name=old.name)
        return target

    def _collect(self, content: Path) -> None:
        """One consistent point: nothing was written to the vector store between the begin and the end of both dumps."""
        for _ in range(_ATTEMPTS):
            before = self._at_rest()
            self._mesh.dump_database(content / DATABASE)
            self._mesh.dump_vectors(content / VECTORS)
            if self._mesh.mark() == before:
                return
            self._sleep(_PAUSE_S)
        raise OperationError("never_still", count=_ATTEMPTS)

    def _at_rest(self) -> str:
        deadline = self._clock() + _PATIENCE_S
        mark = self._mesh.mark()
        if not mark:
            self._say("indexing")
        while not mark:
            if self._clock() > deadline:
                raise OperationError("never_still", count=1)
            self._sleep(_PAUSE_S)
            mark = self._mesh.mark()
        return mark

    def restore(self, backup: Path, *, keys: vault.Keys, replace: bool = False) -> None:
        """Puts a backup into an empty mesh, or in the place of what is there.

        Raises:
            OperationError: the backup is damaged or does not open (nothing was changed), or a step failed.
        """
        started = self._clock()
        with tempfile.TemporaryDirectory(prefix="framewright-restore-") as staging:
            content = Path(staging)
            manifest = vault.unseal(backup, content, keys=keys)
            self._say("restoring", name=backup.name, made_at=manifest["made_at"], version=manifest["version"])
            self._mesh.check_empty(replace=replace)
            self._step("secrets", lambda: self._mesh.restore_secrets(content / SECRETS))
            self._step("database", lambda: self._mesh.restore_database(content / DATABASE))
            url = self._step("start", self._mesh.start)
            self._step("vectors", lambda: self._mesh.restore_vectors(content / VECTORS))
        self._say("restored", seconds=self._clock() - started, url=url)

    def _step(self, name: str, work: Callable[[], Any]) -> Any:
        started = self._clock()
        result = work()
        self._say("step", name=name, seconds=self._clock() - started)
        return result
