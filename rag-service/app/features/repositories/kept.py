"""The indexed files of an archive or a clone, whole: their tree is dropped, and chunks alone don't give a file back."""

import zipfile
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_SOMETIME = (1980, 1, 1, 0, 0, 0)
"""A zip needs a date; that of a file in an archive may be one that it can't write."""


class KeptFiles:
    """A zip for each repository, written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, repository_id: str, root: Path, paths: Iterable[str]) -> None:
        """Takes the place of what was kept before. Raises `OSError`, `ValueError` (a name that a zip can't hold)."""
        self._folder.mkdir(parents=True, exist_ok=True)
        partial = self._folder / f"{repository_id}.partial"
        try:
            with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
                for path in paths:
                    archive.writestr(zipfile.ZipInfo(path, _SOMETIME), (root / path).read_bytes(), zipfile.ZIP_DEFLATED)
            partial.replace(self._zip(repository_id))
        finally:
            partial.unlink(missing_ok=True)

    def has(self, repository_id: str) -> bool:
        return self._zip(repository_id).is_file()

    def read(self, repository_id: str, path: str) -> bytes | None:
        """A file's content, or None where it is not kept."""
        try:
            with zipfile.ZipFile(self._zip(repository_id)) as archive:
                return archive.read(path)
        except (KeyError, OSError, zipfile.BadZipFile, zlib.error):
            return None

    def remove(self, repository_id: str) -> None:
        with suppress(NotADirectoryError):
            self._zip(repository_id).unlink(missing_ok=True)

    def _zip(self, repository_id: str) -> Path:
        return self._folder / f"{repository_id}.zip"
