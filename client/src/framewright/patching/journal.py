"""Writes patches to disk, all files or none, whenever the process dies; mends what a dead one left; undoes patches."""

import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .disk import flush_folder, locked, remove, replace, sha256, sha256_of, write_new
from .errors import NothingToUndo, StaleFile
from .transactions import ABORTED, COMMITTED, READY, Entry, FileChange, Transaction, read_transaction
from .workspace import Workspace

_KEPT = 50
"""Committed transactions whose old bytes stay, to be undone."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What became of a transaction that a dead process left: `finished`, or `taken_back`.

    `foreign`: files that somebody else changed since; they were left alone, and what they were is in `folder`.
    """

    outcome: str
    paths: list[str]
    foreign: list[str]
    folder: Path


class Journal:
    """The journal of one workspace. `on_step` is told each step that is on disk now."""

    def __init__(self, workspace: Workspace, *, on_step: Callable[[str], None] = lambda _step: None) -> None:
        self._workspace = workspace
        self._folder = workspace.state / "journal"
        self._on_step = on_step

    def apply(self, changes: Sequence[FileChange], *, patch_id: str = "") -> str | None:
        """Writes the files; the transaction's id, or None where the disk has them already.

        Raises:
            StaleFile: a file is not what the patch was made for. Nothing was written.
            UnsafePath, Busy.
        """
        with locked(self._workspace.state / "lock"):
            list(self._recover())
            return self._write(changes, patch_id=patch_id, undoes="")

    def recover(self) -> list[Recovered]:
        """Finishes, or takes back, what a process that died left half done."""
        with locked(self._workspace.state / "lock"):
            return list(self._recover())

    def unfinished(self) -> bool:
        """Whether there is something to recover."""
        return any(
            item is None or not (item.committed or item.aborted) for item in map(read_transaction, self._folders())
        )

    def undo(self, name: str = "") -> Transaction:
        """Takes back the last patch, or the one with that id (the mesh's, or the journal's).

        Raises:
            NothingToUndo: there is none. StaleFile: a file of it was changed since.
        """
        with locked(self._workspace.state / "lock"):
            list(self._recover())
            undone = {item.undoes for item in self._transactions() if item.committed}
            open_ = [
                item for item in self._transactions() if item.committed and not item.undoes and item.id not in undone
            ]
            found = next((item for item in reversed(open_) if not name or name in {item.patch_id, item.id}), None)
            if found is None:
                raise NothingToUndo(f"no patch {name}".strip() + f" was written in {self._workspace.root}")
            changes = [
                FileChange(
                    entry.path, entry.sha256, None if entry.base_sha256 is None else found.backup(number).read_bytes()
                )
                for number, entry in enumerate(found.entries)
            ]
            self._write(changes, patch_id=found.patch_id, undoes=found.id)
            self._remove_folders(found)
            return found

    def _write(self, changes: Sequence[FileChange], *, patch_id: str, undoes: str) -> str | None:
        current = {change.path: sha256_of(self._workspace.place(change.path)) for change in changes}
        if all(current[change.path] == _sha(change.new) for change in changes):
            return None
        stale = [change.path for change in changes if current[change.path] != change.base_sha256]
        if stale:
            raise StaleFile(", ".join(stale))
        transaction = self._prepared(changes, patch_id, undoes)
        transaction.mark(READY)
        self._on_step("ready")
        foreign = self._put_in_place(transaction)
        if foreign:
            self._take_back(transaction)
            raise StaleFile(", ".join(foreign))
        self._commit(transaction)
        return transaction.id

    def _prepared(self, changes: Sequence[FileChange], patch_id: str, undoes: str) -> Transaction:
        """Everything that is needed to finish, or to take back, on disk; no file of the workspace is touched yet."""
        folder = self._folder / f"{time.time_ns():020d}-{secrets.token_hex(4)}"
        for part in ("backup", "new"):
            (folder / part).mkdir(parents=True)
        entries = [self._entry(change) for change in changes]
        transaction = Transaction(folder, patch_id, undoes, entries)
        self._on_step("folder")
        transaction.write_manifest()
        self._on_step("manifest")
        for number, change in enumerate(changes):
            if change.base_sha256 is not None:
                write_new(transaction.backup(number), self._workspace.place(change.path).read_bytes())
                self._on_step(f"backup {number}")
            if change.new is not None:
                write_new(transaction.new(number), change.new)
                self._on_step(f"new {number}")
        for written in (folder / "backup", folder / "new", folder, self._folder):
            flush_folder(written)
        return transaction

    def _entry(self, change: FileChange) -> Entry:
        place = self._workspace.place(change.path)
        mode = place.stat().st_mode & 0o7777 if change.base_sha256 is not None else None
        missing: list[str] = []
        parent = place.parent
        while not parent.exists():
            missing.append(parent.relative_to(self._workspace.root).as_posix())
            parent = parent.parent
        return Entry(change.path, change.base_sha256, _sha(change.new), mode, missing)

    def _put_in_place(self, transaction: Transaction) -> list[str]:
        """Each file in one step. Stops at the first that somebody else has changed, and gives its path."""
        for number, entry in enumerate(transaction.entries):
            target = self._workspace.place(entry.path)
            now = sha256_of(target)
            if now == entry.sha256:
                continue
            if now != entry.base_sha256:
                return [entry.path]
            if entry.sha256 is None:
                remove(target)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                temporary = transaction.temporary(target, number)
                write_new(temporary, transaction.new(number).read_bytes(), mode=entry.mode)
                self._on_step(f"temporary {number}")
                replace(temporary, target)
            self._on_step(f"replaced {number}")
        return []

    def _commit(self, transaction: Transaction) -> None:
        transaction.mark(COMMITTED)
        self._on_step("committed")
        shutil.rmtree(transaction.folder / "new", ignore_errors=True)
        for old in [item for item in self._transactions() if item.committed][:-_KEPT]:
            shutil.rmtree(old.folder, ignore_errors=True)
        self._on_step("cleaned")

    def _recover(self) -> Iterator[Recovered]:
        for folder in self._folders():
            transaction = read_transaction(folder)
            if transaction is None:
                shutil.rmtree(folder, ignore_errors=True)
            elif not (transaction.committed or transaction.aborted):
                yield self._mended(transaction)

    def _mended(self, transaction: Transaction) -> Recovered:
        paths = [entry.path for entry in transaction.entries]
        for number, entry in enumerate(transaction.entries):
            remove(transaction.temporary(self._workspace.place(entry.path), number))
        if not transaction.ready:
            shutil.rmtree(transaction.folder, ignore_errors=True)
            return Recovered("taken_back", paths, [], transaction.folder)
        foreign = [
            entry.path
            for entry in transaction.entries
            if sha256_of(self._workspace.place(entry.path)) not in {entry.base_sha256, entry.sha256}
        ]
        if foreign or self._put_in_place(transaction):
            self._take_back(transaction)
            return Recovered("taken_back", paths, foreign, transaction.folder)
        self._commit(transaction)
        if transaction.undoes:
            undone = read_transaction(self._folder / transaction.undoes)
            if undone is not None:
                self._remove_folders(undone)
        return Recovered("finished", paths, [], transaction.folder)

    def _take_back(self, transaction: Transaction) -> None:
        """The old bytes again, wherever the new ones stand; what somebody else wrote is left alone."""
        for number, entry in enumerate(transaction.entries):
            target = self._workspace.place(entry.path)
            if sha256_of(target) != entry.sha256:
                continue
            if entry.base_sha256 is None:
                remove(target)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                temporary = transaction.temporary(target, number)
                write_new(temporary, transaction.backup(number).read_bytes(), mode=entry.mode)
                replace(temporary, target)
        self._remove_folders(transaction)
        transaction.mark(ABORTED)

    def _remove_folders(self, transaction: Transaction) -> None:
        """Folders that came with the transaction's files, where they are empty again."""
        for entry in transaction.entries:
            for folder in entry.made_folders:
                with suppress(OSError):
                    (self._workspace.root / folder).rmdir()

    def _transactions(self) -> list[Transaction]:
        """In the order in which they were begun."""
        return [item for folder in self._folders() if (item := read_transaction(folder)) is not None]

    def _folders(self) -> list[Path]:
        return sorted(self._folder.iterdir()) if self._folder.is_dir() else []


def _sha(data: bytes | None) -> str | None:
    return None if data is None else sha256(data)
