"""An uploaded archive, unpacked within limits: nothing leaves the folder, no links, no bombs."""

import io
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

_PIECE = 1 << 16


class RefusedArchive(Exception):
    """The archive is not one, or not a safe one; the message says why."""


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """`ratio` is of the unpacked size to the packed one."""

    files: int = 20_000
    bytes: int = 200 * 1024 * 1024
    ratio: int = 100
    depth: int = 40


@dataclass(frozen=True, slots=True)
class _Member:
    name: str
    is_link: bool
    is_folder: bool
    is_file: bool
    opened: IO[bytes] | None


def unpack(content: bytes, folder: Path, limits: ArchiveLimits) -> int:
    """Unpacks a zip or a tar (plain, gz, bz2, xz) into the empty folder; the number of files.

    Raises:
        RefusedArchive: it is none of these, is damaged, or breaks a limit; the folder may be half full.
    """
    largest = min(limits.bytes, max(1, len(content)) * limits.ratio)
    files = total = 0
    try:
        for number, member in enumerate(_members(content), start=1):
            if number > 2 * limits.files:
                raise RefusedArchive("it has too many members")
            target = _target(folder, member, limits)
            if member.is_folder:
                target.mkdir(parents=True, exist_ok=True)
                continue
            files += 1
            if files > limits.files:
                raise RefusedArchive(f"it has more than {limits.files} files")
            total = _write(target, member, total, largest)
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise RefusedArchive(f"it can't be read: {error}") from error
    if not files:
        raise RefusedArchive("it has no files")
    return files


def _write(target: Path, member: _Member, total: int, largest: int) -> int:
    target.parent.mkdir(parents=True, exist_ok=True)
    if member.opened is None:
        raise RefusedArchive(f"{member.name} can't be read")
    with member.opened as source, target.open("xb") as file:
        while piece := source.read(_PIECE):
            total += len(piece)
            if total > largest:
                raise RefusedArchive(f"it unpacks to more than {largest} bytes")
            file.write(piece)
    return total


def _target(folder: Path, member: _Member, limits: ArchiveLimits) -> Path:
    name = member.name
    path = PurePosixPath(name)
    if member.is_link:
        raise RefusedArchive(f"{name[:200]!r} is a link")
    if not (member.is_file or member.is_folder):
        raise RefusedArchive(f"{name[:200]!r} is neither a file nor a folder")
    outside = path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name
    if outside or (path.parts and ":" in path.parts[0]) or len(path.parts) > limits.depth:
        raise RefusedArchive(f"the path {name[:200]!r} leads out of it")
    if any(len(part.encode()) > 255 for part in path.parts):
        raise RefusedArchive("a name in it is too long")
    return folder.joinpath(*path.parts)


def _members(content: bytes) -> Iterator[_Member]:
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for info in archive.infolist():
                is_link = stat.S_ISLNK(info.external_attr >> 16)
                opened = None if info.is_dir() or is_link else archive.open(info)
                yield _Member(info.filename, is_link, info.is_dir(), not info.is_dir(), opened)
        return
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:*") as archive:
        for entry in archive:
            is_link = entry.issym() or entry.islnk()
            opened = archive.extractfile(entry) if entry.isreg() else None
            yield _Member(entry.name, is_link, entry.isdir(), entry.isreg(), opened)
