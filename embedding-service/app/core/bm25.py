"""BM25 as sparse vectors: term weights here, the inverse document frequency in the store (Qdrant's `idf` modifier)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

K1 = 1.2
B = 0.75
MODEL = "bm25-terms-1"


@dataclass(frozen=True, slots=True)
class SparseVector:
    """Indices are 32-bit hashes of terms, in ascending order."""

    indices: list[int]
    values: list[float]


def document_vector(terms: Sequence[str], *, average_length: float) -> SparseVector:
    """Weights of a document's terms: saturating in their count, lower in a long document (Robertson, k1 and b)."""
    norm = K1 * (1 - B + B * len(terms) / average_length)
    return _vector({term: count * (K1 + 1) / (count + norm) for term, count in Counter(terms).items()})


def query_vector(terms: Sequence[str]) -> SparseVector:
    """A query's terms count as often as they are asked for."""
    return _vector({term: float(count) for term, count in Counter(terms).items()})


def _vector(weights: dict[str, float]) -> SparseVector:
    merged: dict[int, float] = {}
    for term, weight in weights.items():
        index = term_index(term)
        merged[index] = merged.get(index, 0.0) + weight
    ordered = sorted(merged.items())
    return SparseVector([index for index, _ in ordered], [round(weight, 6) for _, weight in ordered])


def term_index(term: str) -> int:
    return int.from_bytes(blake2b(term.encode(), digest_size=4).digest(), "little")
