"""Repositories: what may be indexed, what is indexed, and how far it is."""

import asyncio
import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from chassis.errors import Conflict, FieldError, NotFound, Unavailable, Unprocessable, UpstreamFailed

from ...core.qdrant import StoreFailed
from .archives import ArchiveLimits, RefusedArchive, unpack
from .cloning import RefusedUrl, checked_branch, checked_url
from .indexer import CodeIndexer
from .records import Progress, Record, Registry, SourceType, repository_id
from .worker import RepositoryWorker


@dataclass(frozen=True, slots=True)
class Allowed:
    """Where repositories may come from; nothing by default, but for uploads."""

    roots: Sequence[Path] = ()
    git: Sequence[str] = ()
    archives: ArchiveLimits = field(default_factory=ArchiveLimits)


class RepositoryService:
    def __init__(self, *, registry: Registry, worker: RepositoryWorker, indexer: CodeIndexer, allowed: Allowed) -> None:
        self._registry = registry
        self._worker = worker
        self._indexer = indexer
        self._allowed = allowed

    def all(self) -> list[Record]:
        return list(self._registry)

    def one(self, wanted: str) -> Record:
        """A repository's record.

        Raises:
            NotFound: there is none of that id.
        """
        record = self._registry.get(wanted)
        if record is None:
            raise NotFound(f"There is no repository {wanted[:80]}.")
        return record

    async def create(self, name: str, branch: str, source: SourceType, location: str) -> Record:
        """Queues a repository; the same name and branch again: what changed is indexed.

        `location` is a path, a URL, or an archive's content in Base64.

        Raises:
            Unprocessable: it may not be indexed; the field says why.
            Conflict: it is being indexed.
        """
        self._check_branch(branch)
        wanted = repository_id(name, branch)
        known = self._registry.get(wanted)
        if known is not None and known.state in {"queued", "indexing"}:
            raise Conflict("The repository is being indexed.", code="repository_busy")
        if source == "path":
            location = str(await asyncio.to_thread(self._checked_path, location))
        elif source == "git":
            location = self._checked_url(location)
        else:
            await asyncio.to_thread(self._unpacked, wanted, location)
            location = ""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        record = known or Record(wanted, name, branch, source, created_at=now)
        return self._queued(replace(record, source=source, location=location))

    def index(self, wanted: str) -> Record:
        """Queues a repository again, from where it came.

        Raises:
            NotFound: there is none.
            Conflict: it is being indexed, or was uploaded and is not here any more.
        """
        record = self.one(wanted)
        if record.state in {"queued", "indexing"}:
            return record
        if record.source == "archive":
            raise Conflict("An uploaded archive is not kept: upload it again.", code="archive_not_kept")
        return self._queued(record)

    async def delete(self, wanted: str) -> None:
        """Forgets a repository with all that is stored of it; a run under way ends.

        Raises:
            NotFound: there is none.
            UpstreamFailed: the store did not answer; the repository is still there.
        """
        record = self.one(wanted)
        try:
            await self._indexer.purge(record.id)
        except StoreFailed as error:
            raise UpstreamFailed(f"The vector store did not answer: {error}.") from error
        await asyncio.to_thread(self._registry.remove, record.id)

    def _queued(self, record: Record) -> Record:
        try:
            queued = self._registry.put(replace(record, state="queued", message="", progress=Progress()))
        except OSError as error:
            raise Unavailable(f"The repository can't be noted: {error.strerror}.") from error
        self._worker.request()
        return queued

    def _checked_path(self, location: str) -> Path:
        try:
            path = Path(location).resolve(strict=True)
            roots = [root.resolve() for root in self._allowed.roots]
        except (OSError, ValueError, RuntimeError):
            raise _refused("source.path", "is not a folder on the server's allow-list") from None
        if not path.is_dir() or not any(path.is_relative_to(root) for root in roots):
            raise _refused("source.path", "is not a folder on the server's allow-list")
        return path

    def _checked_url(self, url: str) -> str:
        try:
            return checked_url(url, self._allowed.git)
        except (RefusedUrl, ValueError) as error:
            raise _refused("source.url", str(error)) from error

    def _check_branch(self, branch: str) -> None:
        try:
            checked_branch(branch)
        except RefusedUrl as error:
            raise _refused("branch", str(error)) from error

    def _unpacked(self, wanted: str, content: str) -> None:
        try:
            packed = base64.b64decode(content, validate=True)
        except (binascii.Error, ValueError) as error:
            raise _refused("source.content", "is not Base64") from error
        try:
            filled = self._registry.new_tree(wanted)
            unpack(packed, filled, self._allowed.archives)
            self._registry.take_tree(wanted, filled)
        except RefusedArchive as error:
            self._registry.new_tree(wanted)
            raise _refused("source.content", f"the archive is refused: {error}", code="unsafe_archive") from error
        except OSError as error:
            raise Unavailable(f"The archive can't be unpacked here: {error.strerror}.") from error


def _refused(where: str, why: str, *, code: str = "source_not_allowed") -> Unprocessable:
    return Unprocessable(f"{where} {why}.", code=code, errors=[FieldError(where, why)])
