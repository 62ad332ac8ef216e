"""Types behind sample values: `2024-01-31` is a date, 12000.5 a decimal."""

import re
from collections.abc import Iterable
from typing import Any

from screenspec.data_model import FieldType

_DATE = re.compile(r"^\d{4}[-./]\d{1,2}[-./]\d{1,2}$")
_DATETIME = re.compile(r"^\d{4}[-./]\d{1,2}[-./]\d{1,2}[T ]\d{1,2}:\d{2}")
_TIME = re.compile(r"^\d{1,2}:\d{2}(?::\d{2})?$")
_INTEGER = re.compile(r"^-?(?:0|[1-9]\d{0,14})$")
_GROUPED = re.compile(r"^-?[1-9]\d{0,2}(?:,\d{3})+$")
_DECIMAL = re.compile(r"^-?\d+\.\d+$")
_BOOLEAN = frozenset({"true", "false"})


def type_of_value(value: Any) -> FieldType | None:
    """The type of one JSON or YAML value, None for null and for what is no scalar."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "decimal"
    if isinstance(value, str):
        return type_of_texts([value])
    kinds: dict[str, FieldType] = {"datetime": "datetime", "date": "date", "time": "time"}
    return kinds.get(type(value).__name__)


def type_of_texts(texts: Iterable[str]) -> FieldType | None:
    """The type that fits all texts that are not empty."""
    kinds = {_one(text.strip()) for text in texts if text.strip()}
    if not kinds:
        return None
    if kinds == {"integer", "decimal"}:
        return "decimal"
    return kinds.pop() if len(kinds) == 1 else "string"


def _one(text: str) -> FieldType:
    if _INTEGER.match(text) or _GROUPED.match(text):
        return "integer"
    if _DECIMAL.match(text):
        return "decimal"
    if text.lower() in _BOOLEAN:
        return "boolean"
    if _DATETIME.match(text):
        return "datetime"
    if _DATE.match(text):
        return "date"
    return "time" if _TIME.match(text) else "string"
