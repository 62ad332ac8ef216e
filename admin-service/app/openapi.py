"""`python -m app.openapi > openapi.json`: the committed contract, anew."""

import json
import sys

from .core.settings import Settings
from .main import create_app

_NOT_CONNECTED = "postgresql://nobody@127.0.0.1:1/none"
_PLACEHOLDER = "x" * 32


def document() -> str:
    settings = Settings.model_validate(
        {"service_secret": _PLACEHOLDER, "encryption_key": _PLACEHOLDER, "database_url": _NOT_CONNECTED}
    )
    return json.dumps(create_app(settings).openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(document())
