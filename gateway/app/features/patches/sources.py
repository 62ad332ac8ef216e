"""The files that a plan is about: pasted, sent, of a generation, an indexed repository, or the operator's workspace."""

import asyncio
import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from chassis.errors import FieldError, NotFound, PayloadTooLarge, Unprocessable

from ...core.access import check, rule_of
from ...core.clients.rag import RepositoryFile
from ...core.identity import User
from ...storage.generations import GenerationStore
from ...storage.identifiers import is_id
from .schemas import MAX_FILES, PlanRequest

_LARGEST = 1_000_000
_LARGEST_SUM = 2_000_000
_MOST_VISITED = 5_000
_WANTED = "Send the code: code_paste, files, generation_id, repository_id with paths, or paths in the workspace."
_SKIPPED = frozenset({"node_modules", "__pycache__", "dist", "build", "target", "venv"})
_FORMS = (
    (re.compile(r"\s*<"), "pasted.xml"),
    (re.compile(r"\s*[{\[]\s*[\"{\[\]}\d]"), "pasted.json"),
    (re.compile(r"(?:^|\n)\s*(?:package |import java|public (?:class|interface|enum))"), "pasted.java"),
    (
        re.compile(r"(?:^|\n)\s*(?:def \w+\(|class \w+[(:]|from \w[\w.]* import |import \w+\s*$)", re.MULTILINE),
        "pasted.py",
    ),
    (re.compile(r"(?:^|\n)\s*(?:create|alter|select|insert|update|delete)\s", re.IGNORECASE), "pasted.sql"),
    (re.compile(r"(?:^|\n)\s*(?:interface|type|enum) \w+|:\s*(?:string|number|boolean)\b"), "pasted.ts"),
    (re.compile(r"\b(?:function|const|let|var)\b|=>"), "pasted.js"),
)


@dataclass(frozen=True, slots=True)
class Base:
    """Files with `path`, `content`, `encoding`; and of a generation what it was made from."""

    files: list[dict[str, Any]]
    generation_id: str | None = None
    framework: str | None = None
    has_spec: bool = False
    skipped: list[str] = field(default_factory=list)


class CodeIndex(Protocol):
    async def repository_file(self, repository_id: str, path: str, *, user_id: str, role: str) -> RepositoryFile: ...


