"""A column's default as a value that a row can be given, and how its values are written."""

import re

from screenspec.data_model import Field
from screenspec.spec import Column

from ..packs.model import Pack

TODAY = frozenset({"today", "now", "now()", "current_date", "current_timestamp", "sysdate", "getdate()", "오늘"})
_TRUE = frozenset({"true", "1", "y", "yes", "t", "예"})
_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,20})?\Z")
_MASK = re.compile(r"9+([-./ ]9+)+\Z")
_YEAR = 4
_DIGITS = {"date": 8, "datetime": 14, "time": 6}


def is_today(column: Column | Field) -> bool:
    """Whether a date begins with the day on which the row is made."""
    return column.type == "date" and (column.default or "").strip().lower() in TODAY


def is_grouped(column: Column) -> bool:
    """Whether thousands are set apart: as the format says; else in amounts, but not in keys, years or codes."""
    if column.type not in {"integer", "decimal"} or column.code_group or column.key:
        return False
    if column.format and "0" in column.format:
        return "," in column.format
    return column.type == "decimal" or column.length is None or column.length > _YEAR


def mask_of(column: Column) -> str | None:
    """`999-9999-9999` where the format of a text says so."""
    masked = column.type == "string" and not column.code_group and column.format
    return column.format if masked and _MASK.match(column.format or "") else None


def boolean_values(pack: Pack) -> tuple[str, str]:
    """How the pack writes true and false."""
    options = pack.manifest.options
    return str(options.get("true_value", "1")), str(options.get("false_value", "0"))


def plain_default(column: Column | Field, true_value: str, false_value: str) -> str | None:
    """The value itself, or None where the default is none that a screen can set."""
    value = (column.default or "").strip().strip("'")
    if not value:
        return None
    if column.type == "boolean":
        return true_value if value.lower() in _TRUE else false_value
    if column.type in {"integer", "decimal"}:
        return value if _NUMBER.match(value) else None
    if column.type in _DIGITS:
        digits = re.sub(r"\D", "", value[:40])
        return digits if len(digits) == _DIGITS[column.type] else None
    return value
