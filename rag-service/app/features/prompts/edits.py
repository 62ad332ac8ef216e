"""The schemas of a plan and of edits, shallow enough for engines to be held to."""

from collections.abc import Sequence
from typing import Any

_MOST_EDITS = 20


def plan_schema() -> dict[str, Any]:
    """What is to be changed first, for a plan may be cut off: its tokens are few."""
    return {
        "type": "object",
        "properties": {"symbol": {"type": "string"}, "step": {"type": "string"}},
        "required": ["symbol"],
        "additionalProperties": False,
    }


def edits_schema(paths: Sequence[str]) -> dict[str, Any]:
    """Edits of the files that are shown, and of no others."""
    known = list(dict.fromkeys(paths))
    path: dict[str, Any] = {"type": "string", "enum": known} if known else {"type": "string"}
    edit = {
        "type": "object",
        "properties": {"path": path, "search": {"type": "string"}, "replace": {"type": "string"}},
        "required": ["path", "search", "replace"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"edits": {"type": "array", "items": edit, "maxItems": _MOST_EDITS}},
        "required": ["edits"],
        "additionalProperties": False,
    }
