"""What is known of an engine before it is asked: its address, model and limits."""

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

EngineKind = Literal["openai", "vllm", "llamacpp", "ollama", "builtin"]
ModelClass = Literal["small", "medium", "large"]
EngineApi = Literal["chat", "completions", "both"]
Capability = Literal["vision", "tools", "json", "reasoning", "responses"]

BUILTIN_ID = "builtin"
DEFAULT_CONTEXT_WINDOW = 4096
DEFAULT_OUTPUT_TOKENS = 2048
_PARAMETERS = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)b(?![a-z])", re.IGNORECASE)


class EngineSettings(BaseModel):
    """One engine, as admin-service, the environment or the YAML file gives it. Unknown members are passed by."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str = Field(min_length=1)
    name: str = ""
    kind: EngineKind
    base_url: str = ""
    model: str = ""
    api: EngineApi = "both"
    model_class: ModelClass | None = None
    context_window: int | None = Field(None, ge=1)
    max_output_tokens: int | None = Field(None, ge=1)
    temperature: float | None = None
    api_key: str | None = Field(None, repr=False)
    enabled: bool = True
    fallbacks: tuple[str, ...] = ()
    weight: float = Field(1.0, ge=0)
    """Its share among engines with the same model."""
    max_concurrency: int | None = Field(None, ge=1)
    """Calls at once; None where the server has a queue of its own."""
    max_queue: int = Field(64, ge=0)
    aliases: tuple[str, ...] = ()
    """Further names under which it is asked for; several engines may share one."""
    capabilities: tuple[Capability, ...] | None = None
    """What its model can do; None: what its server says, or what all servers of its kind can."""
    models_at_once: int | None = Field(None, ge=1)
    """How many models its server holds at the same time; None: all of them (Ollama: one)."""

    @field_validator("base_url")
    @classmethod
    def without_version(cls, value: str) -> str:
        """Both `http://host:8000` and `http://host:8000/v1` are usual; the paths are added by the engine."""
        return value.strip().rstrip("/").removesuffix("/v1")

    @field_validator("api", mode="before")
    @classmethod
    def unset_api(cls, value: object) -> object:
        return value or "both"

    @field_validator("fallbacks", "aliases", mode="before")
    @classmethod
    def unset_names(cls, value: object) -> object:
        return value or ()

    @field_validator("weight", "max_queue", mode="before")
    @classmethod
    def unset_number(cls, value: object, info: ValidationInfo) -> object:
        return cls.model_fields[str(info.field_name)].default if value is None else value

    @property
    def public_model(self) -> str:
        """The model's name in answers."""
        return self.model or self.id

    @property
    def size_class(self) -> ModelClass:
        return self.model_class or class_of_model(self.public_model, cloud=self.kind == "openai")

    @property
    def output_tokens(self) -> int:
        return self.max_output_tokens or DEFAULT_OUTPUT_TOKENS


class EngineTable(BaseModel):
    """All engines of the mesh. Members for other services are passed by."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    revision: str | int | None = None
    default_engine: str | None = None
    engines: tuple[EngineSettings, ...] = ()


BUILTIN = EngineSettings(
    id=BUILTIN_ID,
    name="Built-in",
    kind="builtin",
    model=BUILTIN_ID,
    model_class="small",
    context_window=131_072,
    max_output_tokens=32_768,
)


def class_of_model(name: str, *, cloud: bool) -> ModelClass:
    """Size by the number of parameters in a model's name (`qwen2.5-coder:7b`): under 10 B, to 40 B, more."""
    match = _PARAMETERS.search(name.replace("-", " ").replace(":", " ").replace("_", " ").replace("/", " "))
    if match is None:
        return "large" if cloud else "small"
    billions = float(match[1])
    if billions < 10:
        return "small"
    return "medium" if billions <= 40 else "large"
