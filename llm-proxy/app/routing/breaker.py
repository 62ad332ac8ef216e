"""Leaves an engine alone that failed again and again, and tries it once after a while."""

from collections.abc import Callable

FAILURES = 3
FIRST_PAUSE_S, LONGEST_PAUSE_S = 2.0, 60.0


class Breaker:
    """Opens after `FAILURES` failures in a row; each trial that fails doubles the pause. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._failures = 0
        self._pause_s = 0.0
        self._open_until = 0.0
        self._trying = False

    @property
    def waits_s(self) -> float:
        """Seconds for which the engine is left alone; 0 where it may be asked."""
        return max(0.0, self._open_until - self._clock())

    def admits(self) -> bool:
        """Whether a call may go to the engine. After a pause it is one call, the trial, and no other beside it."""
        if not self._pause_s:
            return True
        if self.waits_s or self._trying:
            return False
        self._trying = True
        return True

    def succeeded(self) -> None:
        self._failures, self._pause_s, self._open_until, self._trying = 0, 0.0, 0.0, False

    def failed(self) -> None:
        self._failures += 1
        if self._trying or self._failures >= FAILURES:
            self._pause_s = min(self._pause_s * 2, LONGEST_PAUSE_S) or FIRST_PAUSE_S
            self._open_until = self._clock() + self._pause_s
        self._trying = False

    def undecided(self) -> None:
        """The call said nothing about the engine: its caller left, or had made a mistake."""
        self._trying = False
