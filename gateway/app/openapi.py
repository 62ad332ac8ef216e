"""The committed form of the API: `python -c "from app.openapi import write; write()"`."""

from pathlib import Path
from typing import Any

import orjson
from pydantic import SecretStr

from .core.settings import Settings
from .main import create_app

FILE = Path(__file__).parent.parent / "openapi.json"


def document() -> dict[str, Any]:
    """The OpenAPI document; no environment is needed, and nothing connects."""
    settings = Settings(service_secret=SecretStr("-" * 32), database_url=SecretStr("postgresql://localhost/none"))
    return create_app(settings).openapi()


def write() -> None:
    FILE.write_bytes(orjson.dumps(document(), option=orjson.OPT_INDENT_2) + b"\n")
