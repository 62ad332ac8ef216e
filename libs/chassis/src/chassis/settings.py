"""Settings that every service has, read from the environment once, by the composition root."""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

Mode = Literal["local", "production"]


class SecretFileSource(PydanticBaseSettingsSource):
    """Reads `X_FILE` where `X` may be set: the form in which container engines hand over secrets."""

    def get_field_value(self, field: object, field_name: str) -> tuple[object, str, bool]:
        path = os.environ.get(f"{self._name(field, field_name)}_FILE")
        # An empty file is an unset variable, as an empty variable is.
        value = (Path(path).read_text(encoding="utf-8").strip() or None) if path else None
        return value, field_name, False

    def __call__(self) -> dict[str, object]:
        values: dict[str, object] = {}
        for field_name, field in self.settings_cls.model_fields.items():
            value, _, _ = self.get_field_value(field, field_name)
            if value is not None:
                values[field.alias or field_name] = value
        return values

    @staticmethod
    def _name(field: object, field_name: str) -> str:
        alias = getattr(field, "validation_alias", None)
        return (alias if isinstance(alias, str) else field_name).upper()


class ServiceSettings(BaseSettings):
    """The part of the environment that every service reads. A service subclasses it and adds its own.

    A field's environment variable is its `validation_alias`; `<variable>_FILE` names a file to read it from.
    """

    model_config = SettingsConfigDict(frozen=True, extra="ignore", populate_by_name=True, env_ignore_empty=True)

    mode: Mode = Field("production", validation_alias="FRAMEWRIGHT_MODE")
    host: str = Field("127.0.0.1", validation_alias="FRAMEWRIGHT_HOST")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", validation_alias="FRAMEWRIGHT_LOG_LEVEL")
    log_format: Literal["json", "console"] = Field("json", validation_alias="FRAMEWRIGHT_LOG_FORMAT")
    service_secret: SecretStr = Field(validation_alias="FRAMEWRIGHT_SERVICE_SECRET", min_length=32)
    metrics_token: SecretStr | None = Field(None, validation_alias="FRAMEWRIGHT_METRICS_TOKEN")

    otlp_endpoint: str | None = Field(None, validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT")
    """An OpenTelemetry collector that takes OTLP over HTTP; None: no span is made."""

    gateway_url: str = Field("http://127.0.0.1:8080", validation_alias="GATEWAY_URL")
    rag_url: str = Field("http://127.0.0.1:8000", validation_alias="RAG_URL")
    embedding_url: str = Field("http://127.0.0.1:8001", validation_alias="EMBEDDING_URL")
    llm_proxy_url: str = Field("http://127.0.0.1:8002", validation_alias="LLM_PROXY_URL")
    intent_url: str = Field("http://127.0.0.1:8003", validation_alias="INTENT_URL")
    postprocess_url: str = Field("http://127.0.0.1:8004", validation_alias="POSTPROCESS_URL")
    admin_url: str = Field("http://127.0.0.1:8005", validation_alias="ADMIN_URL")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - Pydantic passes it by name
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - Pydantic passes it by name
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, SecretFileSource(settings_cls)
