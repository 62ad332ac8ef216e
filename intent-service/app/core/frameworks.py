"""The names of the framework packs that are installed: folders with a `pack.yaml`."""

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from ..vocabulary.forms import NamingRule, naming_rule

_FRESH_S = 5.0


class Frameworks:
    """Known framework names, read again every few seconds, so that a pack can be added while the service runs."""

    def __init__(self, *, folders: Sequence[Path], default: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._folders = folders
        self.default = default
        self._clock = clock
        self._names: frozenset[str] = frozenset()
        self._rules: dict[tuple[str, str], NamingRule] = {}
        self._read_at = float("-inf")

    @classmethod
    def from_paths(cls, packs_dir: Path, more: str, default: str) -> "Frameworks":
        """`more` is a list of folders, separated as the system separates paths."""
        extra = [Path(part) for part in more.split(os.pathsep) if part]
        return cls(folders=[packs_dir, *extra], default=default)

    def naming(self, framework: str, thing: str) -> NamingRule:
        """The pack's rule for the names of a kind of thing (`column`, `table`); kept as long as the process lives."""
        known = self._rules.get((framework, thing))
        if known is None:
            pack = next((folder / framework for folder in self._folders if (folder / framework).is_dir()), None)
            known = naming_rule(pack, thing) if pack is not None else NamingRule()
            self._rules[framework, thing] = known
        return known

    def names(self) -> frozenset[str]:
        """The default is always known: the service works where no pack is installed yet."""
        now = self._clock()
        if now - self._read_at > _FRESH_S:
            found = {
                path.parent.name for folder in self._folders if folder.is_dir() for path in folder.glob("*/pack.yaml")
            }
            self._names = frozenset(found | {self.default})
            self._read_at = now
        return self._names
