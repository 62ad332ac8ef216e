"""The vectors of one search's query on the wire."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints


class QueryEmbeddingsRequest(BaseModel):
    dense: Annotated[str, StringConstraints(min_length=1)] | None = Field(
        None, description="The text that becomes a dense vector; null: none is wanted."
    )
    sparse: list[str] = Field(default_factory=list, description="The texts that become a sparse vector each.")


class QuerySparse(BaseModel):
    indices: list[int] = Field(description="32-bit hashes of the terms, ascending.")
    values: list[float]


class QueryEmbeddingsResponse(BaseModel):
    model: str
    fingerprint: str
    sparse_model: str
    embedding: str | None = Field(description="Little-endian 32-bit floats in base64.")
    truncated: bool
    sparse: list[QuerySparse]
