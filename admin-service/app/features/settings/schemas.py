"""Settings of the mesh on the wire."""

from typing import Annotated, Literal

from pydantic import Field

from ...core.fields import OVERRULE, Line, Request, Response, Slug

Threshold = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]


class Retrieval(Request):
    """For one class of models: hits at or above the threshold are kept, so many at most."""

    threshold: Threshold
    limit: int = Field(ge=0, le=50)


class RetrievalByClass(Request):
    small: Retrieval
    medium: Retrieval
    large: Retrieval


class RetrievalChanges(Request):
    small: Retrieval | None = None
    medium: Retrieval | None = None
    large: Retrieval | None = None


class Gates(Request):
    """What goes into production has to be shown not worse: by `margin` points of 100 at most, over so many cases."""

    enforced: bool = True
    margin: float = Field(2.0, ge=0, le=100, allow_inf_nan=False)
    min_cases: int = Field(20, ge=2, le=10_000)


Days = Annotated[int, Field(ge=0, le=36_500)]
Masked = Literal["email", "phone", "resident_number", "card", "secret"]
Price = Annotated[float, Field(ge=0.0, le=1e9, allow_inf_nan=False)]


class LogSettings(Response):
    """How long generations are kept, and what of them is masked for all but their author."""

    keep_days: int | None = Field(description="Null: what the environment says; 0: for ever")
    keep_details_days: int | None = Field(description="Prompts as sent, raw answers, retrieval traces; as above")
    redact: list[str] = Field(description="What is masked in the log and its exports")


class LogChanges(Request):
    keep_days: Days | None = None
    keep_details_days: Days | None = None
    redact: Annotated[list[Masked], Field(max_length=5)] | None = None


class EnginePrice(Request):
    """What an engine costs, in the currency of the settings."""

    gpu_hour: Price = 0.0
    prompt_million: Price = Field(0.0, description="A million tokens sent")
    completion_million: Price = Field(0.0, description="A million tokens received")


class SettingsResponse(Response):
    default_engine: str
    default_framework: str | None = Field(description="Null: what the environment says, else the screen spec's default")
    self_registration: bool | None = Field(description="Null: open in local mode, else closed")
    registration: Literal["open", "invitation", "closed"] | None = Field(description="Null: as self_registration says")
    retrieval: RetrievalByClass
    gates: Gates
    log: LogSettings
    currency: str
    prices: dict[str, EnginePrice] = Field(description="By engine")
    version: int


class SettingsUpdateRequest(Request):
    """Only what is given changes; those that may be null go back to their defaults by null."""

    default_engine: Slug | None = None
    default_framework: Slug | None = None
    self_registration: bool | None = None
    registration: Literal["open", "invitation", "closed"] | None = None
    retrieval: RetrievalChanges | None = None
    gates: Gates | None = None
    overrule: Line | None = OVERRULE
    log: LogChanges | None = None
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$", description="ISO 4217")] | None = None
    prices: dict[Slug, EnginePrice | None] | None = Field(None, description="By engine; null removes one")
    version: int | None = Field(
        None, description="The version that was read: 409 where it is no longer the current one"
    )


class InternalEngine(Response):
    """An engine, as llm-proxy and the others need it. `api_key` is there for llm-proxy alone."""

    id: str
    name: str
    kind: Literal["openai", "vllm", "llamacpp", "ollama", "builtin"]
    base_url: str = Field(description="Empty for the built-in engine")
    model: str
    api: Literal["chat", "completions", "both"]
    model_class: Literal["small", "medium", "large"]
    context_window: int
    max_output_tokens: int
    temperature: float | None
    api_key: str | None
    enabled: bool
    fallbacks: list[str]
    weight: float
    max_concurrency: int | None
    max_queue: int
    aliases: list[str]
    capabilities: list[str] | None
    models_at_once: int | None


class InternalSettingsResponse(Response):
    revision: str
    default_engine: str
    default_engine_chosen: bool = Field(
        description="False where no admin has chosen it: an engine `env` goes before it"
    )
    engines: list[InternalEngine]
    retrieval: RetrievalByClass
    default_framework: str
    log: LogSettings
