"""embedding-service, as far as this service reads it."""

import asyncio
import base64
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from chassis.errors import UpstreamFailed
from chassis.http_client import ServiceClient
from chassis.tokens import ServiceTokens

from ..qdrant import SparseVector
from ..query_vectors import KeptVectors

_TRIES = 3
"""The first asks; a second is due where the answer came from another model than what is kept."""


class _DenseItem(BaseModel):
    embedding: str


class _DenseAnswer(BaseModel):
    fingerprint: str
    data: list[_DenseItem]


class _SparseItem(BaseModel):
    indices: list[int]
    values: list[float]


class _SparseAnswer(BaseModel):
    model: str
    data: list[_SparseItem]


class _RelevanceItem(BaseModel):
    index: int
    relevance_score: float


class _RelevanceAnswer(BaseModel):
    method: str
    results: list[_RelevanceItem]


@dataclass(frozen=True, slots=True)
class Vectors:
    """Both vectors of each text, and the fingerprint of what made them."""

    fingerprint: str
    dense: list[list[float]]
    sparse: list[SparseVector]


class EmbeddingClient(ServiceClient):
    """Time limits: a query's is short, for keyword search is waiting; a batch's is long."""

    def __init__(self, *, base_url: str, tokens: ServiceTokens, query_limit_s: float, index_limit_s: float) -> None:
        super().__init__(upstream="embedding-service", base_url=base_url, tokens=tokens, limit_s=query_limit_s)
        self._index_limit_s = index_limit_s
        self._kept = KeptVectors()

    async def query(self, dense: str, sparse: Sequence[str]) -> Vectors:
        """One dense vector, and a sparse one for each of the texts; what was asked a moment ago is not asked again."""
        kept = self._kept
        kept.drop_old()
        for _ in range(_TRIES):
            vector, terms = kept.dense(dense), kept.sparse(sparse)
            if vector is not None and terms is not None:
                return Vectors(kept.fingerprint, [vector], terms)
            await self._learn(dense if vector is None else None, kept.unknown(sparse))
        raise UpstreamFailed("embedding-service answers with another model every time.")

    async def _learn(self, dense: str | None, sparse: Sequence[str]) -> None:
        answer = await self.request_json(
            "POST", "/v1/query_embeddings", body={"dense": dense, "sparse": sparse}, repeatable=True
        )
        try:
            terms = [SparseVector(item["indices"], item["values"]) for item in answer["sparse"]]
            self._kept.keep(
                f"{answer['fingerprint']}+{answer['sparse_model']}",
                dense={dense: _floats(answer["embedding"])} if dense is not None else {},
                sparse=dict(zip(sparse, terms, strict=True)),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise UpstreamFailed("embedding-service answered in another form than agreed.") from error

    async def documents(self, dense: Sequence[str], sparse: Sequence[str]) -> Vectors:
        """Vectors of documents; the two kinds may read different texts."""
        return await self._vectors(dense, sparse)

    async def relevance(self, query: str, documents: Sequence[str]) -> list[float] | None:
        """Of each document 0 to 1; None where words alone would decide: the search knows them already."""
        body = {"query": query, "documents": list(documents)}
        answer = await self.request_json("POST", "/v1/rerank", body=body, repeatable=True)
        read = _RelevanceAnswer.model_validate(answer)
        if read.method != "cross-encoder":
            return None
        scores = {item.index: item.relevance_score for item in read.results}
        return [scores.get(index, 0.0) for index in range(len(documents))]

    async def phrases(self, texts: Sequence[str]) -> list[list[float]]:
        """Dense vectors alone, of short texts that are to be compared with queries."""
        answer = await self._dense(texts)
        return [_floats(item.embedding) for item in answer.data]

    async def _vectors(self, dense: Sequence[str], sparse: Sequence[str]) -> Vectors:
        dense_call = self._dense(dense)
        sparse_call = self.request_json(
            "POST",
            "/v1/sparse_embeddings",
            body={"input": list(sparse), "input_type": "document"},
            limit_s=self._index_limit_s,
            repeatable=True,
        )
        read, sparse_answer = await asyncio.gather(dense_call, sparse_call)
        terms = _SparseAnswer.model_validate(sparse_answer)
        return Vectors(
            f"{read.fingerprint}+{terms.model}",
            [_floats(item.embedding) for item in read.data],
            [SparseVector(item.indices, item.values) for item in terms.data],
        )

    async def _dense(self, texts: Sequence[str]) -> _DenseAnswer:
        answer = await self.request_json(
            "POST",
            "/v1/embeddings",
            body={"input": list(texts), "encoding_format": "base64", "input_type": "document"},
            limit_s=self._index_limit_s,
            repeatable=True,
        )
        return _DenseAnswer.model_validate(answer)


def _floats(coded: str) -> list[float]:
    return array("f", base64.b64decode(coded)).tolist()
