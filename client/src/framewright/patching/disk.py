"""Writing so that it is there after a crash: bytes flushed, renames flushed with their folder; one writer at a time."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .errors import Busy


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def sha256_of(place: Path) -> str | None:
    """Of a file's bytes; None where there is no file."""
    try:
        return sha256(place.read_bytes())
    except FileNotFoundError:
        return None


def write_new(place: Path, data: bytes, *, mode: int | None = None) -> None:
    """Writes a file that was not there, or replaces what was left of an earlier attempt, and flushes it."""
    with suppress(FileNotFoundError):
        place.unlink()
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(place, flags, 0o666 if mode is None else 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        if mode is not None:
            place.chmod(mode)
        os.fsync(descriptor)


def replace(source: Path, target: Path) -> None:
    """Puts a file in another's place, in one step, and flushes the folder."""
    source.replace(target)
    flush_folder(target.parent)


def remove(place: Path) -> None:
    with suppress(FileNotFoundError):
        place.unlink()
        flush_folder(place.parent)


def flush_folder(folder: Path) -> None:
    if os.name == "nt":  # renames are durable there without it, and a folder can't be opened
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def locked(place: Path) -> Iterator[None]:
    """Keeps other processes out; the system lets the lock go when its holder dies.

    Raises:
        Busy: another process has it.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("a+b") as file:
        try:
            _lock(file.fileno())
        except OSError as error:
            raise Busy(f"another process writes a patch here ({place})") from error
        yield


def _lock(descriptor: int) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
