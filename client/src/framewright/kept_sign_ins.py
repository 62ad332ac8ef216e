"""Sign-ins of `framewright login`, kept for this user alone: one file (0600), one sign-in for each mesh."""

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .errors import ClientError
from .locking import taken
from .sign_in import SignIn

FILE = "sign-ins.json"
_POLL_S = 0.05


@dataclass(frozen=True, slots=True)
class Kept:
    """Either an API key, or the tokens of a password."""

    base_url: str
    api_key: str = ""
    sign_in: SignIn | None = None


def place_of(environment: Mapping[str, str]) -> Path | None:
    """The folder of settings, as the XDG base directories or Windows have it; None for a process without a home."""
    base = environment.get("XDG_CONFIG_HOME") or environment.get("APPDATA")
    home = environment.get("HOME")
    if not base and not home:
        return None
    return (Path(base) if base else Path(home or "") / ".config") / "framewright"


class KeptSignIns:
    def __init__(self, folder: Path) -> None:
        self._folder, self.file = folder, folder / FILE

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "KeptSignIns":
        """Raises `ClientError` for a process without a home."""
        folder = place_of(environment)
        if folder is None:
            raise ClientError("Neither HOME nor XDG_CONFIG_HOME is set: a sign-in can't be kept.")
        return cls(folder)

    def find(self, base_url: str = "") -> Kept | None:
        """The sign-in at a mesh; at the one signed in to last where none is named."""
        document = self._read()
        url = base_url.rstrip("/") or str(document.get("last", ""))
        try:
            found = document["meshes"][url]
            tokens = found["sign_in"]
            return Kept(url, str(found["api_key"]), SignIn(**tokens) if tokens else None)
        except (KeyError, TypeError):  # there is none, or none of this version
            return None

    def keep(self, kept: Kept) -> None:
        """Keeps it; it is the last one from now on."""
        with self._locked():
            self._put(kept, last=kept.base_url)

    def forget(self, base_url: str) -> None:
        with self._locked():
            document = self._read()
            meshes = {url: item for url, item in document.get("meshes", {}).items() if url != base_url}
            last = str(document.get("last", ""))
            self._write({"last": last if last in meshes else next(iter(meshes), ""), "meshes": meshes})

    @contextmanager
    def renewing(self, base_url: str) -> Iterator[SignIn | None]:
        """The sign-in as it is now, while no other process of this user renews one."""
        with self._locked():
            yield self._sign_in(base_url)

    @asynccontextmanager
    async def renewing_async(self, base_url: str) -> AsyncIterator[SignIn | None]:
        """As `renewing`; other tasks go on while this one waits, and it may be cancelled."""
        descriptor = self._opened()
        try:
            while not taken(descriptor):  # noqa: ASYNC110 - a lock between processes wakes nobody
                await asyncio.sleep(_POLL_S)
            yield self._sign_in(base_url)
        finally:
            os.close(descriptor)

    def renewed(self, sign_in: SignIn) -> None:
        """Keeps the new tokens, for whoever is renewing; which sign-in was the last one stays."""
        self._put(Kept(sign_in.base_url, sign_in=sign_in), last=str(self._read().get("last") or sign_in.base_url))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        descriptor = self._opened()
        try:
            while not taken(descriptor):
                time.sleep(_POLL_S)
            yield
        finally:
            os.close(descriptor)

    def _opened(self) -> int:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)

    def _sign_in(self, base_url: str) -> SignIn | None:
        kept = self.find(base_url)
        return kept.sign_in if kept else None

    def _put(self, kept: Kept, *, last: str) -> None:
        document = self._read()
        tokens = asdict(kept.sign_in) if kept.sign_in else None
        meshes = {**document.get("meshes", {}), kept.base_url: {"api_key": kept.api_key, "sign_in": tokens}}
        self._write({"last": last, "meshes": meshes})

    def _read(self) -> dict[str, Any]:
        try:
            document = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return document if isinstance(document, dict) and isinstance(document.get("meshes"), dict) else {}

    def _write(self, document: dict[str, Any]) -> None:
        """In one step, and never readable by others, not even for a moment."""
        partial = self.file.with_suffix(".tmp")
        partial.unlink(missing_ok=True)
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(document, file, indent=1)
        partial.replace(self.file)
