"""One indexed file, whole and byte for byte as it was indexed; else why it can't be given."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from chassis.errors import Conflict, FieldError, NotFound, PayloadTooLarge, Unprocessable, UpstreamFailed

from ...core.qdrant import StoreFailed
from .indexer import CodeIndexer, file_hash
from .records import Record, Registry
from .screening import LARGEST_FILE
from .walking import read

LARGEST = 1_000_000
"""Bytes of a file that is given; what is larger no plan takes."""
_ENCODINGS = ("utf-8", "cp949", "utf-16")
_GONE = "index the repository again"


@dataclass(frozen=True, slots=True)
class WholeFile:
    """`content` in `encoding` is the file's bytes; a byte order mark stays, and `sha256` is of the bytes."""

    repository_id: str
    path: str
    encoding: str
    content: str
    sha256: str


class RepositoryFiles:
    def __init__(self, *, registry: Registry, indexer: CodeIndexer, roots: Sequence[Path]) -> None:
        """`roots`: the allow-list; a folder that left it is not read any more."""
        self._registry = registry
        self._indexer = indexer
        self._roots = roots

    async def read(self, repository_id: str, path: str) -> WholeFile:
        """The file as it is indexed.

        Raises:
            NotFound: no such repository, or nothing of that path is indexed.
            Conflict: it changed since, is not kept, or is being indexed: index again.
            Unprocessable: secret values were left out of it, or it is no text in an encoding that we know.
            PayloadTooLarge, UpstreamFailed.
        """
        record = self._registry.get(repository_id)
        if record is None:
            raise NotFound(f"There is no repository {repository_id[:80]}.", code="repository_not_found")
        try:
            indexed = await self._indexer.file_hashes(record, path)
        except StoreFailed as error:
            raise UpstreamFailed(f"The vector store did not answer: {error}.") from error
        if not indexed:
            _check_settled(record)
            raise NotFound(f"No file {path[:300]!r} is indexed in {record.name}.", code="file_not_indexed")
        content = await asyncio.to_thread(self._content, record, path)
        if indexed != {file_hash(content)}:
            _check_settled(record)
            raise _conflict("file_changed", path, f"it changed since it was indexed: {_GONE}")
        if len(content) > LARGEST:
            raise PayloadTooLarge(f"{path!r} has more than {LARGEST:,} bytes.", code="file_too_large")
        encoding, text = _decoded(content, path)
        return WholeFile(record.id, path, encoding, text, hashlib.sha256(content).hexdigest())

    def _content(self, record: Record, path: str) -> bytes:
        if record.source == "path":
            return self._on_disk(Path(record.location), path)
        kept = self._registry.kept.read(record.id, path)
        if kept is not None:
            return kept
        _check_settled(record)
        if self._registry.kept.has(record.id):
            raise _has_secrets(path)
        again = "upload the archive again" if record.source == "archive" else _GONE
        raise _conflict("file_not_kept", path, f"it is not kept here: {again}")

    def _on_disk(self, root: Path, path: str) -> bytes:
        """Of a folder that is still allowed; never through a link."""
        if not self._is_in_place(root, path):
            raise _conflict("file_gone", path, f"it is not where it was indexed any more: {_GONE}")
        content, found = read(root, path)
        if found.secrets:
            raise _has_secrets(path)
        return content

    def _is_in_place(self, root: Path, path: str) -> bool:
        try:
            root = root.resolve(strict=True)
            place = (root / path).resolve(strict=True)
            allowed = any(root.is_relative_to(folder.resolve()) for folder in self._roots)
            own = place == root / path and place.is_file() and place.stat().st_size <= LARGEST_FILE
        except (OSError, ValueError, RuntimeError):
            return False
        return allowed and own


def _decoded(content: bytes, path: str) -> tuple[str, str]:
    """The first encoding that gives the same bytes back."""
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
            if text.encode(encoding) == content:
                return encoding, text
        except UnicodeError:
            continue
    raise _refused("file_encoding", path, "it is no text in UTF-8, CP949 or UTF-16")


def _check_settled(record: Record) -> None:
    if record.state in {"queued", "indexing"}:
        raise Conflict("The repository is being indexed.", code="repository_busy")


def _has_secrets(path: str) -> Unprocessable:
    return _refused("file_has_secrets", path, "secret values were left out of it")


def _conflict(code: str, path: str, why: str) -> Conflict:
    message = f"{path[:300]!r} can't be given whole: {why}."
    return Conflict(message, code=code, errors=[FieldError("path", message)])


def _refused(code: str, path: str, why: str) -> Unprocessable:
    message = f"{path[:300]!r} can't be given whole: {why}."
    return Unprocessable(message, code=code, errors=[FieldError("path", message)])
