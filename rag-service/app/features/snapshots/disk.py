"""What snapshots do on the disk: pages of points, parts of files that come from elsewhere, marks."""

import gzip
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from chassis.errors import FieldError, Unprocessable

from ...core.qdrant import Point
from .files import SnapshotLine, read_lines, write_point


def counted(path: Path) -> dict[str, int]:
    """Points by collection; the whole file is read.

    Raises:
        BrokenSnapshot: damaged, cut short, or of another format.
    """
    counts: dict[str, int] = {}
    for line in read_lines(path):
        if isinstance(line, SnapshotLine):
            counts[line.collection] = counts.get(line.collection, 0) + 1
    return counts


def write_page(file: gzip.GzipFile, collection: str, page: Sequence[Point]) -> None:
    for point in page:
        write_point(file, SnapshotLine(collection, point))


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def removed(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def append_part(folder: Path, name: str, offset: int, content: bytes) -> int:
    """The size so far.

    Raises:
        Unprocessable: the part does not follow the one before.
    """
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f"{name}.part"
    size = partial.stat().st_size if offset and partial.is_file() else 0
    if offset != size:
        message = f"is {offset}, but {size} bytes have come so far"
        raise Unprocessable(f"`offset` {message}.", errors=[FieldError("offset", message)])
    with partial.open("ab" if offset else "wb") as file:
        file.write(content)
    return size + len(content)
