"""The journal: all files or none, undone byte for byte, and nobody else's changes overwritten."""

import os
from pathlib import Path

import pytest

from framewright.patching.disk import locked, sha256
from framewright.patching.errors import Busy, NothingToUndo, StaleFile
from framewright.patching.journal import Journal
from framewright.patching.transactions import FileChange
from framewright.patching.workspace import Workspace

OLD, NEW = b"\xef\xbb\xbfold\r\n", b"\xef\xbb\xbfnew\r\n"


def change(path: str, base: bytes | None, new: bytes | None) -> FileChange:
    return FileChange(path, None if base is None else sha256(base), new)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "a.py").write_bytes(OLD)
    (tmp_path / "a.py").chmod(0o750)
    (tmp_path / "gone.py").write_bytes(OLD)
    return tmp_path


CHANGES = [change("a.py", OLD, NEW), change("deep/er/b.py", None, NEW), change("gone.py", OLD, None)]


def contents(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".framewright" not in path.parts
    }


def test_files_are_changed_made_and_removed_together_and_undone(root: Path):
    journal = Journal(Workspace(root))
    before = contents(root)
    assert journal.apply(CHANGES, patch_id="p1") is not None
    assert contents(root) == {"a.py": NEW, "deep/er/b.py": NEW}
    assert (root / "a.py").stat().st_mode & 0o777 == 0o750
    assert journal.apply(CHANGES, patch_id="p1") is None, "the disk has it already"
    undone = journal.undo("p1")
    assert undone.patch_id == "p1"
    assert contents(root) == before
    assert not (root / "deep").exists()
    assert (root / "a.py").stat().st_mode & 0o777 == 0o750
    with pytest.raises(NothingToUndo):
        journal.undo()


def test_patches_are_undone_from_the_last_one_on(root: Path):
    journal = Journal(Workspace(root))
    journal.apply([change("a.py", OLD, NEW)], patch_id="one")
    journal.apply([change("a.py", NEW, b"newer")], patch_id="two")
    with pytest.raises(StaleFile):
        journal.undo("one")
    journal.undo()
    journal.undo()
    assert contents(root)["a.py"] == OLD


def test_a_file_that_is_not_the_base_leaves_all_as_it_is(root: Path):
    (root / "gone.py").write_bytes(b"changed elsewhere")
    before = contents(root)
    with pytest.raises(StaleFile, match=r"gone\.py"):
        Journal(Workspace(root)).apply(CHANGES)
    assert contents(root) == before


def test_a_file_changed_in_the_middle_takes_all_back(root: Path):
    def meddle(step: str) -> None:
        if step == "replaced 0":
            (root / "gone.py").write_bytes(b"changed meanwhile")

    with pytest.raises(StaleFile, match=r"gone\.py"):
        Journal(Workspace(root), on_step=meddle).apply(CHANGES)
    assert contents(root) == {"a.py": OLD, "gone.py": b"changed meanwhile"}
    assert Journal(Workspace(root)).recover() == []


def test_a_file_changed_after_an_undo_was_asked_for_stays(root: Path):
    journal = Journal(Workspace(root))
    journal.apply(CHANGES)
    (root / "a.py").write_bytes(b"worked on since")
    with pytest.raises(StaleFile, match=r"a\.py"):
        journal.undo()
    assert (root / "a.py").read_bytes() == b"worked on since"


class Died(Exception):
    """A fake death: what comes after it is not done."""


@pytest.mark.parametrize("path", ["a.py", "gone.py"])
def test_what_somebody_changed_after_a_crash_is_left_alone(root: Path, path: str):
    def die(step: str) -> None:
        if step == "replaced 1":
            raise Died

    with pytest.raises(Died):
        Journal(Workspace(root), on_step=die).apply(CHANGES)
    (root / path).write_bytes(b"foreign")
    found = Journal(Workspace(root)).recover()
    assert [(item.outcome, item.foreign) for item in found] == [("taken_back", [path])]
    assert contents(root) == {"a.py": OLD, "gone.py": OLD, path: b"foreign"}
    assert (found[0].folder / "backup").is_dir()
    assert not Journal(Workspace(root)).unfinished()


def test_only_one_process_writes(root: Path):
    space = Workspace(root)
    with locked(space.state / "lock"), pytest.raises(Busy):
        Journal(space).apply(CHANGES)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_disk_that_refuses_leaves_all_as_it_is(root: Path):
    (root / "deep").mkdir(mode=0o500)
    before = contents(root)
    with pytest.raises(PermissionError):
        Journal(Workspace(root)).apply(CHANGES)
    Journal(Workspace(root)).recover()
    assert contents(root) == before
