"""An event of a generation, as both clients give it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TERMINAL_TYPES = frozenset({"completed", "failed", "cancelled"})


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a generation. `data` has every member, `seq`, `type` and `at` among them."""

    seq: int
    type: str
    data: Mapping[str, Any]

    @property
    def terminal(self) -> bool:
        return self.type in TERMINAL_TYPES
