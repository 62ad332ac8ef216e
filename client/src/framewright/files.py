"""Artifacts on disk: byte for byte as the mesh made them, and never outside their folder."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath

from .errors import ClientError


class UnsafePath(ClientError):
    """An artifact's path points outside the folder that it belongs in. Nothing was written."""


def write_artifacts(folder: Path, artifacts: Mapping[str, bytes]) -> list[Path]:
    """Writes the files below `folder`, all or none; returns where each one went.

    Raises:
        UnsafePath: a path is absolute, climbs with `..`, or leads out through a link.
    """
    places = {_inside(folder, path): content for path, content in artifacts.items()}
    for place, content in places.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return list(places)


def _inside(folder: Path, path: str) -> Path:
    parts = PurePosixPath(path)
    unsafe = not path or "\0" in path or "\\" in path or ".." in parts.parts or parts.is_absolute()
    place = folder / parts
    if unsafe or PureWindowsPath(path).drive or not place.resolve().is_relative_to(folder.resolve()):
        raise UnsafePath(f"{path!r} is no path inside {folder}")
    return place
