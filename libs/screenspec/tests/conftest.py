"""The examples of the format, read once for each test that asks."""

import json
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
PATTERNS = sorted(path.stem for path in EXAMPLES.glob("*.json"))


def example(pattern: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((EXAMPLES / f"{pattern}.json").read_text(encoding="utf-8"))
    return document


@pytest.fixture
def multi_save() -> dict[str, Any]:
    return example("multi_save")


@pytest.fixture
def list_popup() -> dict[str, Any]:
    return example("list_popup")
