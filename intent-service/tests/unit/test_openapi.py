"""The committed contract is what the application serves."""

import json
from pathlib import Path

from fastapi import FastAPI


def test_the_committed_openapi_is_the_applications(app: FastAPI) -> None:  # R5.5
    committed = json.loads((Path(__file__).parents[2] / "openapi.json").read_text(encoding="utf-8"))
    assert committed == app.openapi()
