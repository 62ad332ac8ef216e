"""OpenAI's embeddings protocol, with what was cut and which model it was."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

Text = Annotated[str, StringConstraints(min_length=1)]


class EmbeddingsRequest(BaseModel):
    input: Text | list[Text]
    model: str | None = Field(None, description="Taken for the protocol's sake; the service serves one model.")
    encoding_format: Literal["float", "base64"] = "float"
    dimensions: int | None = Field(None, ge=1, le=65_536)
    input_type: Literal["query", "document"] | None = None
    user: str | None = None

    @property
    def texts(self) -> list[str]:
        return [self.input] if isinstance(self.input, str) else self.input

    @property
    def is_query(self) -> bool:
        """A single text is taken for a query unless the caller says what it is."""
        return self.input_type == "query" or (self.input_type is None and isinstance(self.input, str))


class EmbeddingItem(BaseModel):
    object: Literal["embedding"] = "embedding"
    index: int
    embedding: list[float] | str = Field(description="Numbers, or little-endian 32-bit floats in base64.")
    truncated: bool = Field(description="The text was longer than the model reads; the rest had no say.")


class EmbeddingsUsage(BaseModel):
    prompt_tokens: int
    total_tokens: int


class EmbeddingsResponse(BaseModel):
    object: Literal["list"] = "list"
    model: str
    fingerprint: str
    data: list[EmbeddingItem]
    usage: EmbeddingsUsage
