"""What a backup asks of a mesh, whichever way it runs, and how programs are called for it."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from ..messages import OperationError

SCHEMAS = ("gateway", "admin")
DUMP_OPTIONS = ("--format=custom", "--no-owner", "--no-privileges", *(f"--schema={name}" for name in SCHEMAS))
RESTORE_OPTIONS = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
SNAPSHOT_COMMAND = ("-m", "app.features.snapshots.command")
_TAIL = 2000


class Mesh(Protocol):
    """A running mesh to be backed up, or an empty place to restore one into."""

    kind: str

    def mark(self) -> str:
        """What the vector store holds, as a text that differs once it was written; "" while it is written."""
        ...

    def dump_database(self, to: Path) -> None:
        """Both schemas as of one moment."""
        ...

    def dump_vectors(self, to: Path) -> None: ...

    def dump_secrets(self, to: Path) -> None:
        """The keys, one file each, into the folder."""
        ...

    def passphrase_file(self) -> Path:
        """Where this mesh keeps the passphrase of its backups."""
        ...

    def check_empty(self, *, replace: bool) -> None:
        """Makes sure that there is room for a restore; `replace` deletes what is there.

        Raises:
            OperationError: it runs, or has data.
        """
        ...

    def restore_secrets(self, folder: Path) -> None: ...

    def restore_database(self, dump: Path) -> None:
        """Into an empty database, which is up after it or can be started."""
        ...

    def start(self) -> str:
        """Starts everything, migrations first; where it answers."""
        ...

    def restore_vectors(self, snapshot: Path) -> None: ...


def run(
    command: Sequence[str],
    *,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    source: Path | None = None,
    target: Path | None = None,
) -> str:
    """Runs a program to its end; `source` is its input, `target` takes its output.

    Raises:
        OperationError: it failed; with the end of what it said.
    """
    with (source or Path("/dev/null")).open("rb") as given, (target or Path("/dev/null")).open("wb") as taken:
        result = subprocess.run(
            command, check=False, cwd=cwd, env=dict(environment) if environment is not None else None,
            stdin=given, stdout=taken if target else subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
    said = (result.stdout or b"").decode("utf-8", "replace")
    if result.returncode:
        tail = (said + result.stderr.decode("utf-8", "replace"))[-_TAIL:].strip()
        raise OperationError("command_failed", command=" ".join(command[:4]), tail=tail)
    return said
