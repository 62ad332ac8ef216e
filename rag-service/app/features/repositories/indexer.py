"""Brings the store to what a working tree says: only chunks that are new are embedded, what is gone is deleted."""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID, uuid5

from ...core.qdrant import CODE_KEYWORDS, CODE_PREFIX, Point, SparseVector, VectorStore, Where
from .chunking import Chunk, chunk_file
from .records import Progress, Record
from .texts import dense_text, names_of, sparse_text
from .walking import FoundFile, read, walk

_BATCH = 32
_VERSION = "1"
"""Of the chunks: another one makes all files be read again."""
_NAMESPACE = UUID("2f0c7a52-8d4e-4d0b-9a55-6f6b0f6f3c11")


class DocumentVectors(Protocol):
    @property
    def fingerprint(self) -> str: ...
    @property
    def dense(self) -> list[list[float]]: ...
    @property
    def sparse(self) -> list[SparseVector]: ...


class DocumentEmbedder(Protocol):
    async def documents(self, dense: Sequence[str], sparse: Sequence[str]) -> DocumentVectors: ...


class Stopped(Exception):
    """The repository was deleted, or given anew, while it was indexed."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What a run came to; `whole`: the files that no secret value was left out of."""

    fingerprint: str
    whole: list[str]


@dataclass(slots=True)
class _Run:
    """One run over one tree: what is stored, what waits to be embedded, and the counts."""

    record: Record
    root: Path
    collection: str
    fingerprint: str
    stored: dict[str, dict[str, Mapping[str, Any]]]
    report: Callable[[Progress], None]
    files: list[FoundFile]
    skipped: Counter[str]
    counts: Counter[str] = field(default_factory=Counter)
    pending: list[tuple[str, Chunk, dict[str, Any]]] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    bytes_left: int = 0
    bytes_worked: int = 0
    started: float = field(default_factory=time.monotonic)
    whole: list[str] = field(default_factory=list)

    def progress(self) -> Progress:
        elapsed = time.monotonic() - self.started
        eta = round(elapsed / self.bytes_worked * self.bytes_left, 1) if self.bytes_worked else None
        return Progress(
            files=len(self.files),
            files_done=self.counts["done"],
            chunks=self.counts["chunks"],
            embedded=self.counts["embedded"],
            unchanged=self.counts["unchanged"],
            deleted=self.counts["deleted"],
            secrets=self.counts["secrets"],
            skipped=dict(self.skipped),
            eta_s=eta if self.bytes_left else 0.0,
        )


