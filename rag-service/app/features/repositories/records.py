"""What is known of each repository: a small file each, written whole or not at all."""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal

from .kept import KeptFiles

State = Literal["queued", "indexing", "ready", "failed"]
SourceType = Literal["path", "archive", "git"]


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of the latest run; `eta_s` is None until there is something to reckon from."""

    files: int = 0
    files_done: int = 0
    chunks: int = 0
    embedded: int = 0
    unchanged: int = 0
    deleted: int = 0
    secrets: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    eta_s: float | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A branch of a repository; `location` is a path or a URL, empty for an archive."""

    id: str
    name: str
    branch: str
    source: SourceType
    location: str = ""
    state: State = "queued"
    message: str = ""
    fingerprint: str = ""
    created_at: str = ""
    indexed_at: str | None = None
    progress: Progress = field(default_factory=Progress)


class Registry:
    """The records of a folder, in memory; a change of state is on the disk before it is told."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()
        self.kept = KeptFiles(self._folder / "files")
        self._records: dict[str, Record] = {}
        for path in sorted(folder.glob("*.json")):
            record = _read(path)
            if record is not None:
                self._records[record.id] = record

    def __iter__(self) -> Iterator[Record]:
        return iter(sorted(self._records.values(), key=lambda record: (record.name, record.branch)))

    def get(self, repository_id: str) -> Record | None:
        return self._records.get(repository_id)

    def put(self, record: Record) -> Record:
        self._folder.mkdir(parents=True, exist_ok=True)
        partial = self._folder / f"{record.id}.partial"
        partial.write_text(json.dumps(asdict(record), ensure_ascii=False), encoding="utf-8")
        partial.replace(self._folder / f"{record.id}.json")
        self._records[record.id] = record
        return record

    def documents(self) -> list[dict[str, Any]]:
        """For a backup: all records as they are written."""
        return [asdict(record) for record in self]

    def restore(self, documents: Sequence[Mapping[str, Any]]) -> None:
        """The records of a backup in the place of those that are there; what was under way is queued again."""
        for known in list(self):
            self.remove(known.id)
        for document in documents:
            record = _parsed(document)
            self.put(replace(record, state="queued") if record.state == "indexing" else record)

    def remember(self, record: Record) -> None:
        """In memory alone: where it can't be written."""
        self._records[record.id] = record

    def progress(self, repository_id: str, progress: Progress) -> None:
        """In memory alone: the store says what is done, after a restart too."""
        record = self._records.get(repository_id)
        if record is not None:
            self._records[repository_id] = replace(record, progress=progress)

    def remove(self, repository_id: str) -> None:
        self._records.pop(repository_id, None)
        (self._folder / f"{repository_id}.json").unlink(missing_ok=True)
        self.clear_tree(repository_id)
        self.kept.remove(repository_id)

    def tree(self, repository_id: str) -> Path:
        """Where the files of an archive or a clone lie until they are indexed."""
        return self._folder / "trees" / repository_id

    def new_tree(self, repository_id: str) -> Path:
        """A folder to fill before it takes the place of `tree`."""
        path = self._folder / "trees" / f"{repository_id}.new"
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        return path

    def take_tree(self, repository_id: str, filled: Path) -> None:
        self.clear_tree(repository_id)
        filled.rename(self.tree(repository_id))

    def clear_tree(self, repository_id: str) -> None:
        shutil.rmtree(self.tree(repository_id), ignore_errors=True)


def repository_id(name: str, branch: str) -> str:
    """The same for the same name and branch."""
    return blake2b(f"{name}\0{branch}".encode(), digest_size=8).hexdigest()


def _read(path: Path) -> Record | None:
    try:
        return _parsed(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _parsed(document: Mapping[str, Any]) -> Record:
    return Record(**{**document, "progress": Progress(**document["progress"])})
