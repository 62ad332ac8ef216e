"""Artifacts on disk: byte for byte as the mesh made them, and never outside their folder."""

import errno
import os
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePosixPath, PureWindowsPath

from .errors import ClientError


class NotWritten(ClientError):
    """The files could not be put on disk; every file is as it was."""


class UnsafePath(NotWritten):
    """An artifact's path points outside the folder that it belongs in. Nothing was written."""


def write_artifacts(folder: Path, artifacts: Mapping[str, bytes]) -> list[Path]:
    """Writes the files below `folder`, all or none; returns where each one went.

    Raises:
        UnsafePath: a path is absolute, climbs with `..`, or leads out through a link.
        NotWritten: the disk is full, the folder can't be written to, and the like.
    """
    places = {_inside(folder, path): content for path, content in artifacts.items()}
    write_files(places)
    return list(places)


def write_files(contents: Mapping[Path, bytes]) -> None:
    """Writes the files, and the folders that they need, all or none; raises `NotWritten`."""
    writing = _Writing()
    try:
        for place, content in contents.items():
            writing.draft(place, content)
        writing.finish()
    except OSError as error:
        writing.take_back()
        raise NotWritten(f"{writing.at}: {error.strerror or error}") from error
    except BaseException:
        writing.take_back()
        raise


class _Writing:
    """Drafts beside their places first; then each takes its place, and what was there is kept until the end."""

    def __init__(self) -> None:
        self.at = Path()
        self._folders: list[Path] = []
        self._drafts: dict[Path, Path] = {}
        self._earlier: dict[Path, Path] = {}
        self._placed: list[Path] = []

    def draft(self, place: Path, content: bytes) -> None:
        self.at = place
        for folder in reversed([folder for folder in place.parents if not folder.exists()]):
            folder.mkdir(exist_ok=True)
            self._folders.append(folder)
        self._drafts[place] = _beside(place)
        self._drafts[place].write_bytes(content)

    def finish(self) -> None:
        for place, draft in self._drafts.items():
            self.at = place
            if place.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(place))
            if place.exists():
                self._earlier[place] = _beside(place)
                place.replace(self._earlier[place])
            self._placed.append(place)
            draft.replace(place)
        for earlier in self._earlier.values():
            earlier.unlink()

    def take_back(self) -> None:
        steps: list[Callable[[], object]] = [partial(place.unlink, missing_ok=True) for place in self._placed]
        steps += [partial(earlier.replace, place) for place, earlier in self._earlier.items()]
        steps += [partial(draft.unlink, missing_ok=True) for draft in self._drafts.values()]
        steps += [folder.rmdir for folder in reversed(self._folders)]
        for step in steps:
            with suppress(OSError):
                step()


def _beside(place: Path) -> Path:
    return place.with_name(f".{uuid.uuid4().hex}.part")


def _inside(folder: Path, path: str) -> Path:
    parts = PurePosixPath(path)
    unsafe = not path or "\0" in path or "\\" in path or ".." in parts.parts or parts.is_absolute()
    place = folder / parts
    if unsafe or PureWindowsPath(path).drive or not place.resolve().is_relative_to(folder.resolve()):
        raise UnsafePath(f"{path!r} is no path inside {folder}")
    return place
