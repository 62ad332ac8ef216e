"""Reranking on the wire."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints


class RerankRequest(BaseModel):
    query: Annotated[str, StringConstraints(min_length=1)]
    documents: list[str]
    top_n: int | None = Field(None, ge=1)


class RerankItem(BaseModel):
    index: int
    relevance_score: float = Field(description="0 to 1.")


class RerankResponse(BaseModel):
    model: str
    method: Literal["lexical", "cross-encoder"]
    results: list[RerankItem]
