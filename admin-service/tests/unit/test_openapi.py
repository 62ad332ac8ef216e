"""The committed contract is the service's."""

from pathlib import Path

from app.openapi import document


def test_the_committed_openapi_is_what_the_service_says() -> None:  # R5.5
    committed = (Path(__file__).parents[2] / "openapi.json").read_text(encoding="utf-8")
    assert committed == document(), "run `python -m app.openapi > openapi.json`"
