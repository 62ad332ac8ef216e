"""A backup on disk: a folder with a manifest anyone can read, and a tar that only a key opens.

    framewright-20260101T020304000000Z/
        manifest.json     when, of which version, what is inside; digest of the data
        data.tar.age      everything, encrypted to X25519 (age-encryption.org/v1)
        key.age           with a passphrase: the X25519 identity, encrypted with it

`age -d key.age > id; age -d -i id data.tar.age | tar x` opens it without Framewright.
"""

import hashlib
import json
import os
import shutil
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pyrage  # type: ignore[import-untyped]

from ..messages import OperationError

FORMAT = 1
MANIFEST, DATA, KEY = "manifest.json", "data.tar.age", "key.age"
_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Keys:
    """How a backup is closed and opened: a passphrase, or recipients (to close) and an identity (to open)."""

    passphrase: str = ""
    recipients: tuple[str, ...] = ()
    identity: str = ""


def seal(content: Path, target: Path, *, manifest: dict[str, Any], keys: Keys) -> None:
    """Writes everything below `content` as a backup `target`, which appears when it is whole."""
    partial = target.with_name(f".{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True, mode=0o700)
    try:
        recipients: list[Any] = [pyrage.x25519.Recipient.from_str(one) for one in keys.recipients]
        if keys.passphrase:
            identity = pyrage.x25519.Identity.generate()
            recipients.append(identity.to_public())
            _write(partial / KEY, pyrage.passphrase.encrypt(str(identity).encode(), keys.passphrase))
        with (partial / DATA).open("wb") as data, _tarred(content) as reader:
            pyrage.encrypt_io(reader, data, recipients)
            data.flush()
            os.fsync(data.fileno())
        document = {"format": FORMAT, **manifest, "sha256": digest(partial / DATA)}
        _write(partial / MANIFEST, json.dumps(document, indent=1).encode())
        partial.rename(target)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def read_manifest(backup: Path) -> dict[str, Any]:
    """The manifest of a backup.

    Raises:
        OperationError: it is none, or of a format that this version does not know.
    """
    try:
        document: dict[str, Any] = json.loads((backup / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise OperationError("not_a_backup", folder=backup, reason=type(error).__name__) from error
    if document.get("format") != FORMAT:
        raise OperationError("not_a_backup", folder=backup, reason=f"format {document.get('format')}")
    return document


def unseal(backup: Path, target: Path, *, keys: Keys) -> dict[str, Any]:
    """Checks and opens a backup into the empty folder `target`; its manifest.

    Raises:
        OperationError: it is damaged, or the key is not its.
    """
    document = read_manifest(backup)
    if not (backup / DATA).is_file() or digest(backup / DATA) != document["sha256"]:
        raise OperationError("damaged", reason=f"{DATA} is not what {MANIFEST} says")
    identity = _identity(backup, keys)
    plain = target / "data.tar"
    try:
        with (backup / DATA).open("rb") as data, plain.open("wb") as output:
            pyrage.decrypt_io(data, output, [identity])
    except pyrage.DecryptError as error:
        raise OperationError("wrong_key") from error
    with tarfile.open(plain) as archive:
        archive.extractall(target, filter="data")
    plain.unlink()
    return document


def newest(folder: Path) -> Path:
    """The newest backup in a folder, or the folder itself where it is one.

    Raises:
        OperationError: there is none.
    """
    if (folder / MANIFEST).is_file():
        return folder
    found = backups(folder)
    if not found:
        raise OperationError("no_backup", folder=folder)
    return found[-1]


def backups(folder: Path) -> list[Path]:
    """Those of a folder, oldest first: their names are their times."""
    return sorted(path.parent for path in folder.glob(f"framewright-*/{MANIFEST}"))


def digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def _identity(backup: Path, keys: Keys) -> Any:
    if keys.identity:
        lines = [line for line in keys.identity.splitlines() if line and not line.startswith("#")]
        try:
            return pyrage.x25519.Identity.from_str(lines[0].strip() if lines else "")
        except pyrage.IdentityError as error:
            raise OperationError("wrong_key") from error
    if not keys.passphrase or not (backup / KEY).is_file():
        raise OperationError("no_key")
    try:
        opened = pyrage.passphrase.decrypt((backup / KEY).read_bytes(), keys.passphrase)
    except pyrage.DecryptError as error:
        raise OperationError("wrong_key") from error
    return pyrage.x25519.Identity.from_str(opened.decode())


@contextmanager
def _tarred(content: Path) -> Iterator[IO[bytes]]:
    """A reader of a tar of the folder, made while it is read: nothing of it lies on the disk twice."""
    source, sink = os.pipe()

    def write() -> None:
        with os.fdopen(sink, "wb") as output, tarfile.open(fileobj=output, mode="w|") as archive:
            for path in sorted(content.rglob("*")):
                archive.add(path, path.relative_to(content).as_posix(), recursive=False)

    writer = threading.Thread(target=write)
    writer.start()
    with os.fdopen(source, "rb") as reader:
        yield reader
    writer.join()


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
