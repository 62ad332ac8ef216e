"""Answers of searches that were made a while ago: the same question of the same knowledge has the same answer."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

from ...core.hits import SearchResult

_KEPT_S = 600.0
"""What a key does not say is seen after that: a reranker that embedding-service got. Another embedding model is seen by
the first new question, and changes the key."""
_MOST_KEPT = 5_000
"""Of eight hits each, a few kilobytes: their texts are the entries' own."""


class Answers:
    """The most recently used. A key names all that decides the answer: the query, its limits, what is indexed."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[Hashable, tuple[float, SearchResult]] = OrderedDict()

    def get(self, key: Hashable) -> SearchResult | None:
        until, result = self._kept.get(key, (0.0, None))
        if result is None or until <= self._clock():
            return None
        self._kept.move_to_end(key)
        return result

    def keep(self, key: Hashable, result: SearchResult) -> None:
        """Keeps a whole answer; one with a warning is a makeshift, which the next search may do without."""
        if result.warnings:
            return
        self._kept[key] = (self._clock() + _KEPT_S, result)
        self._kept.move_to_end(key)
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