class BaseFiles:
    def __init__(self, generations: GenerationStore, index: CodeIndex, *, workspace: Path | None, scan: bool) -> None:
        """`scan`: whether a path in the workspace may be a folder."""
        self._generations = generations
        self._index = index
        self._workspace = workspace
        self._scan = scan

    async def collect(self, request: PlanRequest, user: User) -> Base:
        """Raises `Unprocessable`, `NotFound` or `PayloadTooLarge`, naming the field; of the code index what it says."""
        if request.files:
            base = Base([file.model_dump() for file in request.files])
        elif request.code_paste is not None:
            base = Base([_pasted(request.code_paste, request.paths)])
        elif request.generation_id is not None:
            base = await self._of_generation(request.generation_id, request.paths, user)
        elif request.repository_id is not None:
            base = await self._of_repository(request.repository_id, request.paths, user)
        elif request.paths:
            base = await asyncio.to_thread(self._of_workspace, request.paths)
        else:
            raise _wrong("code_paste", _WANTED)
        _check_size(base.files)
        return base

    async def _of_generation(self, generation_id: str, paths: Sequence[str], user: User) -> Base:
        row = await self._generations.get(generation_id, user_id=user.id) if is_id(generation_id) else None
        if row is None:
            raise NotFound("There is no such generation.", code="generation_not_found")
        artifacts = {item["path"]: item["content"] for item in row.artifacts or ()}
        unknown = [path for path in paths if path not in artifacts]
        if unknown or not artifacts:
            known = ", ".join(sorted(artifacts)) or "none"
            raise _wrong("paths", f"The generation has no such files: {', '.join(unknown)}. It has: {known}.")
        files = [
            {"path": path, "content": content, "encoding": "utf-8"}
            for path, content in artifacts.items()
            if not paths or path in paths
        ]
        return Base(files, row.id, row.framework, row.spec is not None)

    async def _of_repository(self, repository_id: str, paths: Sequence[str], user: User) -> Base:
        """Whoever may search the repository, for its code is then in the plan."""
        check(rule_of("GET", f"/api/v1/repositories/{repository_id}"), user)
        if not paths:
            raise _wrong("paths", "Name the repository's files that the plan is about.")
        files: list[dict[str, Any]] = []
        for path in dict.fromkeys(paths):
            file = await self._index.repository_file(repository_id, path, user_id=user.id, role=user.role)
            files.append(file.model_dump())
            _check_size(files)
        return Base(files)

    def _of_workspace(self, paths: Sequence[str]) -> Base:
        if self._workspace is None:
            raise _wrong("paths", "No workspace is set (FRAMEWRIGHT_WORKSPACE): send code_paste or files.")
        root = self._workspace.resolve()
        files: list[dict[str, Any]] = []
        skipped: list[str] = []
        for path in paths:
            for place in self._places(root, path):
                name = place.relative_to(root).as_posix()
                content = _text(place)
                if content is None:
                    skipped.append(name)
                elif name not in {file["path"] for file in files}:
                    files.append({"path": name, "content": content, "encoding": "utf-8"})
        if not files:
            raise _wrong("paths", f"Nothing that can be read is there: {', '.join(paths)}.")
        return Base(files, skipped=skipped)

    def _places(self, root: Path, path: str) -> Iterator[Path]:
        parts = Path(path).parts
        if Path(path).is_absolute() or ".." in parts or "\0" in path or "\\" in path:
            raise _wrong("paths", f"{path!r} is no path inside the workspace.")
        place = root
        for part in parts:
            place /= part
            if place.is_symlink():
                raise _wrong("paths", f"{path!r} leads through a link.")
        if place.is_file():
            yield place
        elif place.is_dir():
            if not self._scan:
                raise _wrong("paths", f"{path!r} is a folder, and scanning folders is switched off.")
            yield from _files_below(place)
        else:
            raise _wrong("paths", f"{path!r} is not there.")


def _files_below(folder: Path) -> Iterator[Path]:
    visited = found = 0
    for parent, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _SKIPPED)
        for name in sorted(names):
            visited += 1
            place = Path(parent) / name
            if visited > _MOST_VISITED or found > MAX_FILES:
                return
            if not name.startswith(".") and not place.is_symlink():
                found += 1
                yield place


def _text(place: Path) -> str | None:
    """What a regular file holds, or None where it is no text, or too large."""
    try:
        descriptor = os.open(place, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
            return None
        try:
            return file.read(_LARGEST + 1).decode()
        except (OSError, UnicodeDecodeError):
            return None


def _pasted(code: str, paths: Sequence[str]) -> dict[str, Any]:
    if len(paths) > 1:
        raise _wrong("paths", "Pasted code is one file: name one path, or send files.")
    name = paths[0] if paths else next((name for form, name in _FORMS if form.search(code[:20_000])), "pasted.txt")
    return {"path": name, "content": code, "encoding": "utf-8"}


def _check_size(files: Sequence[dict[str, Any]]) -> None:
    if len(files) > MAX_FILES:
        raise PayloadTooLarge(f"A plan takes up to {MAX_FILES} files.", code="too_many_files")
    if sum(len(file["content"]) for file in files) > _LARGEST_SUM:
        raise PayloadTooLarge(f"A plan takes up to {_LARGEST_SUM:,} characters of code.", code="files_too_large")


def sha256(content: str, encoding: str) -> str:
    """Of the bytes on disk."""
    try:
        return hashlib.sha256(content.encode(encoding)).hexdigest()
    except (LookupError, UnicodeEncodeError):
        return hashlib.sha256(content.encode()).hexdigest()


def _wrong(name: str, message: str) -> Unprocessable:
    return Unprocessable(message, code="no_base_files", errors=[FieldError(name, message)])
