"""What a transaction of the journal is on disk: a folder with its manifest, the old bytes, the new bytes, its marks.

The marks come in this order, each flushed before anything after it happens:
`manifest.json` (what will change), `backup/N` and `new/N`, `ready` (from here on it can be finished), `committed`.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .disk import flush_folder, write_new

MANIFEST, READY, COMMITTED, ABORTED = "manifest.json", "ready", "committed", "aborted"


@dataclass(frozen=True, slots=True)
class FileChange:
    """`new` is None where the file goes; `base_sha256` None where there is none yet."""

    path: str
    base_sha256: str | None
    new: bytes | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a transaction, as the manifest has it. `made_folders` are those that came with the file."""

    path: str
    base_sha256: str | None
    sha256: str | None
    mode: int | None
    made_folders: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Transaction:
    """`undoes` is the transaction that this one takes back; `patch_id` the patch at the mesh."""

    folder: Path
    patch_id: str
    undoes: str
    entries: list[Entry]

    @property
    def id(self) -> str:
        return self.folder.name

    @property
    def ready(self) -> bool:
        return (self.folder / READY).exists()

    @property
    def committed(self) -> bool:
        return (self.folder / COMMITTED).exists()

    @property
    def aborted(self) -> bool:
        return (self.folder / ABORTED).exists()

    def backup(self, number: int) -> Path:
        return self.folder / "backup" / str(number)

    def new(self, number: int) -> Path:
        return self.folder / "new" / str(number)

    def temporary(self, target: Path, number: int) -> Path:
        """Beside its target, for a rename works within one file system only."""
        return target.parent / f".{self.id}-{number}.tmp"

    def mark(self, name: str) -> None:
        write_new(self.folder / name, b"")
        flush_folder(self.folder)

    def write_manifest(self) -> None:
        document = {"version": 1, "patch_id": self.patch_id, "undoes": self.undoes,
                    "files": [asdict(entry) for entry in self.entries]}  # fmt: skip
        partial = self.folder / f"{MANIFEST}.tmp"
        write_new(partial, json.dumps(document, ensure_ascii=False).encode())
        partial.replace(self.folder / MANIFEST)
        flush_folder(self.folder)


def read_transaction(folder: Path) -> Transaction | None:
    """None where the manifest was not written to its end: then nothing else was done either."""
    try:
        document: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None
    entries = [Entry(**item) for item in document["files"]]
    return Transaction(folder, document["patch_id"], document["undoes"], entries)
