"""A snapshot's file: gzip, a JSON document a line; the same for every kind of store, so that one restores the other."""

import base64
import gzip
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from ...core.qdrant import Point, SparseVector

FORMAT = "framewright-snapshot"
VERSION = 2
_READABLE = (1, 2)
"""A file of version 1 holds no repositories."""


class BrokenSnapshot(Exception):
    """The file is no snapshot, or not all of one."""


@dataclass(frozen=True, slots=True)
class SnapshotLine:
    """One point and the collection it belongs to."""

    collection: str
    point: Point


@dataclass(frozen=True, slots=True)
class RepositoryLine:
    """What is known of an indexed repository."""

    document: dict[str, Any]


def write_head(file: gzip.GzipFile, *, created_at: str) -> None:
    _write(file, {"format": FORMAT, "version": VERSION, "created_at": created_at})


def write_point(file: gzip.GzipFile, line: SnapshotLine) -> None:
    point = line.point
    _write(
        file,
        {
            "collection": line.collection,
            "id": point.id,
            "dense": base64.b64encode(array("f", point.dense).tobytes()).decode(),
            "sparse": [point.sparse.indices, point.sparse.values] if point.sparse else None,
            "payload": point.payload,
        },
    )


def write_repository(file: gzip.GzipFile, document: Mapping[str, Any]) -> None:
    _write(file, {"repository": document})


def write_end(file: gzip.GzipFile, counts: dict[str, int], repositories: int) -> None:
    """The last line says what must have come before it: a file that was cut short has none."""
    _write(file, {"end": True, "points": counts, "repositories": repositories})


def read_lines(path: Path) -> Iterator[SnapshotLine | RepositoryLine]:
    """All points and repositories of a file.

    Raises:
        BrokenSnapshot: damaged, cut short, or of another format.
    """
    counts: dict[str, int] = {}
    repositories = 0
    try:
        with gzip.open(path, "rb") as file:
            head = orjson.loads(file.readline())
            if head.get("format") != FORMAT or head.get("version") not in _READABLE:
                raise BrokenSnapshot(f"{path.name} is of another format")
            for raw in file:
                document = orjson.loads(raw)
                if document.get("end"):
                    if (document["points"], document.get("repositories", 0)) != (counts, repositories):
                        raise BrokenSnapshot(f"{path.name} lacks points")
                    return
                if "repository" in document:
                    repositories += 1
                    yield RepositoryLine(document["repository"])
                    continue
                counts[document["collection"]] = counts.get(document["collection"], 0) + 1
                yield SnapshotLine(document["collection"], _point(document))
    except (OSError, EOFError, ValueError, KeyError, AttributeError) as error:
        raise BrokenSnapshot(f"{path.name} can't be read: {error}") from error
    raise BrokenSnapshot(f"{path.name} was cut short")


def _point(document: dict[str, Any]) -> Point:
    sparse = SparseVector(*document["sparse"]) if document["sparse"] else None
    dense = array("f", base64.b64decode(document["dense"])).tolist()
    return Point(document["id"], dense, sparse, document["payload"])


def _write(file: gzip.GzipFile, document: dict[str, Any]) -> None:
    file.write(orjson.dumps(document) + b"\n")
