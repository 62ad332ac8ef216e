"""Sample rows for a preview: the same for the same spec, told from a column's type, label and name."""

import re
from datetime import date, timedelta

from screenspec.scopes import Scope
from screenspec.spec import Column, Language

from . import sample_words as words

_FIRST_DAY = date(2026, 3, 30)
_AMOUNTS = (1_250_000, 380_000, 72_500, 2_140_000, 645_000, 98_000, 1_575_000, 430_000, 263_000, 812_000)
_QUANTITIES = (12, 40, 7, 150, 25, 3, 64, 18, 92, 31)
_SHARES = (75, 40, 100, 20, 60, 85, 10, 55, 95, 30)
_STEP_DAYS = 3
_SHORT_NAME = 6
_WORD = re.compile(r"[a-z]+")


def sample_value(column: Column, scope: Scope, row: int, *, short_boolean: bool = True) -> str:
    """The text of a column in a row; of a boolean `Y` or an empty text."""
    if column.code_group:
        dataset = scope.code_dataset(column.code_group)
        if dataset is not None and dataset.rows:
            return dataset.rows[row % len(dataset.rows)][1]
    if column.type == "boolean":
        return "Y" if short_boolean and row % 3 != 2 else ""
    if column.type in {"integer", "decimal"}:
        return _number(column, row)
    if column.type in {"date", "datetime", "time"}:
        return _moment(column, row)
    return _text(column, scope.spec.language, row)


def sample_range(column: Column) -> str:
    """The first and the last day of a month, for the two ends of a range."""
    last = column.name.endswith("_to")
    return (_FIRST_DAY.replace(day=31) if last else _FIRST_DAY.replace(day=1)).isoformat()


def _named(column: Column, candidates: tuple[str, ...]) -> bool:
    """Whether the label or the name has one of the words: English ones whole, Korean ones as parts."""
    label = column.label.lower()
    whole = {*_WORD.findall(label), *_WORD.findall(column.name.lower())}
    return any(word in whole if word.isascii() else word in label for word in candidates)


def _number(column: Column, row: int) -> str:
    if _named(column, words.ORDINALS):
        return str(row + 1)
    if column.key or _named(column, words.IDENTIFIERS):
        value = 1001 + row
        return str(value if column.length is None or column.length >= len(str(value)) else row + 1)
    scale = min(column.scale or 0, 2) if column.type == "decimal" else 0
    if _named(column, words.SHARES):
        return f"{_SHARES[row % 10]:,.{min(scale, 1)}f}"
    source = _AMOUNTS if _named(column, words.AMOUNTS) or (column.length or 9) > 9 else _QUANTITIES
    value = source[row % len(source)]
    digits = (column.length or 12) - scale
    return f"{value % 10 ** max(digits, 1):,.{scale}f}"


def _moment(column: Column, row: int) -> str:
    day = _FIRST_DAY - timedelta(days=row * _STEP_DAYS)
    if re.search(r"(^|_)(end|due|to|finish|close)(_|$)", column.name) or re.search("마감|종료|완료|기한", column.label):
        day += timedelta(days=14)
    clock = f"{9 + row % 9:02d}:{row * 25 % 60:02d}"
    if column.type == "date":
        return day.isoformat()
    return f"{day.isoformat()} {clock}" if column.type == "datetime" else clock


def _text(column: Column, language: Language, row: int) -> str:
    kind = next((item for item in words.ORDERED if _named(column, item.words)), None)
    identifies = column.key or _named(column, words.IDENTIFIERS)
    if identifies and kind not in {words.EMAIL, words.PHONE}:
        return _identifier(column, row)
    kind = kind or next((item for item in words.LAST if _named(column, item.words)), None)
    if kind in {None, words.PERSON} and column.type == "text":
        kind = words.NOTE
    if kind is words.PERSON and _is_title(column):
        kind = words.TITLE
    if kind is None:
        text = f"{column.label} {row + 1}"
        return text if column.length is None or column.length >= len(text) else str(row + 1)
    values = kind.korean if language == "ko" else kind.english
    return values[row % len(values)][: max(column.length or 200, len(column.format or ""))]


def _is_title(column: Column) -> bool:
    """`task_name` is no person."""
    return _named(column, words.TITLE.words) and not _named(
        column, ("담당", "작성자", "assignee", "owner", "manager", "by")
    )


def _identifier(column: Column, row: int) -> str:
    letter = next((character.upper() for character in column.name if character.isascii() and character.isalpha()), "A")
    if column.length is not None and column.length < _SHORT_NAME:
        return str(row + 1).zfill(min(column.length, 3))
    return f"{letter}{2026 * 1000 + row + 1}"[: column.length or 20]
