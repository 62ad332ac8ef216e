"""Chunks of code that nobody wrote, with vectors like those of real ones, for measuring the store at size."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from app.core.qdrant import CODE_KEYWORDS, Point, SparseVector
from app.features.repositories.indexer import code_collection
from app.features.repositories.records import Record
from numpy.typing import NDArray

from .bench import Bench

REPOSITORY = "0000000000000001"
_EMBEDDED = 1000
"""So many texts are embedded; all vectors are one of theirs, moved a little."""
_MOVED = 0.6
_WORDS, _VOCABULARY, _BATCH = 40, 2000, 1000
_SYLLABLES = ("ka", "lo", "mi", "ren", "tus", "vor", "bel", "dan", "sig", "pul", "ner", "zot")


@dataclass(frozen=True, slots=True)
class Generated:
    """Texts as rows of word numbers, the index of each word's term, and a dense vector for each text."""

    words: list[str]
    terms: list[list[int]]
    texts: NDArray[np.int64]
    dense: NDArray[np.float32]

    @property
    def mib(self) -> float:
        return (self.dense.nbytes + self.texts.nbytes) / 2**20

    def text(self, place: int) -> str:
        return " ".join(self.words[number] for number in self.texts[place])

    def queries(self, count: int) -> list[str]:
        """Six words of a text each: what one remembers of a piece of code."""
        step = max(1, len(self.texts) // count)
        return [" ".join(self.words[n] for n in self.texts[place][:6]) for place in range(0, len(self.texts), step)]

    def points(self) -> Iterator[list[Point]]:
        for start in range(0, len(self.texts), _BATCH):
            yield [self._point(place) for place in range(start, min(start + _BATCH, len(self.texts)))]

    def point_id(self, place: int) -> str:
        return str(UUID(int=place))

    def _point(self, place: int) -> Point:
        weights = {index: 1.6 for number in self.texts[place] for index in self.terms[number]}
        path = f"src/module{place // 20}.py"
        payload = {
            "scope": REPOSITORY, "repository": "generated", "branch": "", "path": path, "language": "python",
            "kind": "function", "symbol": f"work_{place}", "names": [f"work_{place}"], "text": self.text(place),
            "start": place % 20 * 30 + 1, "end": place % 20 * 30 + 30, "file_hash": "x", "of": 20,
        }  # fmt: skip
        ordered = sorted(weights.items())
        sparse = SparseVector([index for index, _ in ordered], [weight for _, weight in ordered])
        return Point(self.point_id(place), self.dense[place].tolist(), sparse, payload)


async def generate(bench: Bench, count: int) -> Generated:
    random = np.random.default_rng(1)
    words = ["".join(random.choice(_SYLLABLES, 3)) + f"{number:04d}" for number in range(_VOCABULARY)]
    terms = [vector.indices for vector in (await bench.embedding.query("words", words)).sparse]
    often = 1 / np.arange(1, _VOCABULARY + 1)
    texts = random.choice(_VOCABULARY, size=(count, _WORDS), p=often / often.sum())
    some = Generated(words, terms, texts[:_EMBEDDED], np.empty((0, 0), dtype=np.float32))
    embedded = await bench.embedding.phrases([some.text(place) for place in range(len(some.texts))])
    base = np.array(embedded, dtype=np.float32)
    dense = base[np.arange(count) % len(base)]
    dense = dense + random.normal(scale=_MOVED / np.sqrt(dense.shape[1]), size=dense.shape).astype(np.float32)
    dense /= np.linalg.norm(dense, axis=1, keepdims=True)
    return Generated(words, terms, texts, dense)


async def fill(bench: Bench, generated: Generated) -> str:
    """Stores all chunks as a repository's; the collection that they are in."""
    fingerprint = (await bench.vectors("probe")).fingerprint
    collection = code_collection(fingerprint)
    context = bench.context
    await context.store.ensure(collection, dimension=generated.dense.shape[1], keywords=CODE_KEYWORDS)
    for points in generated.points():
        await context.store.upsert(collection, points)
    record = Record(
        id=REPOSITORY, name="generated", branch="", source="archive", state="ready", fingerprint=fingerprint
    )
    context.code.registry.put(record)
    return collection
