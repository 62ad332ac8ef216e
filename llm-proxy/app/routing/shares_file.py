"""Adapters' shares on disk, for the next start."""

from pathlib import Path
from typing import Any

import orjson

from chassis.logging import get_logger

from .registry import Registry
from .whole_files import write_whole

FILE = "llm-proxy-adapters.json"
_log = get_logger(__name__)


class SharesFile:
    """The weights of each engine's adapters, with their history. `directory` None: they are kept in memory alone."""

    def __init__(self, directory: Path | None) -> None:
        self._path = directory / FILE if directory else None
        self._seen = 0

    def read(self) -> dict[str, Any]:
        """By engine; empty where there is no file, or none that can be read."""
        if self._path is None:
            return {}
        try:
            self._seen = self._path.stat().st_mtime_ns
            found = orjson.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, orjson.JSONDecodeError) as error:
            _log.warning("adapter_shares_not_read", detail=str(error))
            return {}
        return found if isinstance(found, dict) else {}

    def refresh(self, registry: Registry) -> None:
        """Takes what another replica has written since, where they share the directory."""
        try:
            changed = self._path is not None and self._path.stat().st_mtime_ns != self._seen
        except OSError:
            return
        if changed:
            registry.take_shares(self.read())

    def write(self, registry: Registry) -> None:
        """Raises OSError where it can't: the change would be lost at the next start."""
        if self._path is None:
            return
        content = {
            slot.settings.id: {"server": slot.server, "history": slot.shares.history}
            for slot in registry.slots()
            if slot.shares.history
        }
        write_whole(self._path, orjson.dumps(content))
        self._seen = self._path.stat().st_mtime_ns
