"""Subscriptions to event logs: local commits come with their events, other replicas' as a mere seq."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import aclosing, contextmanager
from typing import TypeVar

from ..storage.records import Event

Result = TypeVar("Result")

BATCHES_KEPT = 32
"""A reader slower than this many commits reads from the database again: it holds no memory here."""

Reader = Callable[[str, int], Awaitable[list[Event]]]
"""Reads the events of a generation after a seq."""
LastSeqs = Callable[[Sequence[str]], Awaitable[dict[str, int]]]


class Subscription:
    """What one reader has been told of, and has not taken yet."""

    def __init__(self) -> None:
        self.known_seq = 0
        self.woken = asyncio.Event()
        self._batches: deque[Sequence[Event]] = deque(maxlen=BATCHES_KEPT)

    def tell(self, seq: int, events: Sequence[Event] = ()) -> None:
        if seq > self.known_seq or events:
            self.known_seq = max(seq, self.known_seq)
            if events:
                self._batches.append(events)
            self.woken.set()

    def take(self, after: int) -> list[Event]:
        """The events right after `after` that are here; empty where the database has to be asked."""
        taken: list[Event] = []
        while self._batches and self._batches[0][0].seq <= after + 1:
            for event in self._batches.popleft():
                if event.seq == after + 1:
                    taken.append(event)
                    after += 1
        return taken


class Hub:
    """The subscriptions of this process."""

    def __init__(self, *, read: Reader, last_seqs: LastSeqs) -> None:
        self._read = read
        self._last_seqs = last_seqs
        self._subscriptions: defaultdict[str, set[Subscription]] = defaultdict(set)
        self._served: Callable[[str], bool] | None = None

    @property
    def size(self) -> int:
        return sum(len(subscriptions) for subscriptions in self._subscriptions.values())

    def publish(self, generation_id: str, events: Sequence[Event]) -> None:
        """Events that this process has committed."""
        for subscription in self._subscriptions.get(generation_id, ()):
            subscription.tell(events[-1].seq, events)

    def wake(self, generation_id: str, seq: int) -> None:
        """There are events up to `seq` in the database."""
        for subscription in self._subscriptions.get(generation_id, ()):
            subscription.tell(seq)

    def drain(self, served: Callable[[str], bool]) -> None:
        """From now on a stream ends, before the end of its log, where `served` says that its events come no more."""
        self._served = served
        for generation_id in list(self._subscriptions):
            self.nudge(generation_id)

    def nudge(self, generation_id: str) -> None:
        """Lets the readers look again."""
        for subscription in self._subscriptions.get(generation_id, ()):
            subscription.woken.set()

    async def catch_up(self) -> None:
        """Asks the database what notifications may have been lost."""
        ids = list(self._subscriptions)
        if ids:
            for generation_id, seq in (await self._last_seqs(ids)).items():
                self.wake(generation_id, seq)

    async def follow(
        self, generation_id: str, *, after: int, idle_s: float, known: Event | None = None
    ) -> AsyncIterator[Event | None]:
        """Every event after `after`, each once and in order, up to the terminal one; None after `idle_s` of silence.

        Ends earlier where this process is drained: the reader goes on elsewhere.
        `known` is the first event of a log that has just begun: then nothing need be read to start with.
        """
        async with aclosing(self.follow_groups(generation_id, after=after, idle_s=idle_s, known=known)) as groups:
            async for group in groups:
                if group is None:
                    yield None
                for event in group or ():
                    yield event

    async def follow_groups(
        self, generation_id: str, *, after: int, idle_s: float, known: Event | None = None
    ) -> AsyncGenerator[list[Event] | None, None]:
        """As `follow`, with what is there at the same time together."""
        with self._subscribed(generation_id) as subscription:
            if known is not None:
                subscription.tell(known.seq, [known])
            else:
                last = (await _undisturbed(self._last_seqs([generation_id]))).get(generation_id, 0)
                if after >= last:
                    end = await _undisturbed(self._read(generation_id, last - 1))
                    if any(event.terminal for event in end):
                        return
                subscription.tell(last)
                after = min(after, last)
            while True:
                events = subscription.take(after) or await self._missing(generation_id, subscription, after)
                if events:
                    yield events
                    after = events[-1].seq
                    if events[-1].terminal:
                        return
                if subscription.known_seq > after:
                    continue
                if self._served is not None and not self._served(generation_id):
                    return
                subscription.woken.clear()
                try:
                    async with asyncio.timeout(idle_s):
                        await subscription.woken.wait()
                except TimeoutError:
                    yield None

    async def _missing(self, generation_id: str, subscription: Subscription, after: int) -> list[Event]:
        if subscription.known_seq <= after:
            return []
        events = await _undisturbed(self._read(generation_id, after))
        if not events:
            subscription.known_seq = after
        return events

    @contextmanager
    def _subscribed(self, generation_id: str) -> Iterator[Subscription]:
        subscription = Subscription()
        self._subscriptions[generation_id].add(subscription)
        try:
            yield subscription
        finally:
            self._subscriptions[generation_id].discard(subscription)
            if not self._subscriptions[generation_id]:
                del self._subscriptions[generation_id]


async def _undisturbed(reading: Awaitable[Result]) -> Result:
    """What a read gives; where its reader leaves meanwhile, it ends by itself.

    A query that is broken off costs its connection, and now and then loses it to the pool.
    """
    task = asyncio.ensure_future(reading)
    task.add_done_callback(_heard)
    return await asyncio.shield(task)


def _heard(task: "asyncio.Future[Result]") -> None:
    """Nobody may be left to hear of a failure."""
    if not task.cancelled():
        task.exception()
