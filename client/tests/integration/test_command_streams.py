"""Where the command's input comes from, and where its output goes: other encodings, a full disk, no text."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
from tests.stand_in import KEY, Mesh

SOURCE = Path(__file__).parents[2] / "src"
Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def run(mesh: Mesh, tmp_path: Path) -> Run:
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(SOURCE), "FRAMEWRIGHT_URL": mesh.url,
        "FRAMEWRIGHT_API_KEY": KEY, "LC_ALL": "C.UTF-8",
    }  # fmt: skip

    def run(*words: str | bytes, stdin: bytes = b"", stdout: int = subprocess.PIPE, **more: str):
        return subprocess.run(
            [sys.executable, "-m", "framewright", *words], check=False, cwd=tmp_path, env={**environment, **more},
            input=stdin, stdout=stdout, stderr=subprocess.PIPE, timeout=60,
        )  # fmt: skip

    return run


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", [("search", "x"), ("search", "x", "--json"), ("completion", "bash")])
def test_output_to_a_full_disk_ends_in_a_line(run: Run, words: tuple[str, ...]):
    with Path("/dev/full").open("wb") as full:
        done = run(*words, stdout=full.fileno())
    assert done.returncode == 1
    assert done.stderr.decode() == "A file can't be read or written: No space left on device\n"


@pytest.mark.parametrize("words", [("search", "x"), ("search", "x", "--json"), ("completion", "bash")])
def test_a_reader_that_has_enough_hears_no_complaint(run: Run, words: tuple[str, ...]):
    reading, writing = os.pipe()
    os.close(reading)
    done = run(*words, stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_terminal_that_knows_no_check_mark_gets_the_rest(finished: Mesh, run: Run):
    done = run("generate", "x", "--lang", "ko", PYTHONIOENCODING="euc-kr")
    assert done.returncode == 0, done.stderr
    assert "? 의도 파악" in done.stdout.decode("euc-kr")


def test_json_is_whole_in_any_encoding(run: Run):
    done = run("search", "그리드", "--json", PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout)["hits"][0]["title"] == "그리드"


def test_input_that_is_no_text_is_said(mesh: Mesh, run: Run):
    for done in (run("generate", "-", stdin=b"\xff\xfe", PYTHONIOENCODING="utf-8"), run("search", b"a\xffb")):
        assert done.returncode == 2
        assert done.stderr.decode().startswith("The input is no text of this locale")
        assert done.stderr.count(b"\n") == 1
    assert mesh.asked == []


@pytest.mark.parametrize("streams", ["<&-", ">&-", "<&- >&- 2>&-"])
def test_a_job_without_standard_streams_runs(finished: Mesh, tmp_path: Path, streams: str):
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(SOURCE), "FRAMEWRIGHT_URL": finished.url,
        "FRAMEWRIGHT_API_KEY": KEY,
    }  # fmt: skip
    command = f'exec "{sys.executable}" -m framewright generate x {streams}'
    assert subprocess.run(["sh", "-c", command], check=False, cwd=tmp_path, env=environment, timeout=60).returncode == 0
    assert (tmp_path / "out" / "g1" / "TaskList.xml").exists()


def test_the_version(run: Run):
    assert run("--version").stdout.decode().strip() == version("framewright")
