"""Engines on the wire. The secret goes in and never comes out."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, SecretStr

from ...core.fields import Line, Request, Response, Slug, SlugList

Kind = Literal["openai", "vllm", "llamacpp", "ollama"]
Api = Literal["chat", "completions", "both"]
ModelClass = Literal["small", "medium", "large"]
ContextWindow = Annotated[int, Field(ge=256, le=10_000_000)]
OutputLimit = Annotated[int, Field(ge=16, le=1_000_000)]
Temperature = Annotated[float, Field(ge=0.0, le=2.0, allow_inf_nan=False)]
Secret = Annotated[SecretStr, Field(min_length=1, max_length=4096)]
BaseUrl = Annotated[
    str,
    BeforeValidator(lambda value: value.strip().rstrip("/") if isinstance(value, str) else value),
    Field(min_length=1, max_length=500),
]


class EngineResponse(Response):
    id: str
    name: str
    kind: str
    base_url: str | None
    model: str
    api: str
    model_class: str = Field(validation_alias="llm_class")
    context_window: int
    max_output_tokens: int
    temperature: float | None
    has_api_key: Annotated[bool, BeforeValidator(bool)] = Field(validation_alias="secret_encrypted")
    fallbacks: list[str]
    enabled: bool
    version: int
    created_at: datetime
    updated_at: datetime


class EngineCreateRequest(Request):
    id: Slug
    name: Line | None = None
    kind: Kind
    base_url: BaseUrl
    model: Line
    api: Api = "both"
    model_class: ModelClass | None = Field(None, description="From the size in the model's name where not given")
    context_window: ContextWindow = 8192
    max_output_tokens: OutputLimit = 2048
    temperature: Temperature | None = None
    api_key: Secret | None = Field(None, description="Write-only")
    fallbacks: SlugList = Field(default=[])
    enabled: bool = True


class EngineUpdateRequest(Request):
    """Only what is given changes; `api_key: null` removes the secret."""

    name: Line | None = None
    kind: Kind | None = None
    base_url: BaseUrl | None = None
    model: Line | None = None
    api: Api | None = None
    model_class: ModelClass | None = None
    context_window: ContextWindow | None = None
    max_output_tokens: OutputLimit | None = None
    temperature: Temperature | None = None
    api_key: Secret | None = None
    fallbacks: SlugList | None = None
    enabled: bool | None = None
    version: int | None = Field(
        None, description="The version that was read: 409 where it is no longer the current one"
    )


class EngineListResponse(Response):
    items: list[EngineResponse]
    next_cursor: str | None


class EngineFinding(Response):
    severity: Literal["error", "warning"]
    code: str
    message: str
    message_ko: str


class EngineTestResponse(Response):
    """What the engine's server reports."""

    ok: bool
    server: str | None = Field(description="Name and version, where the server says them")
    models: list[str]
    context_window: int | None = Field(description="What the server grants the model")
    latency_ms: float | None
    findings: list[EngineFinding]
