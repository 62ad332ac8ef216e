"""Evaluations as CSV, for spreadsheets: UTF-8 with a byte order mark, which they need for Korean."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_INTERVALS = (
    "score", "relative", "difference", "judged", "valid_before", "valid_after", "expectations", "recall",
    "precision", "distance",
)  # fmt: skip
_MEASURES = (
    "score", "own", "valid_before", "valid_after", "expectations", "recall", "precision", "types", "distance",
    "duration_ms", "engine_ms", "attempts", "fixes", "errors", "prompt_tokens", "completion_tokens", "gpu_s", "cost",
    "problem",
)  # fmt: skip


def comparison_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """A line for each variant; an interval takes four columns, empty bounds where there are too few cases."""
    plain = [name for name in (rows[0] if rows else {}) if name not in _INTERVALS]
    parts = [f"{name}{part}" for name in _INTERVALS for part in ("", "_low", "_high", "_n")]
    return _written([*plain, *parts], ([row[name] for name in plain] + _parts(row) for row in rows))


def items_csv(variants: Sequence[Mapping[str, Any]], items: Iterable[Mapping[str, Any]]) -> str:
    """A line for each generation that is done."""
    head = ["number", "case", "variant", "engine", "mode", "repeat", "generation_id", *_MEASURES, "missed", "judged"]
    return _written(head, (_line(variants[item["variant"]], item) for item in items))


def _line(variant: Mapping[str, Any], item: Mapping[str, Any]) -> list[Any]:
    measures = item["measures"] or {}
    return [
        item["number"], item["case_id"], variant["name"], variant["engine"], variant["mode"], item["repeat"],
        item["generation_id"], *(measures.get(name) for name in _MEASURES), "; ".join(measures.get("missed") or ()),
        (item["judgement"] or {}).get("mark"),
    ]  # fmt: skip


def _parts(row: Mapping[str, Any]) -> list[Any]:
    intervals = [row[name] or {} for name in _INTERVALS]
    return [interval.get(part) for interval in intervals for part in ("mean", "low", "high", "n")]


def _written(head: Sequence[str], lines: Iterable[Sequence[Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([_cell(value) for value in line] for line in lines)
    return BOM + out.getvalue()


def _cell(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula is shown as a text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
