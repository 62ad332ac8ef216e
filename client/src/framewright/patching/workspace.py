"""The folder that patches stay in: safe places, and files read with their encoding."""

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from framewright.files import UnsafePath

from .errors import UnreadableFile

STATE = Path(".framewright") / "patches"
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\..*)?", re.IGNORECASE)
_PROTECTED = frozenset({".git", ".framewright", ".hg", ".svn", ".ssh"})
_SKIPPED = frozenset({"node_modules", "__pycache__", "dist", "build", "target", "venv"})
_LARGEST = 1_000_000
_MOST_FILES = 50
_BYTE_ORDER = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file as it is on disk. `content.encode(encoding)` is its bytes."""

    path: str
    content: str
    encoding: str
    sha256: str

    def document(self) -> dict[str, Any]:
        return {"path": self.path, "content": self.content, "encoding": self.encoding, "sha256": self.sha256}


class Workspace:
    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    @property
    def state(self) -> Path:
        """Where the journal is."""
        return self.root / STATE

    def place(self, path: str) -> Path:
        """Where a path of a patch lies.

        Raises:
            UnsafePath: it leads out, through a link, to a device, or into a folder that no patch writes into.
        """
        parts = path.split("/")
        if not path or len(path) > 300 or re.search(r'[\x00-\x1f\x7f<>:"|?*\\]', path) or PureWindowsPath(path).drive:
            raise UnsafePath(f"{path!r} is no path inside {self.root}")
        if PurePosixPath(path).is_absolute() or any(_is_unsafe(part) for part in parts):
            raise UnsafePath(f"{path!r} is no path inside {self.root}")
        place = self.root
        for part in parts:
            place /= part
            if place.is_symlink():
                raise UnsafePath(f"{path!r} leads through a link")
        if place.exists() and not place.is_file():
            raise UnsafePath(f"{path!r} is no file")
        return place

    def collect(self, paths: Sequence[Path], *, scan: bool) -> list[LocalFile]:
        """The files at these paths (below the root, or relative to the current folder); folders where `scan`.

        Raises:
            UnsafePath, UnreadableFile: one can't be sent. What a folder holds is left out instead.
        """
        found: dict[str, LocalFile] = {}
        for path in paths:
            name = self._name(path)
            place = self.root / name
            if place.is_dir() and scan and not place.is_symlink():
                for inner in _below(place):
                    file = self._read_or_none(inner.relative_to(self.root).as_posix())
                    if file is not None and len(found) < _MOST_FILES:
                        found[file.path] = file
            else:
                found[name] = self.read(name)
        return list(found.values())

    def read(self, path: str) -> LocalFile:
        place = self.place(path)
        try:
            data = place.read_bytes()
        except OSError as error:
            raise UnreadableFile(f"{path}: {error.strerror or error}") from error
        if len(data) > _LARGEST:
            raise UnreadableFile(f"{path}: larger than {_LARGEST:,} bytes")
        encoding = _encoding(data)
        if encoding is None:
            raise UnreadableFile(f"{path}: no text in UTF-8, UTF-16 or CP949")
        return LocalFile(path, data.decode(encoding), encoding, hashlib.sha256(data).hexdigest())

    def read_any(self, path: Path) -> str:
        """The text of a file anywhere: what is pasted need not be in the workspace."""
        return Workspace(path.resolve().parent).read(path.name).content

    def _name(self, path: Path) -> str:
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 - a link must not be followed here
        if not absolute.is_relative_to(self.root):
            raise UnsafePath(f"{path} is not inside {self.root}")
        return absolute.relative_to(self.root).as_posix()

    def _read_or_none(self, path: str) -> LocalFile | None:
        try:
            return self.read(path)
        except (UnreadableFile, UnsafePath):
            return None


def _is_unsafe(part: str) -> bool:
    if part in {"", ".", ".."} or len(part) > 200 or part.endswith((" ", ".")) or part.startswith(" "):
        return True
    return part.lower() in _PROTECTED or _DEVICE.fullmatch(part.rstrip(" ")) is not None


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _SKIPPED)
        yield from (Path(parent) / name for name in sorted(names) if not name.startswith("."))


def _encoding(data: bytes) -> str | None:
    """The encoding that gives exactly these bytes again; None where the file is no text."""
    candidates = [_BYTE_ORDER[data[:2]]] if data[:2] in _BYTE_ORDER else ["utf-8", "cp949"]
    for encoding in candidates:
        try:
            text = data.decode(encoding)
            if text.encode(encoding) == data and "\x00" not in text:
                return encoding
        except UnicodeError:
            continue
    return None
