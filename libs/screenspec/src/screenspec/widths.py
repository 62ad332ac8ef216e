"""Widths from text and types: Korean is wide."""

from functools import lru_cache
from math import ceil
from unicodedata import east_asian_width

from .boxes import Metrics, WidgetKind
from .data_model import FieldType
from .scopes import Scope
from .spec import Column

_BY_TYPE: dict[FieldType, WidgetKind] = {
    "string": "text",
    "text": "multiline",
    "integer": "number",
    "decimal": "number",
    "boolean": "checkbox",
    "date": "date",
    "datetime": "masked",
    "time": "masked",
    "code": "text",
}
_FIELD = {"date": 120, "masked": 150, "checkbox": 26, "yes_no": 100}
_BROAD = frozenset("MWmw@%&")
_THIN = frozenset("iIl|.,:;'`!()[]/-rtfj ")
_RADIOS = range(1, 9)
_YES_NO = {"ko": ("예", "아니요"), "en": ("Yes", "No")}
_GRID = {"integer": 80, "decimal": 110, "boolean": 64, "date": 104, "datetime": 146, "time": 80, "text": 240}


def text_width(text: str, metrics: Metrics) -> int:
    """Pixels that a line of text takes; an upper estimate."""
    return _text_width(text, metrics.wide_char, metrics.narrow_char)


@lru_cache(maxsize=1024)
def _text_width(text: str, wide: int, narrow: int) -> int:
    """A label is measured for its grid's header, its form and its field."""
    return ceil(sum([_character_width(character, wide, narrow) for character in text]))


@lru_cache(maxsize=8192)
def _character_width(character: str, wide: int, narrow: int) -> float:
    if character in _BROAD or east_asian_width(character) in "WF":
        return wide
    if character in _THIN:
        return narrow - 1.5
    return narrow + (2.5 if character.isupper() else 0.5 if character.isalnum() else 1)


def widget_of(column: Column, scope: Scope, *, condition: bool = False) -> WidgetKind:
    """How a column is edited in a form, or asked for as a search condition."""
    codes = scope.code_dataset(column.code_group) if column.code_group else None
    if column.widget == "radio" and not condition and not column.key and (codes or column.type == "boolean"):
        return "radio" if codes is None or len(codes.rows) in _RADIOS else "combo"
    if codes is not None:
        return "combo"
    if column.widget == "multiline" and column.type == "string" and not condition:
        return "multiline"
    if column.widget == "combo" and column.type == "boolean":
        return "yes_no"
    if condition and column.type in {"boolean", "text"}:
        return "yes_no" if column.type == "boolean" else "text"
    return _BY_TYPE[column.type]


def field_width(column: Column, widget: WidgetKind, scope: Scope, metrics: Metrics) -> int:
    """The natural width of a column's field in a form."""
    if widget in _FIELD:
        return _FIELD[widget]
    if widget == "radio":
        widths = radio_widths(column, scope, metrics)
        return sum(widths) + metrics.radio_gap * (len(widths) - 1)
    if widget == "combo":
        return min(max(_code_width(column, scope, metrics) + 44, 120), 240)
    if widget == "number":
        digits = (column.length or 10) + (column.length or 10) // 3
        return min(max(digits * metrics.narrow_char + 24, 90), 200)
    return min(max((column.length or 40) * metrics.narrow_char + 20, 110), 280)


def radio_widths(column: Column, scope: Scope, metrics: Metrics) -> tuple[int, ...]:
    """Widths of the radio buttons of a code's values, or of a yes and a no."""
    dataset = scope.code_dataset(column.code_group) if column.code_group else None
    labels = [label for _, label in dataset.rows] if dataset else list(_YES_NO[scope.spec.language])
    return tuple(text_width(label, metrics) + metrics.radio_mark for label in labels)


def grid_column_width(column: Column, scope: Scope, metrics: Metrics) -> int:
    """The natural width of a column in a grid: what its type needs, and never less than its header."""
    header = header_width(column, metrics)
    if column.code_group and scope.code_dataset(column.code_group) is not None:
        content = min(max(_code_width(column, scope, metrics) + 40, 84), 200)
    elif column.type in {"string", "code"}:
        content = min(max((column.length or 30) * metrics.narrow_char + 20, 70), 240)
    else:
        content = _GRID[column.type]
    return min(max(header, content), 320)


def header_width(column: Column, metrics: Metrics) -> int:
    """What the column's title takes."""
    return text_width(column.label, metrics) + 26


def _code_width(column: Column, scope: Scope, metrics: Metrics) -> int:
    dataset = scope.code_dataset(column.code_group or "")
    return max((text_width(label, metrics) for _, label in dataset.rows), default=0) if dataset else 0
