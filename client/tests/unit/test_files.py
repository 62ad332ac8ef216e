"""Artifacts never leave their folder."""

import errno
import os
import re
from pathlib import Path

import pytest

from framewright import NotWritten, UnsafePath, write_artifacts

CONTENT = b"\xef\xbb\xbfa\r\n"


def test_files_are_written_byte_for_byte(tmp_path: Path):
    written = write_artifacts(tmp_path / "g1", {"TaskList.xml": CONTENT, "sql/task.sql": b"x"})
    assert written == [tmp_path / "g1" / "TaskList.xml", tmp_path / "g1" / "sql" / "task.sql"]
    assert written[0].read_bytes() == CONTENT


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/etc/x", "", "..", "C:\\x", "a\\..\\b", "c:x", "a\0b"])
def test_a_path_that_leads_out_is_refused_and_nothing_is_written(tmp_path: Path, path: str):
    with pytest.raises(UnsafePath):
        write_artifacts(tmp_path / "g1", {"good.xml": CONTENT, path: CONTENT})
    assert list(tmp_path.rglob("*")) == []


def test_a_link_that_leads_out_is_refused(tmp_path: Path):
    (tmp_path / "g1").mkdir()
    (tmp_path / "g1" / "link").symlink_to("/")
    with pytest.raises(UnsafePath):
        write_artifacts(tmp_path / "g1", {"link/x": CONTENT})


def state_of(folder: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")
    }


@pytest.mark.parametrize(
    "bad",
    [
        {"taken/x.xml": b"x"},
        {"folder": b"x"},
        {"new/a": b"x", "new/a/b": b"x"},
        {"n" * 300: b"x"},
    ],
    ids=["below a file", "over a folder", "a file and a folder", "too long a name"],
)
def test_all_or_none_is_written(tmp_path: Path, bad: dict[str, bytes]):
    (tmp_path / "folder").mkdir()
    (tmp_path / "taken").write_bytes(b"old")
    (tmp_path / "there.xml").write_bytes(b"old")
    before = state_of(tmp_path)
    with pytest.raises(NotWritten, match=re.escape(str(tmp_path))):
        write_artifacts(tmp_path, {"there.xml": b"new", "deep/er/a.xml": CONTENT, **bad})
    assert state_of(tmp_path) == before


def test_a_full_disk_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "a.xml").write_bytes(b"old")
    write = Path.write_bytes

    def full(place: Path, content: bytes) -> int:
        if content == b"last":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(place, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(NotWritten, match=r"b\.xml: No space left"):
        write_artifacts(tmp_path, {"a.xml": b"new", "b.xml": b"last"})
    assert state_of(tmp_path) == {"a.xml": b"old"}


def test_files_that_are_there_are_replaced(tmp_path: Path):
    (tmp_path / "a.xml").write_bytes(b"old")
    write_artifacts(tmp_path, {"a.xml": b"new", "b.xml": b"b"})
    assert state_of(tmp_path) == {"a.xml": b"new", "b.xml": b"b"}
