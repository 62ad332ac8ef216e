"""Presets of known models: what public sources say of them, and the values that we draw from that.

A source is `checked` where its page was read; model cards could not always be had, and those are named to be checked.
The values themselves are judgements, and none of them was measured.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("presets.json")
_JOINT = re.compile(r"[:_\s]+")


def normalised(model: str) -> str:
    """`openai/gpt-oss:20B` and `gpt-oss-20b` are the same model. The gateway reads names in the same way."""
    return _JOINT.sub("-", model.rsplit("/", 1)[-1].strip().lower())


@cache
def presets() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(_FILE.read_text(encoding="utf-8")))


def preset_of(model: str) -> dict[str, Any] | None:
    """The preset whose name begins the model's; the longest, where several do."""
    name = normalised(model)
    matching = [(len(start), preset) for preset in presets() for start in preset["names"] if name.startswith(start)]
    return max(matching, key=lambda item: item[0])[1] if matching else None