class CodeIndexer:
    """One collection for each embedding fingerprint; a repository's branch is a scope in it."""

    def __init__(self, *, store: VectorStore, embedder: DocumentEmbedder) -> None:
        self._store = store
        self._embedder = embedder

    async def run(self, record: Record, root: Path, report: Callable[[Progress], None]) -> Indexed:
        """One pass, safe to break off anywhere: the next one goes on where it ended.

        Raises:
            ServiceError: embedding-service did not answer.
            StoreFailed: the store did not answer.
            Stopped: `report` says that the repository is not to be indexed any more.
        """
        probe = await self._embedder.documents(["probe"], ["probe"])
        collection = code_collection(probe.fingerprint)
        await self._store.ensure(collection, dimension=len(probe.dense[0]), keywords=CODE_KEYWORDS)
        walked = await asyncio.to_thread(walk, root)
        stored = await self._stored(collection, record.id)
        run = _Run(record, root, collection, probe.fingerprint, stored, report, walked.files, walked.skipped)
        run.bytes_left = sum(file.size for file in walked.files)
        for file in walked.files:
            await self._file(run, file)
            run.report(run.progress())
        await self._flush(run)
        run.stale += [point_id for points in run.stored.values() for point_id in points]
        await self._flush(run)
        run.report(run.progress())
        return Indexed(probe.fingerprint, run.whole)

    async def file_hashes(self, record: Record, path: str) -> set[str]:
        """The hashes of what is stored of a file: one, two while it is indexed anew, none where it is not known."""
        if not record.fingerprint:
            return set()
        where = Where({"scope": [record.id], "path": [path]})
        found = await self._store.payloads(code_collection(record.fingerprint), fields=["file_hash"], where=where)
        return {str(payload.get("file_hash")) for payload in found.values()}

    async def purge(self, repository_id: str) -> None:
        """Deletes all that is stored of a repository."""
        for name in await self._store.collections():
            if name.startswith(CODE_PREFIX):
                scope = Where({"scope": [repository_id]})
                ids = list(await self._store.payloads(name, fields=["path"], where=scope))
                if ids:
                    await self._store.delete(name, ids)

    async def drop_others(self, fingerprints: set[str]) -> None:
        """Drops collections of models that no repository is indexed by any more."""
        kept = {code_collection(fingerprint) for fingerprint in fingerprints}
        for name in await self._store.collections():
            if name.startswith(CODE_PREFIX) and name not in kept:
                await self._store.drop(name)

    async def _file(self, run: _Run, file: FoundFile) -> None:
        stored = run.stored.pop(file.path, {})
        content, found = await asyncio.to_thread(read, run.root, file.path)
        digest = file_hash(content)
        if not (found.refused or found.secrets):
            run.whole.append(file.path)
        if found.refused:
            run.skipped[found.refused] += 1
            run.stale += stored
        elif stored and all(
            payload.get("file_hash") == digest and payload.get("of") == len(stored) for payload in stored.values()
        ):
            run.counts.update(unchanged=len(stored), chunks=len(stored), secrets=found.secrets)
        else:
            run.counts["secrets"] += found.secrets
            run.bytes_worked += file.size
            chunks = await asyncio.to_thread(chunk_file, file.path, found.text)
            await self._changed(run, chunks, stored, digest)
        run.counts["done"] += 1
        run.bytes_left -= file.size

    async def _changed(self, run: _Run, chunks: list[Chunk], stored: dict[str, Mapping[str, Any]], digest: str) -> None:
        seen: Counter[str] = Counter()
        kept: dict[str, dict[str, Any]] = {}
        for chunk in chunks:
            text_hash = _hash(f"{run.fingerprint}\0{chunk.header}\0{chunk.signature}\0{chunk.text}".encode())
            name = f"{run.record.id}\0{chunk.path}\0{text_hash}\0{seen[text_hash]}"
            point_id = str(uuid5(_NAMESPACE, name))
            seen[text_hash] += 1
            label = {"file_hash": digest, "of": len(chunks), "start": chunk.start, "end": chunk.end}
            if point_id in stored:
                kept[point_id] = label
            else:
                run.pending.append((point_id, chunk, label))
        run.counts.update(chunks=len(chunks), unchanged=len(kept))
        if kept:
            await self._store.relabel(run.collection, kept)
        run.stale += [point_id for point_id in stored if point_id not in kept]
        while len(run.pending) >= _BATCH:
            await self._embed(run, _BATCH)
            run.report(run.progress())

    async def _flush(self, run: _Run) -> None:
        while run.pending:
            await self._embed(run, _BATCH)
        if run.stale:
            await self._store.delete(run.collection, run.stale)
            run.counts["deleted"] += len(run.stale)
            run.stale = []

    async def _embed(self, run: _Run, size: int) -> None:
        batch = run.pending[:size]
        chunks = [chunk for _, chunk, _ in batch]
        vectors = await self._embedder.documents(
            [dense_text(chunk) for chunk in chunks], [sparse_text(chunk) for chunk in chunks]
        )
        points = [
            Point(point_id, dense, sparse, {**_payload(run.record, chunk), **label})
            for (point_id, chunk, label), dense, sparse in zip(batch, vectors.dense, vectors.sparse, strict=True)
        ]
        await self._store.upsert(run.collection, points)
        del run.pending[:size]
        run.counts["embedded"] += len(batch)

    async def _stored(self, collection: str, scope: str) -> dict[str, dict[str, Mapping[str, Any]]]:
        found = await self._store.payloads(
            collection, fields=["path", "file_hash", "of"], where=Where({"scope": [scope]})
        )
        by_path: dict[str, dict[str, Mapping[str, Any]]] = defaultdict(dict)
        for point_id, payload in found.items():
            by_path[str(payload.get("path"))][point_id] = payload
        return by_path


def file_hash(content: bytes) -> str:
    """As it stands in the payload of each of the file's chunks."""
    return _hash(_VERSION.encode() + content)


def code_collection(fingerprint: str) -> str:
    return CODE_PREFIX + blake2b(fingerprint.encode(), digest_size=6).hexdigest()


def _payload(record: Record, chunk: Chunk) -> dict[str, Any]:
    return {
        "scope": record.id,
        "repository": record.name,
        "branch": record.branch,
        "path": chunk.path,
        "language": chunk.language,
        "kind": chunk.kind,
        "symbol": chunk.symbol,
        "names": names_of(chunk),
        "text": chunk.text,
    }


def _hash(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()
