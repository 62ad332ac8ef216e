"""Dense embeddings: cache, tokenisation, lanes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chassis.errors import FieldError, Unprocessable

from ...core.limits import InputLimits
from ...core.loading import Loading
from ...core.text_worker import TextWorker
from .cache import Embedded, VectorCache
from .encoder import Encoder, Tokens
from .lane import Lane

_SHORT = 1000
"""Characters of a text that the event loop itself makes tokens of: 0.1 ms at most."""


@dataclass(frozen=True, slots=True)
class Embeddings:
    """What one request gets: a vector for each text, and what made them."""

    model: str
    fingerprint: str
    items: list[Embedded]

    @property
    def tokens(self) -> int:
        return sum(item.tokens for item in self.items)


class EmbeddingService:
    def __init__(
        self,
        *,
        encoder: Loading[Encoder],
        query_lane: Lane,
        bulk_lane: Lane,
        worker: TextWorker,
        cache: VectorCache,
        limits: InputLimits,
    ) -> None:
        self._encoder = encoder
        self._query_lane = query_lane
        self._bulk_lane = bulk_lane
        self._worker = worker
        self._cache = cache
        self._limits = limits

    async def embed(self, texts: Sequence[str], *, query: bool, dimensions: int | None = None) -> Embeddings:
        """Vectors of the texts. `query` chooses the fast lane and the model's prefix for queries.

        Raises:
            Unavailable: the model is still being loaded.
            PayloadTooLarge: more texts or characters than a request may bring.
            Unprocessable: nothing to embed, or more dimensions than the model has.
            TooManyRequests: too much waits already.
        """
        encoder = self._encoder.get()
        self._limits.check(texts)
        if dimensions is not None and dimensions > encoder.dimension:
            message = f"the model has {encoder.dimension}"
            raise Unprocessable(f"`dimensions`: {message}.", errors=[FieldError("dimensions", message)])
        prefix = encoder.prefixes[0 if query else 1]
        items = await self._embed(encoder, [prefix + text for text in texts], query=query)
        if dimensions is not None and dimensions < encoder.dimension:
            items = [Embedded(_shortened(item.vector, dimensions), item.tokens, item.truncated) for item in items]
        return Embeddings(encoder.model, encoder.fingerprint, items)

    async def embed_query(self, texts: Sequence[str]) -> Embeddings:
        """As `embed` for queries; no text is answered too, with what the model is."""
        if texts:
            return await self.embed(texts, query=True)
        encoder = self._encoder.get()
        return Embeddings(encoder.model, encoder.fingerprint, [])

    async def _embed(self, encoder: Encoder, texts: Sequence[str], *, query: bool) -> list[Embedded]:
        known = {text: self._cache.get(text) for text in texts}
        missing = [text for text, found in known.items() if found is None]
        if missing:
            lane = self._query_lane if query else self._bulk_lane
            tokens = await self._tokens(encoder, missing)
            vectors = await lane.encode(encoder.encode, [item.ids for item in tokens])
            for text, item, vector in zip(missing, tokens, vectors, strict=True):
                known[text] = embedded = Embedded(vector, len(item.ids), item.truncated)
                self._cache.put(text, embedded)
        return [found for text in texts if (found := known[text]) is not None]

    async def _tokens(self, encoder: Encoder, texts: Sequence[str]) -> list[Tokens]:
        """A short text's take less time than the way to a thread and back."""
        if len(texts) == 1 and len(texts[0]) <= _SHORT:
            return encoder.tokenize(texts)
        return await self._worker.run(lambda: encoder.tokenize(texts), texts=texts)


def _shortened(vector: NDArray[np.float32], dimensions: int) -> NDArray[np.float32]:
    head = vector[:dimensions]
    shortened: NDArray[np.float32] = (head / max(float(np.linalg.norm(head)), 1e-12)).astype(np.float32)
    return shortened
