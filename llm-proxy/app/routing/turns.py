"""Turns of models on a server that holds only so many of them at once, and swaps them as they are asked for.

Loading a model takes seconds to minutes. Calls for a model that is there go first, so that the server does not swap
with every call; but nobody waits longer than a bound, after which the model that has been there is asked no more until
the others had their turn.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ..engines.errors import EngineBusy
from .asking import Progress

STARVES_AFTER_S = 20.0
_RETRY_S = 5


@dataclass(eq=False, slots=True)
class _Waiter:
    model: str
    since: float
    turn: asyncio.Future[None]
    progress: Progress


@dataclass(slots=True)
class ModelTurns:
    """`places` models at once. `clock` gives seconds."""

    places: int
    clock: Callable[[], float]
    starves_after_s: float = STARVES_AFTER_S
    _running: dict[str, int] = field(default_factory=dict)
    """Calls by model that is there; one with none may be swapped out, the longest unused first."""
    _waiting: list[_Waiter] = field(default_factory=list)

    def swaps_for(self, model: str) -> bool:
        """Whether a call for the model would wait, or make the server swap."""
        return model not in self._running and len(self._running) >= self.places

    async def enter(self, model: str, progress: Progress, *, patience_s: float) -> None:
        """Waits until the server may be asked for the model. Raises EngineBusy where that takes too long."""
        if self._may(model):
            self._take(model)
            return
        waiter = _Waiter(model, self.clock(), asyncio.get_running_loop().create_future(), progress)
        self._waiting.append(waiter)
        self._tell()
        try:
            async with asyncio.timeout(patience_s):
                await waiter.turn
        except TimeoutError:
            self._give_up(waiter)
            raise EngineBusy(f"The server had no turn for the model {model} in time.", retry_after_s=_RETRY_S) from None
        except asyncio.CancelledError:
            self._give_up(waiter)
            raise

    def leave(self, model: str) -> None:
        self._running[model] = self._running.pop(model) - 1  # the last used is the last in the order
        self._admit()

    def _may(self, model: str) -> bool:
        if model in self._running:
            return model != self._ousted()
        return len(self._running) < self.places or 0 in self._running.values()

    def _ousted(self) -> str | None:
        """The model that is asked no more, where somebody has waited too long for another one."""
        oldest = next((waiter for waiter in self._waiting if waiter.model not in self._running), None)
        if oldest is None or self.clock() - oldest.since < self.starves_after_s:
            return None
        return min(self._running, key=lambda model: self._running[model])

    def _take(self, model: str) -> None:
        if model not in self._running and len(self._running) >= self.places:
            del self._running[next(name for name, calls in self._running.items() if not calls)]
        self._running[model] = self._running.pop(model, 0) + 1

    def _admit(self) -> None:
        """In the order in which they came, those first whose model is there."""
        for waiter in _sorted(self._waiting, self._running):
            if self._may(waiter.model) and not waiter.turn.done():
                self._take(waiter.model)
                self._waiting.remove(waiter)
                waiter.progress.position = 0
                waiter.turn.set_result(None)
        self._tell()

    def _give_up(self, waiter: _Waiter) -> None:
        if waiter in self._waiting:
            self._waiting.remove(waiter)
            waiter.progress.position = 0
            self._admit()
        elif waiter.turn.done() and not waiter.turn.cancelled():
            self.leave(waiter.model)  # the turn had just come

    def _tell(self) -> None:
        for place, waiter in enumerate(self._waiting, 1):
            waiter.progress.position = place
            waiter.progress.expected_s = max(0.0, self.starves_after_s - (self.clock() - waiter.since))


def _sorted(waiting: Sequence[_Waiter], running: dict[str, int]) -> list[_Waiter]:
    """Calls for a model that has calls running keep it there; then by age."""
    return sorted(waiting, key=lambda waiter: not running.get(waiter.model))
