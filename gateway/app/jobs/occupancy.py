"""How much of an engine's time falls to each generation, where several use the engine at once."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter


@dataclass(slots=True, eq=False)
class Share:
    """Of one generation: of `seconds` that it took, `own_s` are its part."""

    seconds: float = 0.0
    own_s: float = 0.0

    @property
    def part(self) -> float:
        """1 where it was alone; of four at once a quarter."""
        return self.own_s / self.seconds if self.seconds else 1.0


class Occupancy:
    """Each moment is divided evenly among the generations that use the same engine then."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._running: dict[str, list[Share]] = defaultdict(list)
        self._since: dict[str, float] = {}

    @contextmanager
    def of(self, engine: str) -> Iterator[Share]:
        """The share is known at the end."""
        share = Share()
        self._divide(engine)
        self._running[engine].append(share)
        try:
            yield share
        finally:
            self._divide(engine)
            self._running[engine].remove(share)

    def _divide(self, engine: str) -> None:
        """What has passed since somebody last came or went."""
        now, running = self._clock(), self._running[engine]
        passed = now - self._since.get(engine, now)
        for share in running:
            share.seconds += passed
            share.own_s += passed / len(running)
        self._since[engine] = now
