"""How each fault is done, and undone."""

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import pytest

from support.fault_proxy import Mode
from support.mesh import until
from support.simulator import set_pace

from .faulty_mesh import ENGINE, POSTGRES, FaultyMesh
from .rows import CLOCK, Row

Way = Callable[[FaultyMesh, str], AbstractContextManager[None]]


@contextmanager
def injected(faulty: FaultyMesh, row: Row) -> Iterator[None]:
    """The fault holds inside, and at least for `holds_s`."""
    way = _SPECIAL.get((row.subject, row.fault)) or _COMMON[row.fault]
    started = time.monotonic()
    with way(faulty, row.subject):
        yield
        time.sleep(max(0.0, started + row.holds_s - time.monotonic()))


def knows(row: Row) -> bool:
    """Whether there is a way to do this row."""
    return (row.subject, row.fault) in _SPECIAL or row.fault in _COMMON


@contextmanager
def _line(faulty: FaultyMesh, subject: str, mode: Mode) -> Iterator[None]:
    proxy = faulty.proxies[subject]
    proxy.set(mode)
    try:
        yield
    finally:
        proxy.set("pass")


@contextmanager
def _hung(faulty: FaultyMesh, subject: str) -> Iterator[None]:
    faulty.signal(subject, signal.SIGSTOP)
    try:
        yield
    finally:
        faulty.signal(subject, signal.SIGCONT)


@contextmanager
def _killed(faulty: FaultyMesh, subject: str) -> Iterator[None]:
    """The supervisor starts it again."""
    faulty.mesh.kill(subject)
    yield


@contextmanager
def _database_restarted(faulty: FaultyMesh, _subject: str) -> Iterator[None]:
    faulty.database.stop()
    try:
        yield
    finally:
        faulty.database.start()


@contextmanager
def _database_killed(faulty: FaultyMesh, _subject: str) -> Iterator[None]:
    """No warning to anybody, and recovery from the write-ahead log."""
    faulty.signal(POSTGRES, signal.SIGKILL)
    until(lambda: not faulty.database.alive())
    try:
        yield
    finally:
        faulty.database.start()


@contextmanager
def _database_read_only(faulty: FaultyMesh, _subject: str) -> Iterator[None]:
    """As a managed server whose disk is nearly full makes itself."""
    faulty.sql("ALTER SYSTEM SET default_transaction_read_only = on")
    faulty.sql("SELECT pg_reload_conf()")
    try:
        yield
    finally:
        faulty.sql("ALTER SYSTEM RESET default_transaction_read_only")
        faulty.sql("SELECT pg_reload_conf()")


@contextmanager
def _full(disk: Path | None) -> Iterator[None]:
    """Not a byte is left."""
    if disk is None:
        pytest.skip("a file system of its own needs the right to mount one (root)")
    filler = disk / "filler"
    try:
        with filler.open("wb", buffering=0) as file:
            while True:
                file.write(b"\0" * 1_048_576)
    except OSError:
        _fill_the_rest(filler)
    try:
        yield
    finally:
        filler.unlink()


def _fill_the_rest(filler: Path) -> None:
    try:
        with filler.open("ab", buffering=0) as file:
            while True:
                file.write(b"\0" * 512)
    except OSError:
        os.sync()


@contextmanager
def _database_full(faulty: FaultyMesh, _subject: str) -> Iterator[None]:
    """A server that has given up meanwhile is started again, as an operator's service manager does."""
    with _full(faulty.database_disk):
        yield
    if not faulty.database.alive():
        faulty.database.start()


@contextmanager
def _store_lost(faulty: FaultyMesh, _subject: str) -> Iterator[None]:
    """The vector store's files are gone when rag-service comes up again."""
    faulty.mesh.command("halt", "rag-service")
    shutil.rmtree(faulty.mesh.state / "qdrant")
    faulty.mesh.command("release", "rag-service")
    yield


def _jumped(offset: str) -> Way:
    """One gateway's clock; those of all others and PostgreSQL's stay right."""

    @contextmanager
    def done(faulty: FaultyMesh, _subject: str) -> Iterator[None]:
        assert faulty.clock is not None
        faulty.clock.write_text(offset, encoding="utf-8")
        try:
            yield
        finally:
            faulty.clock.write_text("+0", encoding="utf-8")

    return done


@contextmanager
def _database_slow(faulty: FaultyMesh, subject: str) -> Iterator[None]:
    """A quarter of a second for each statement: a disk that is busy with something else."""
    proxy = faulty.proxies[subject]
    usual, proxy.delay_s = proxy.delay_s, 0.25
    try:
        with _line(faulty, subject, "slow"):
            yield
    finally:
        proxy.delay_s = usual


def _as_it_is(_faulty: FaultyMesh, _subject: str) -> AbstractContextManager[None]:
    """The engine asked for is broken from its start."""
    return nullcontext()


def _engine_set(name: str) -> Way:
    @contextmanager
    def done(faulty: FaultyMesh, _subject: str) -> Iterator[None]:
        set_pace(faulty.engine_url, **{name: True})
        try:
            yield
        finally:
            set_pace(faulty.engine_url, **{name: False})

    return done


def _through(mode: Mode) -> Way:
    return lambda faulty, subject: _line(faulty, subject, mode)


_COMMON: dict[str, Way] = {
    "killed": _killed,
    "hung": _hung,
    "slow": _through("slow"),
    "500": _through("error"),
    "garbage": _through("garbage"),
    "cut": _through("cut"),
}
_SPECIAL: dict[tuple[str, str], Way] = {
    (POSTGRES, "restarted"): _database_restarted,
    (POSTGRES, "killed"): _database_killed,
    (POSTGRES, "read-only"): _database_read_only,
    (POSTGRES, "slow"): _database_slow,
    (POSTGRES, "full"): _database_full,
    ("disk", "full"): lambda faulty, _: _full(faulty.state_disk),
    ("Qdrant", "lost"): _store_lost,
    (ENGINE, "dead"): _through("cut"),
    (ENGINE, "out of memory"): _engine_set("out_of_memory"),
    (ENGINE, "out of memory (llama.cpp)"): _as_it_is,
    (ENGINE, "out of memory (Ollama)"): _as_it_is,
    (CLOCK, "an hour forward"): _jumped("+3600"),
    (CLOCK, "an hour back"): _jumped("-3600"),
    (ENGINE, "endless"): _engine_set("endless"),
    (ENGINE, "stalled"): _engine_set("stalled"),
}
