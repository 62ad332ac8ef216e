"""Sparse vectors on the wire."""

from typing import Literal

from pydantic import BaseModel, Field


class SparseEmbeddingsRequest(BaseModel):
    input: list[str]
    input_type: Literal["query", "document"] = "document"


class SparseItem(BaseModel):
    index: int
    indices: list[int] = Field(description="32-bit hashes of the terms, ascending.")
    values: list[float] = Field(description="BM25 weights without the inverse document frequency.")


class SparseEmbeddingsResponse(BaseModel):
    model: str
    data: list[SparseItem]
