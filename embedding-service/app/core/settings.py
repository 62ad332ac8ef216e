"""The embedding service's settings."""

from typing import Literal

from pydantic import Field, SecretStr

from chassis.settings import ServiceSettings

DEFAULT_MODEL = "sentence-transformers/all-MiniLM-L6-v2"


class EmbeddingSettings(ServiceSettings):
    """What the environment says about models, limits and memory."""

    embedding_model: str = Field(DEFAULT_MODEL, validation_alias="EMBEDDING_MODEL")
    hub_token: SecretStr | None = Field(None, validation_alias="HUGGINGFACE_HUB_TOKEN")
    rerank_model: str | None = Field(None, validation_alias="RERANK_MODEL")
    """A cross-encoder by name or folder; none: reranking goes by words, and says so."""
    device: Literal["cpu", "cuda"] = Field("cpu", validation_alias="EMBEDDING_DEVICE")
    backend: Literal["auto", "openvino", "torch"] = Field("auto", validation_alias="EMBEDDING_BACKEND")
    """`auto`: OpenVINO for the packaged default model on a CPU where it is installed, torch for all others."""
    precision: Literal["auto", "float32", "bfloat16"] = Field("auto", validation_alias="EMBEDDING_PRECISION")
    """`auto`: bfloat16 where the processor computes with it, which halves the time and keeps the cosine at 0.9999."""
    query_batch_tokens: int = Field(1024, ge=1, validation_alias="EMBEDDING_QUERY_BATCH_TOKENS")
    bulk_batch_tokens: int = Field(2048, ge=1, validation_alias="EMBEDDING_BULK_BATCH_TOKENS")
    """Padded tokens of one pass through the model."""
    queue_tokens: int = Field(400_000, ge=1, validation_alias="EMBEDDING_QUEUE_TOKENS")
    """What may wait in a lane; more is a 429."""
    max_inputs: int = Field(2048, ge=1, validation_alias="EMBEDDING_MAX_INPUTS")
    max_characters: int = Field(2_000_000, ge=1, validation_alias="EMBEDDING_MAX_CHARACTERS")
    cache_entries: int = Field(20_000, ge=0, validation_alias="EMBEDDING_CACHE_ENTRIES")
    text_queue_characters: int = Field(8_000_000, ge=1, validation_alias="EMBEDDING_TEXT_QUEUE_CHARACTERS")
    """Characters that may wait for the morpheme analyser; more is a 429."""
    bm25_average_length: float = Field(60.0, gt=0, validation_alias="EMBEDDING_BM25_AVERAGE_LENGTH")
    """Terms of an average document of the indexed collections."""
