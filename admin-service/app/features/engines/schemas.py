"""Engines on the wire. The secret goes in and never comes out."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

from ...core.fields import OVERRULE, Line, LineList, Request, Response, Slug, SlugList

Kind = Literal["openai", "vllm", "llamacpp", "ollama"]
Api = Literal["chat", "completions", "both"]
ModelClass = Literal["small", "medium", "large"]
ContextWindow = Annotated[int, Field(ge=256, le=10_000_000)]
OutputLimit = Annotated[int, Field(ge=16, le=1_000_000)]
Temperature = Annotated[float, Field(ge=0.0, le=2.0, allow_inf_nan=False)]
Capability = Literal["vision", "tools", "json", "reasoning", "responses"]
Capabilities = Annotated[list[Capability], AfterValidator(lambda values: list(dict.fromkeys(values)))]
Weight = Annotated[float, Field(ge=0.0, le=1000.0, allow_inf_nan=False)]
Concurrency = Annotated[int, Field(ge=1, le=100_000)]
QueuePlaces = Annotated[int, Field(ge=0, le=100_000)]
ModelsAtOnce = Annotated[int, Field(ge=1, le=1000)]
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
    weight: float
    max_concurrency: int | None
    max_queue: int
    aliases: list[str]
    capabilities: list[str] | None
    models_at_once: int | None
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
    weight: Weight = Field(1.0, description="Share of the calls among engines with the same model or alias")
    max_concurrency: Concurrency | None = Field(None, description="Calls at once; null: the server has its own queue")
    max_queue: QueuePlaces = Field(64, description="Calls that may wait for their turn")
    aliases: LineList = Field(default=[], description="Further names; several engines may share one")
    capabilities: Capabilities | None = Field(None, description="What the model can do; null: what its server says")
    models_at_once: ModelsAtOnce | None = Field(
        None, description="How many models its server holds at the same time; null: all of them (Ollama: one)"
    )


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
    weight: Weight | None = None
    max_concurrency: Concurrency | None = None
    max_queue: QueuePlaces | None = None
    aliases: LineList | None = None
    capabilities: Capabilities | None = None
    models_at_once: ModelsAtOnce | None = None
    overrule: Line | None = OVERRULE
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
