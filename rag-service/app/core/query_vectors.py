"""What a search needs of the embedding model: the vectors of its query."""

from collections.abc import Sequence
from typing import Protocol

from .qdrant import SparseVector


class QueryVectors(Protocol):
    @property
    def fingerprint(self) -> str: ...
    @property
    def dense(self) -> list[list[float]]: ...
    @property
    def sparse(self) -> list[SparseVector]: ...


class QueryEmbedder(Protocol):
    async def query(self, dense: str, sparse: Sequence[str]) -> QueryVectors: ...
