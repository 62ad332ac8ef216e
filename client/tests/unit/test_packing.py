"""What of a folder is sent to be indexed."""

import importlib.util
import io
import subprocess
import tarfile
from pathlib import Path
from random import Random

import pytest

from framewright import packing
from framewright.packing import Pack, PackTooLarge, pack

SCREENING = Path(__file__).parents[3] / "rag-service" / "app" / "features" / "repositories" / "screening.py"


def write(folder: Path, *paths: str, content: bytes = b"x") -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def names(packed: Pack) -> list[str]:
    with tarfile.open(fileobj=io.BytesIO(packed.content)) as archive:
        return archive.getnames()


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)


def test_what_is_built_and_what_no_index_wants_is_left_out(tmp_path: Path):
    write(
        tmp_path, "src/a.py", ".git/HEAD", "node_modules/x/i.js", "build/a.js", "target/A.class", ".venv/a.py", "z.md"
    )
    (tmp_path / "link").symlink_to("/etc")
    assert names(pack(tmp_path)) == ["src/a.py", "z.md"]


def test_in_a_working_tree_git_says_what_is_ignored(tmp_path: Path):
    git(tmp_path, "init")
    write(tmp_path, ".gitignore", content=b"/generated\n*.log\n")
    write(tmp_path, "generated/a.py", "x.log", "build/tool.py", "node_modules/i.js", "한글.py", "gone.py")
    git(tmp_path, "add", "gone.py")
    (tmp_path / "gone.py").unlink()
    git(tmp_path / "build", "init")
    assert names(pack(tmp_path)) == [".gitignore", "build/tool.py", "한글.py"]
    assert names(pack(tmp_path / "generated")) == ["a.py"], "who names an ignored folder means it"


def test_secrets_binaries_and_large_files_stay_here(tmp_path: Path):
    write(tmp_path, "a.py", ".env.example", ".env", "server.PEM", "conf/id_rsa")
    write(tmp_path, "a.png", content=b"\x89PNG\0")
    write(tmp_path, "wide.txt", content="글".encode("utf-16"))
    write(tmp_path, "large.sql", content=b"x" * (packing.LARGEST_FILE + 1))
    packed = pack(tmp_path)
    assert names(packed) == [".env.example", "a.py", "wide.txt"]
    assert packed.files == 3
    assert packed.left_out == {"secret": 3, "binary": 1, "too_large_file": 1}


def test_an_archive_tells_nothing_of_this_machines_user(tmp_path: Path):
    write(tmp_path, "a.py")
    with tarfile.open(fileobj=io.BytesIO(pack(tmp_path).content)) as archive:
        entry = archive.getmember("a.py")
    assert (entry.uid, entry.gid, entry.uname, entry.gname) == (0, 0, "", "")


def test_a_pack_has_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(packing, "LARGEST_PACK", 10)
    write(
        tmp_path, *(f"{number}.txt" for number in range(3)), content=bytes(Random(1).choices(range(1, 256), k=200_000))
    )
    with pytest.raises(PackTooLarge):
        pack(tmp_path)


def test_what_is_secret_is_what_the_index_takes_for_it():
    specification = importlib.util.spec_from_file_location("screening", SCREENING)
    assert specification
    assert specification.loader
    screening = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(screening)
    assert screening._SECRET_NAMES == packing._SECRET
    assert screening._SAMPLE_NAMES == packing._SAMPLE
    assert screening.LARGEST_FILE == packing.LARGEST_FILE
