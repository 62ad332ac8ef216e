"""The environment of the LLM proxy, read once by the composition root."""

import secrets
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, model_validator

from chassis.settings import ServiceSettings

EnvironmentKind = Literal["openai", "vllm", "llamacpp", "ollama"]


class Settings(ServiceSettings):
    """Everything that the proxy reads from its environment. Times are in seconds."""

    engine_url: str | None = Field(None, validation_alias="FRAMEWRIGHT_ENGINE_URL")
    engine_kind: EnvironmentKind = Field("openai", validation_alias="FRAMEWRIGHT_ENGINE_KIND")
    engine_model: str | None = Field(None, validation_alias="FRAMEWRIGHT_ENGINE_MODEL")
    engine_api_key: SecretStr | None = Field(None, validation_alias="FRAMEWRIGHT_ENGINE_API_KEY")
    openai_api_key: SecretStr | None = Field(None, validation_alias="OPENAI_API_KEY")

    engines_file: Path | None = Field(None, validation_alias="FRAMEWRIGHT_ENGINES_FILE")
    """A YAML file with the engines, for a proxy that runs alone: admin-service is then not asked."""
    state_dir: Path | None = Field(None, validation_alias="FRAMEWRIGHT_STATE_DIR")
    """Where the last known settings are kept over a restart (encrypted)."""

    api_keys: SecretStr | None = Field(None, validation_alias="FRAMEWRIGHT_API_KEYS")
    """For a proxy that runs alone: `name:key,name:key`. Service tokens go on working."""
    open: bool = Field(default=False, validation_alias="FRAMEWRIGHT_OPEN")
    """For a proxy that runs alone on a closed network: everybody may ask."""
    log_prompts: bool = Field(default=False, validation_alias="FRAMEWRIGHT_LOG_PROMPTS")
    """Whether the line that is logged of a request has the beginning of its prompt."""

    poll_s: float = Field(5.0, validation_alias="FRAMEWRIGHT_SETTINGS_POLL_S", gt=0)
    probe_s: float = Field(5.0, validation_alias="FRAMEWRIGHT_ENGINE_PROBE_S", gt=0)
    connect_s: float = Field(3.0, validation_alias="FRAMEWRIGHT_ENGINE_CONNECT_S", gt=0)
    first_byte_s: float = Field(120.0, validation_alias="FRAMEWRIGHT_ENGINE_FIRST_BYTE_S", gt=0)
    """Generous: an engine may have to load its model first."""
    load_s: float = Field(300.0, validation_alias="FRAMEWRIGHT_ENGINE_LOAD_S", gt=0)
    """To the first byte where a server is known not to have its model loaded (Ollama)."""
    between_bytes_s: float = Field(60.0, validation_alias="FRAMEWRIGHT_ENGINE_BETWEEN_BYTES_S", gt=0)
    """Longer than the comment interval of llama-server (30 s)."""
    total_s: float = Field(300.0, validation_alias="FRAMEWRIGHT_ENGINE_TOTAL_S", gt=0)
    ollama_ctx_chars: int = Field(2000, validation_alias="OLLAMA_CTX_CHARS", ge=1)
    """Characters of a prompt on the Ollama paths (R4.4)."""
    clean_response: bool = Field(default=True, validation_alias="CLEAN_RESP")
    stop_think: bool = Field(default=False, validation_alias="STOP_THINK")
    replicas_name: str | None = Field(None, validation_alias="FRAMEWRIGHT_REPLICAS_NAME")
    """A name in the DNS with one address for each replica of the proxy: they share the engines' limits."""
    sticky_prefix_chars: int = Field(1024, validation_alias="FRAMEWRIGHT_STICKY_PREFIX_CHARS", ge=0)
    """Longer prompts with the same beginning go to the same one of several equal engines; 0: never."""
    model_affinity_s: float = Field(20.0, validation_alias="FRAMEWRIGHT_MODEL_AFFINITY_S", gt=0)
    """How long a server that swaps models may keep the others waiting for the one that it has."""
    heartbeat_s: float = Field(10.0, validation_alias="FRAMEWRIGHT_HEARTBEAT_S", gt=0)
    """How long a stream stays silent before a comment line is sent."""

    @property
    def alone(self) -> bool:
        """Whether there is no mesh around it."""
        return self.open or self.api_keys is not None

    @model_validator(mode="before")
    @classmethod
    def made_up_secret(cls, values: dict[str, object]) -> dict[str, object]:
        """Alone it shares its secret with nobody."""
        given = {"service_secret", "FRAMEWRIGHT_SERVICE_SECRET"} & values.keys()
        alone = {"api_keys", "FRAMEWRIGHT_API_KEYS", "open", "FRAMEWRIGHT_OPEN"} & values.keys()
        return values | {"service_secret": secrets.token_urlsafe(48)} if alone and not given else values
