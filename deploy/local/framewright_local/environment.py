"""What each service finds in its environment: the user's settings, the others' addresses, and the mesh's secrets."""

import base64
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from dotenv import dotenv_values

from .layout import SERVICES, Places, url_of

_NOT_FOR_SERVICES = (
    "PYTHONPATH",
    "PYTHONSAFEPATH",
    "PYTHONHOME",
    "FRAMEWRIGHT_HOST",
    "FRAMEWRIGHT_PROMPT",
    "MAKEFLAGS",
)
_OPTIONAL_STORES = ("QDRANT_URL", "QDRANT_HOST")


def read_environment(root: Path, process: Mapping[str, str]) -> dict[str, str]:
    """The settings: `.env` of the checkout, and over it the environment of this process."""
    file = {key: value for key, value in dotenv_values(root / ".env").items() if value}
    return {**file, **process}


def service_environment(
    settings: Mapping[str, str], *, places: Places, ports: Mapping[str, int], database_url: str
) -> dict[str, str]:
    """The environment that all services share. A `<SERVICE>_URL` that is set wins: a proxy, or one elsewhere."""
    environment = {key: value for key, value in settings.items() if key not in _NOT_FOR_SERVICES}
    for service in SERVICES:
        environment[service.url_variable] = settings.get(service.url_variable) or url_of(ports[service.name])
    environment.update(_secrets(settings, places.state / "secrets"))
    environment["FRAMEWRIGHT_MODE"] = "local"
    environment["DATABASE_URL"] = database_url
    environment["PYTHONUNBUFFERED"] = "1"
    if not any(settings.get(name) for name in _OPTIONAL_STORES):
        environment.setdefault("QDRANT_PATH", str(places.state / "qdrant"))
    environment.setdefault("QDRANT_SNAPSHOTS_PATH", str(places.state / "snapshots"))
    # Idle threads of numeric libraries must not spin: everything shares this machine (PERFORMANCE, "Embeddings").
    environment.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    environment.setdefault("KMP_BLOCKTIME", "0")
    return environment


def secret(environment: Mapping[str, str], name: str) -> str:
    """A secret out of a service's environment, given as itself or as a file."""
    return environment.get(name) or Path(environment[f"{name}_FILE"]).read_text(encoding="utf-8").strip()


def _secrets(settings: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Secrets that the user did not set, made once and kept in files that only we can read."""
    makers: dict[str, Callable[[], str]] = {
        "FRAMEWRIGHT_SERVICE_SECRET": lambda: secrets.token_urlsafe(48),
        "FRAMEWRIGHT_METRICS_TOKEN": lambda: secrets.token_urlsafe(24),
        "FRAMEWRIGHT_ENCRYPTION_KEY": lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    }
    result = {}
    for name, make in makers.items():
        if settings.get(name) or settings.get(f"{name}_FILE"):
            continue
        path = folder / name.removeprefix("FRAMEWRIGHT_").lower()
        if not path.exists():
            write_private(path, make())
        result[f"{name}_FILE"] = str(path)
    return result


def write_private(path: Path, text: str) -> None:
    """Writes a file that its owner alone can read, in one step: a reader sees the old text or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    partial.replace(path)
