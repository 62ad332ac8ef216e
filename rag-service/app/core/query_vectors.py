"""What a search needs of the embedding model: the vectors of its query, kept for a while."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from .qdrant import SparseVector

KEPT_S = 60.0
"""So long a text's vectors are taken as known: a model that was exchanged is noticed after that at the latest."""
_MOST_KEPT = 4_000


class QueryVectors(Protocol):
    @property
    def fingerprint(self) -> str: ...
    @property
    def dense(self) -> list[list[float]]: ...
    @property
    def sparse(self) -> list[SparseVector]: ...


class QueryEmbedder(Protocol):
    async def query(self, dense: str, sparse: Sequence[str]) -> QueryVectors: ...


class KeptVectors:
    """Vectors of texts that were asked for lately, all of one fingerprint."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._dense: dict[str, list[float]] = {}
        self._sparse: dict[str, SparseVector] = {}
        self._until = 0.0
        self.fingerprint = ""

    def drop_old(self) -> None:
        """Empties it where its time is over, or it has grown too large."""
        if self._clock() >= self._until or len(self._dense) + len(self._sparse) > _MOST_KEPT:
            self._empty()

    def dense(self, text: str) -> list[float] | None:
        return self._dense.get(text)

    def unknown(self, texts: Iterable[str]) -> list[str]:
        """Those without a sparse vector here, each once."""
        return [text for text in dict.fromkeys(texts) if text not in self._sparse]

    def sparse(self, texts: Sequence[str]) -> list[SparseVector] | None:
        """Their sparse vectors, or None where one is not here."""
        found = [vector for text in texts if (vector := self._sparse.get(text)) is not None]
        return found if len(found) == len(texts) else None

    def keep(self, fingerprint: str, *, dense: Mapping[str, list[float]], sparse: Mapping[str, SparseVector]) -> None:
        """Takes in what another model made only after letting go of all that the one before made."""
        if fingerprint != self.fingerprint:
            self._empty()
            self.fingerprint = fingerprint
        self._dense |= dense
        self._sparse |= sparse

    def _empty(self) -> None:
        self._dense, self._sparse = {}, {}
        self._until = self._clock() + KEPT_S


def combined(query: SparseVector, related: Iterable[SparseVector], *, weight: float) -> SparseVector:
    """All vectors in one, related words at `weight`; a term of the query itself keeps its own."""
    weights: dict[int, float] = {}
    for vector in related:
        for index, value in zip(vector.indices, vector.values, strict=True):
            weights[index] = weights.get(index, 0.0) + value * weight
    weights |= dict(zip(query.indices, query.values, strict=True))
    ordered = sorted(weights.items())
    return SparseVector([index for index, _ in ordered], [value for _, value in ordered])
