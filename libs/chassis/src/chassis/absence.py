"""How long a service has been away: who calls it waits for its restart, and not for more."""

import time
from collections.abc import Callable

from .logging import get_logger

FORGOTTEN_S = 10.0
"""A failure that lies longer back, with none since, belongs to another absence."""
_log = get_logger(__name__)


class Absence:
    """Of one upstream, as its failures show it."""

    def __init__(self, upstream: str, *, patience_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._upstream, self._patience_s, self._clock = upstream, patience_s, clock
        self._since: float | None = None
        self._last = 0.0

    def worth_waiting(self) -> bool:
        """Notes a failure; whether the upstream has been away for less than the patience."""
        now = self._clock()
        if self._since is None or now - self._last > max(self._patience_s, FORGOTTEN_S):
            self._since = now
            if self._patience_s:
                _log.warning("upstream_away", upstream=self._upstream, waiting_s=self._patience_s)
        self._last = now
        return now - self._since < self._patience_s

    def over(self) -> None:
        """It answered."""
        self._since = None
