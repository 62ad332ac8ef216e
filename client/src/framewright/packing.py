"""A folder as the tar file that an index takes: without what git ignores, what no index wants, and what is secret."""

import io
import os
import subprocess
import tarfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from .errors import ClientError

LARGEST_FILE = 2 * 1024 * 1024
"""The mesh indexes none that is larger."""
LARGEST_PACK = 100 * 1024 * 1024
"""It is made in memory, and no mesh takes that much."""
_HEAD, _UTF_16 = 8192, (b"\xff\xfe", b"\xfe\xff")
_NEVER = frozenset({".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".framewright"})
_BUILT = frozenset({"build", "dist", "target"})
"""Left out where no git says what is built and what is source."""
_SECRET = (
    ".env", ".env.*", "*.env", "*.pem", "*.key", "*.p12", "*.pfx", "*.jks", "*.keystore", "*.kdbx", "*.ppk", "id_rsa*",
    "id_dsa*", "id_ecdsa*", "id_ed25519*", ".npmrc", ".pypirc", ".netrc", ".htpasswd", ".git-credentials",
    "credentials", "credentials.json", "secrets.y*ml", "secrets.json", "service-account*.json",
)  # fmt: skip
"""The mesh would not index them: they stay on this machine."""
_SAMPLE = (".env.example", ".env.sample", ".env.template", "*.pub")
_GIT = ("git", "-c", "core.fsmonitor=false", "ls-files", "-z", "--cached", "--others", "--exclude-standard")


class PackTooLarge(ClientError):
    """No folder is packed beyond `LARGEST_PACK`."""


@dataclass(slots=True)
class Pack:
    """`left_out` counts files by reason: binary, secret, too_large_file, unreadable."""

    content: bytes = b""
    files: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


def pack(folder: Path) -> Pack:
    """Raises `PackTooLarge`."""
    packed, buffer = Pack(), io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for place in files_of(folder):
            try:
                reason = _reason_against(place)
                if not reason:
                    archive.add(place, place.relative_to(folder).as_posix(), recursive=False, filter=_anonymous)
            except OSError:
                reason = "unreadable"
            packed.files += not reason
            packed.left_out.update([reason] if reason else [])
            if buffer.tell() > LARGEST_PACK:
                raise PackTooLarge(f"{folder}: > {LARGEST_PACK // 1024**2} MB")
    packed.content = buffer.getvalue()
    return packed


def files_of(folder: Path) -> Iterator[Path]:
    """The folder's files by path: those that git doesn't ignore, or else all but what is built. No links."""
    listed = _of_git(folder)
    if not listed:
        yield from _walked(folder)
        return
    for name in listed:
        place = folder / name
        if place.is_symlink() or _NEVER.intersection(Path(name).parts):
            continue
        if place.is_dir():  # a repository within this one
            yield from files_of(place)
        elif place.is_file():
            yield place


def _of_git(folder: Path) -> list[str]:
    """Empty where the folder is in no working tree or is ignored itself, or where there is no git."""
    try:
        done = subprocess.run(_GIT, cwd=folder, capture_output=True, check=False)  # noqa: S603 - fixed words
    except OSError:
        return []
    return sorted(set(os.fsdecode(done.stdout).split("\0")) - {""}) if done.returncode == 0 else []


def _walked(folder: Path) -> Iterator[Path]:
    for place in sorted(folder.iterdir()):
        if place.is_symlink() or place.name in _NEVER:
            continue
        if place.is_dir():
            if place.name not in _BUILT:
                yield from files_of(place) if (place / ".git").exists() else _walked(place)
        elif place.is_file():
            yield place


def _reason_against(place: Path) -> str:
    name = place.name.lower()
    if any(fnmatch(name, pattern) for pattern in _SECRET) and not any(fnmatch(name, sample) for sample in _SAMPLE):
        return "secret"
    if place.stat().st_size > LARGEST_FILE:
        return "too_large_file"
    with place.open("rb") as file:
        head = file.read(_HEAD)
    return "binary" if b"\0" in head and not head.startswith(_UTF_16) else ""


def _anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Whose file it is here is nobody's business there."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry
