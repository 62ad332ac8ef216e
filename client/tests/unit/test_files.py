"""Artifacts never leave their folder."""

from pathlib import Path

import pytest

from framewright import UnsafePath, write_artifacts

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
