"""Fields of a generated screen beside the expected ones: recall, precision, types and keys."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .golden import ExpectedField

_PLAIN = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W\d][\w-]*")


@dataclass(frozen=True, slots=True)
class FieldScore:
    """Shares from 0 to 1; `precision` is None where the prompt leaves open what else may come."""

    recall: float
    precision: float | None
    types: float
    keys: float | None
    missing: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()

    @property
    def f1(self) -> float:
        if self.precision is None:
            return self.recall
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0


def columns_of(spec: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The columns of the screen's first list or detail dataset, and what a popup's detail of the entity adds."""
    shown = [dataset for dataset in spec.get("datasets") or () if dataset.get("role") in {"list", "detail"}]
    if not shown:
        return []
    main = shown[0]
    same = [item for item in shown[1:] if item.get("entity") and item.get("entity") == main.get("entity")]
    by_name = {str(column.get("name")): column for item in (main, *same) for column in item.get("columns") or ()}
    return list(by_name.values())


def score_columns(
    expected: Sequence[ExpectedField], columns: Sequence[Mapping[str, Any]], *, whole: bool
) -> FieldScore:
    """Each column answers one expected field at most; in a whole model a key that nobody stated is no mistake."""
    left = list(columns)
    missing, types, keys = [], 0, []
    for field in expected:
        column = next((item for item in left if _answers(field, item)), None)
        if column is not None:
            left.remove(column)
            types += column.get("type") in field.types
        else:
            missing.append(field.title)
        if field.key:
            keys.append(column is not None and bool(column.get("key")))
    found = len(expected) - len(missing)
    stated_key = any(field.key for field in expected)
    unasked = [str(item.get("name")) for item in left if stated_key or not item.get("key")]
    return FieldScore(
        recall=found / len(expected) if expected else 1.0,
        precision=found / (found + len(unasked)) if whole and found + len(unasked) else (0.0 if whole else None),
        types=types / len(expected) if expected else 1.0,
        keys=sum(keys) / len(keys) if keys else None,
        missing=tuple(missing),
        unasked=tuple(unasked) if whole else (),
    )


def score_texts(expected: Sequence[ExpectedField], texts: Iterable[str]) -> FieldScore:
    """Of files that an engine wrote itself: which of the names stand in them; the rest can't be told."""
    text = "\n".join(texts)
    words = {_plain(word) for word in _WORD.findall(text)}
    flat = _plain(text)
    missing = [
        field.title
        for field in expected
        if not any(_plain(name) in words or (not name.isascii() and _plain(name) in flat) for name in field.names)
    ]
    recall = 1 - len(missing) / len(expected) if expected else 1.0
    return FieldScore(recall=recall, precision=None, types=recall, keys=None, missing=tuple(missing))


def same_name(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _answers(field: ExpectedField, column: Mapping[str, Any]) -> bool:
    given = {_plain(str(column.get("name") or "")), _plain(str(column.get("label") or ""))} - {""}
    return any(_plain(name) in given for name in field.names)


def _plain(name: str) -> str:
    return _PLAIN.sub("", name).lower()
