"""The queue before an engine: a limit of calls at once, turns by user, and a place that can be told."""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from ..engines.errors import EngineBusy
from .asking import Progress

_SMOOTHING = 0.2
_FIRST_GUESS_S = 5.0


@dataclass(eq=False, slots=True)
class _Waiter:
    user: str
    turn: asyncio.Future[None]
    progress: Progress


@dataclass(slots=True)
class Queue:
    """`limit` calls at once (None: any number), `places` waiting. Users take turns, each one's calls in order."""

    engine: str
    limit: int | None
    places: int
    active: int = 0
    _waiting: dict[str, deque[_Waiter]] = field(default_factory=dict)
    _seconds: float = _FIRST_GUESS_S

    @property
    def free(self) -> bool:
        """Whether a call would not have to wait."""
        return self.limit is None or (self.active < self.limit and not self._waiting)

    @property
    def length(self) -> int:
        return sum(len(waiters) for waiters in self._waiting.values())

    def expected_s(self, position: int) -> float:
        """Seconds until the call at this place (1 is the next) gets its turn, by how long calls took so far."""
        return self._seconds * position / (self.limit or 1)

    async def enter(self, user: str, progress: Progress, *, patience_s: float) -> None:
        """Waits for a turn.

        Raises:
            EngineBusy: all places are taken, or the turn did not come in time.
        """
        if self.free:
            self.active += 1
            return
        if self.length >= self.places:
            raise self._busy(f"All {self.places} places of its queue are taken.")
        waiter = _Waiter(user, asyncio.get_running_loop().create_future(), progress)
        self._waiting.setdefault(user, deque()).append(waiter)
        self._tell()
        try:
            async with asyncio.timeout(patience_s):
                await waiter.turn
        except TimeoutError:
            self._give_up(waiter)
            raise self._busy("No turn came in time.") from None
        except asyncio.CancelledError:
            self._give_up(waiter)
            raise

    def leave(self, seconds: float | None) -> None:
        """Ends a call that took `seconds` (None where it did not come about), and gives its turn to the next."""
        self.active -= 1
        if seconds is not None:
            self._seconds += _SMOOTHING * (seconds - self._seconds)
        self._admit()

    def change(self, limit: int | None, places: int) -> None:
        """Other limits from now on: nobody who is in loses the place."""
        self.limit, self.places = limit, places
        self._admit()

    def _admit(self) -> None:
        while self._waiting and (self.limit is None or self.active < self.limit):
            user, waiters = next(iter(self._waiting.items()))
            waiter = waiters.popleft()
            del self._waiting[user]
            if waiters:
                self._waiting[user] = waiters  # behind all other users
            if not waiter.turn.done():
                self.active += 1
                waiter.progress.position = 0
                waiter.turn.set_result(None)
        if self._waiting:
            self._tell()

    def _give_up(self, waiter: _Waiter) -> None:
        if waiter.turn.done() and not waiter.turn.cancelled():
            self.leave(None)  # the turn had just come
            return
        waiter.turn.cancel()
        waiters = self._waiting.get(waiter.user, deque())
        if waiter in waiters:
            waiters.remove(waiter)
        if not waiters:
            self._waiting.pop(waiter.user, None)
        waiter.progress.position = 0
        self._tell()

    def _tell(self) -> None:
        """Writes everybody's place: users in turn, round by round."""
        rounds = [list(waiters) for waiters in self._waiting.values()]
        place = 0
        for turn in range(max(map(len, rounds), default=0)):
            for waiters in rounds:
                if turn < len(waiters):
                    place += 1
                    waiters[turn].progress.position = place
                    waiters[turn].progress.expected_s = self.expected_s(place)

    def _busy(self, reason: str) -> EngineBusy:
        wait = max(1, round(self.expected_s(self.length + 1)))
        return EngineBusy(f"The engine {self.engine} is busy: {reason}", retry_after_s=wait)
