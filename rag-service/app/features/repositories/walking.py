"""The files of a working tree that are to be indexed; .gitignore is heeded, links are not followed."""

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from .screening import LARGEST_FILE, blotted, decoded, refused_by_name, refused_by_text

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_NEVER = frozenset({".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv"})


@dataclass(frozen=True, slots=True)
class FoundFile:
    path: str
    size: int


@dataclass(slots=True)
class Walked:
    """`skipped` counts by reason what is left out; an ignored folder counts as one."""

    files: list[FoundFile] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The text to index, or why there is none."""

    text: str = ""
    refused: str = ""
    secrets: int = 0


def walk(root: Path) -> Walked:
    """All files by path, sorted."""
    walked = Walked()
    _walk(root, "", [], walked)
    walked.files.sort(key=lambda item: item.path)
    return walked


def read(root: Path, path: str) -> tuple[bytes, ReadFile]:
    """A file's content, and what of it is to be indexed."""
    try:
        content = (root / path).read_bytes()
    except OSError:
        return b"", ReadFile(refused="unreadable")
    text = decoded(content)
    if text is None:
        return content, ReadFile(refused="binary")
    refused = refused_by_text(text)
    if refused:
        return content, ReadFile(refused=refused)
    clean, secrets = blotted(text)
    return content, ReadFile(clean, secrets=secrets)


def _walk(root: Path, folder: str, rules: "list[tuple[str, GitIgnoreSpec]]", walked: Walked) -> None:
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except OSError:
        walked.skipped["unreadable"] += 1
        return
    if any(entry.name == ".gitignore" and entry.is_file(follow_symlinks=False) for entry in entries):
        rules = [*rules, (folder, _rules(root / folder / ".gitignore"))]
    for entry in entries:
        path = f"{folder}{entry.name}"
        if entry.is_symlink():
            walked.skipped["link"] += 1
        elif entry.is_dir(follow_symlinks=False):
            if entry.name == ".git":
                continue
            if entry.name in _NEVER or _ignored(f"{path}/", rules):
                walked.skipped["ignored"] += 1
            else:
                _walk(root, f"{path}/", rules, walked)
        elif entry.is_file(follow_symlinks=False):
            _take(path, entry.stat(follow_symlinks=False).st_size, rules, walked)


def _take(path: str, size: int, rules: "list[tuple[str, GitIgnoreSpec]]", walked: Walked) -> None:
    refused = "ignored" if _ignored(path, rules) else refused_by_name(path)
    if refused is None and size > LARGEST_FILE:
        refused = "too_large"
    if refused:
        walked.skipped[refused] += 1
    else:
        walked.files.append(FoundFile(path, size))


def _rules(path: Path) -> "GitIgnoreSpec":
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(path.read_text(encoding="utf-8", errors="replace").splitlines())
    except (OSError, ValueError):  # a pattern that git does not know either
        return GitIgnoreSpec.from_lines([])


def _ignored(path: str, rules: "list[tuple[str, GitIgnoreSpec]]") -> bool:
    """The innermost .gitignore that says something decides."""
    for folder, spec in reversed(rules):
        verdict = spec.check_file(path.removeprefix(folder)).include
        if verdict is not None:
            return verdict
    return False
