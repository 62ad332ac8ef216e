"""Where engines come from: admin-service, a YAML file, the environment; and the last known of them on disk."""

import base64
import hashlib
import os
from pathlib import Path
from typing import Any, Protocol

import orjson
from pydantic import ValidationError

from chassis.errors import ServiceError
from chassis.logging import get_logger

from ..core.settings import Settings
from ..engines.settings import BUILTIN_ID, EngineSettings, EngineTable
from .whole_files import write_whole

ENVIRONMENT_ID = "env"
OPENAI_URL = "https://api.openai.com"
OPENAI_MODEL = "gpt-4o-mini"
_OPENAI_WINDOW, _OPENAI_OUTPUT = 128_000, 16_384
STATE_FILE = "llm-proxy-settings.bin"
_log = get_logger(__name__)


class UnusableSettings(ServiceError):
    """The settings that a source gave can't be used; those in force stay."""

    default_code = "unusable_settings"


class SettingsSource(Protocol):
    """Gives a table where it has changed since the last call, else None. Raises ServiceError where it can't."""

    async def poll(self) -> EngineTable | None: ...


class AdminSettings(Protocol):
    """What is needed of admin-service's client."""

    async def settings(self, etag: str) -> Any: ...


def parse_table(document: Any) -> EngineTable:
    """A table; an engine that is not valid is refused with all others, and the message says which."""
    try:
        return EngineTable.model_validate(document)
    except ValidationError as error:
        places = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()[:3])
        raise UnusableSettings(f"The engine settings are not valid: {places}") from error


def environment_engine(settings: Settings) -> EngineSettings | None:
    """The engine that the environment names, or None."""
    if settings.engine_url:
        return EngineSettings(
            id=ENVIRONMENT_ID,
            name="Environment",
            kind=settings.engine_kind,
            base_url=settings.engine_url,
            model=settings.engine_model or "",
            api_key=settings.engine_api_key.get_secret_value() if settings.engine_api_key else None,
        )
    key = settings.engine_api_key or settings.openai_api_key
    if settings.openai_api_key is None or key is None:
        return None
    return EngineSettings(
        id=ENVIRONMENT_ID,
        name="OpenAI",
        kind="openai",
        base_url=OPENAI_URL,
        model=settings.engine_model or OPENAI_MODEL,
        api="chat",
        context_window=_OPENAI_WINDOW,
        max_output_tokens=_OPENAI_OUTPUT,
        api_key=key.get_secret_value(),
    )


def with_environment(table: EngineTable, engine: EngineSettings | None) -> EngineTable:
    """The table with the environment's engine, which is the default where none is set but `builtin`."""
    if engine is None:
        return table
    others = tuple(item for item in table.engines if item.id != engine.id)
    unset = table.default_engine in {None, "", BUILTIN_ID}
    return table.model_copy(
        update={"engines": (*others, engine), "default_engine": engine.id if unset else table.default_engine}
    )


class AdminSource:
    """admin-service, asked by ETag. What it gave last is kept on disk, encrypted, for a start without it."""

    def __init__(self, client: AdminSettings, *, store: "StateFile | None") -> None:
        self._client = client
        self._store = store
        self._etag = ""
        self._restored = False

    async def poll(self) -> EngineTable | None:
        try:
            answer = await self._client.settings(self._etag)
        except ServiceError:
            if not self._restored and not self._etag and self._store is not None:
                self._restored = True
                return self._store.read()
            raise
        if answer is None:
            return None
        table = parse_table(answer.document)
        self._etag = answer.etag
        if self._store is not None:
            self._keep(table, self._store)
        return table

    def _keep(self, table: EngineTable, store: "StateFile") -> None:
        """A disk that takes nothing must not keep the new settings from use: there is no second answer with them."""
        try:
            store.write(table)
        except OSError as error:
            _log.warning("settings_not_kept", detail=str(error))


class FileSource:
    """A YAML file with `default_engine` and `engines`, read again when it changes. `$NAME` in a key is expanded."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int] | None = None

    async def poll(self) -> EngineTable | None:
        import yaml

        try:
            stat = self._path.stat()
            if self._seen == (stat.st_mtime_ns, stat.st_size):
                return None
            document = yaml.safe_load(self._path.read_text(encoding="utf-8")) or {}
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise UnusableSettings(f"The engines file can't be read: {error}") from error
        self._seen = (stat.st_mtime_ns, stat.st_size)
        for engine in document.get("engines") or () if isinstance(document, dict) else ():
            if isinstance(engine, dict) and isinstance(engine.get("api_key"), str):
                engine["api_key"] = os.path.expandvars(engine["api_key"])
        return parse_table(document)


class NoSource:
    """For a proxy that runs alone, with the environment's engine or none."""

    async def poll(self) -> EngineTable | None:
        return None


class StateFile:
    """The last known table on disk, mode 0600, encrypted with a key made from the mesh's shared secret."""

    def __init__(self, directory: Path, *, secret: str) -> None:
        self._path = directory / STATE_FILE
        self._key = base64.urlsafe_b64encode(hashlib.sha256(b"llm-proxy settings\0" + secret.encode()).digest())

    def write(self, table: EngineTable) -> None:
        from cryptography.fernet import Fernet

        content = Fernet(self._key).encrypt(orjson.dumps(table.model_dump(mode="json")))
        write_whole(self._path, content)

    def read(self) -> EngineTable | None:
        """None where there is none, or it was written under another secret."""
        from cryptography.fernet import Fernet, InvalidToken

        try:
            content = Fernet(self._key).decrypt(self._path.read_bytes())
        except (OSError, InvalidToken):
            return None
        return parse_table(orjson.loads(content))
