"""Paths that stay inside, and files read with their own encoding."""

import os
from pathlib import Path

import pytest

from framewright.files import UnsafePath
from framewright.patching.errors import UnreadableFile
from framewright.patching.workspace import Workspace


@pytest.mark.parametrize(
    "path",
    ["", "/etc/passwd", "../x", "a/../../x", "a//b", "./a", "a/.", "C:/x", "c:x", "a\\b", "con", "a/NUL.txt", "com1.py",
     "lpt¹", "aux ", "x.", " x", "a\0b", "a\nb", "a:b", ".git/config", "a/.GIT/x", ".framewright/x", "~\x7f", "x" * 400,
     "link/x", "linked.py", "folder"],
)  # fmt: skip
def test_a_path_that_leads_out_is_refused(tmp_path: Path, path: str):
    root = tmp_path / "w"
    (root / "folder").mkdir(parents=True)
    (root / "link").symlink_to(tmp_path)
    (root / "linked.py").symlink_to(tmp_path / "other.py")
    with pytest.raises(UnsafePath):
        Workspace(root).place(path)


def test_a_path_inside_is_its_place(tmp_path: Path):
    assert Workspace(tmp_path).place("src/화면/a b.py") == tmp_path / "src" / "화면" / "a b.py"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [(b"x = 1\r\n", "utf-8"), ("\ufeff조회\n".encode(), "utf-8"), ("조회\n".encode("cp949"), "cp949"),
     ("\ufeff조회".encode("utf-16-le"), "utf-16-le"), ("\ufeff조회".encode("utf-16-be"), "utf-16-be"), (b"", "utf-8")],
)  # fmt: skip
def test_a_file_s_encoding_gives_its_bytes_again(tmp_path: Path, data: bytes, encoding: str):
    (tmp_path / "a.txt").write_bytes(data)
    file = Workspace(tmp_path).read("a.txt")
    assert file.encoding == encoding
    assert file.content.encode(encoding) == data


@pytest.mark.parametrize("data", [b"\x00\x01", b"\xff\xfe\x00", b"\x81\xff\xff", b"x" * 1_000_001])
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes):
    (tmp_path / "a.bin").write_bytes(data)
    with pytest.raises(UnreadableFile):
        Workspace(tmp_path).read("a.bin")


def test_folders_are_read_where_they_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # R4.3
    for name in ("src/a.py", "src/deep/b.py", "src/.hidden", "src/node_modules/c.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x = 1\n")
    (tmp_path / "src" / "d.bin").write_bytes(b"\x00")
    monkeypatch.chdir(tmp_path)
    space = Workspace(Path())
    assert [file.path for file in space.collect([Path("src")], scan=True)] == ["src/a.py", "src/deep/b.py"]
    with pytest.raises(UnsafePath):
        space.collect([Path("src")], scan=False)
    with pytest.raises(UnsafePath):
        space.collect([Path(os.devnull)], scan=True)
    with pytest.raises(UnreadableFile):
        space.collect([Path("none.py")], scan=True)
