"""The log as a file: whole records as JSON lines, or one line of CSV each, written as they are read."""

import csv
import io
from collections.abc import AsyncIterator, Mapping
from typing import Any, Literal

import orjson

from ...core.redaction import Redaction
from ...storage.generation_log import LogExport
from ...storage.records import GenerationFilter, moment

Format = Literal["jsonl", "csv"]
MEDIA_TYPES: dict[Format, str] = {"jsonl": "application/x-ndjson", "csv": "text/csv; charset=utf-8"}
_COLUMNS = (
    "id", "created_at", "ended_at", "user_id", "channel", "status", "kind", "mode", "framework", "engine",
    "engine_model", "degraded", "duration_ms", "prompt_tokens", "completion_tokens", "prompt", "answer", "files",
    "problem", "rating",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet would take such a cell for a formula."""
_BYTE_ORDER_MARK = "\ufeff"
"""Without it a spreadsheet reads Korean in its own encoding."""


async def lines_of(
    log: LogExport, wanted: GenerationFilter, redaction: Redaction, format_: Format
) -> AsyncIterator[bytes]:
    """The file, a record at a time."""
    if format_ == "csv":
        yield (_BYTE_ORDER_MARK + _csv(_COLUMNS)).encode()
    async for row in log.rows(wanted):
        record = redaction.value({**row, **{name: _moment(row[name]) for name in ("created_at", "ended_at")}})
        yield _csv(_cells(record)).encode() if format_ == "csv" else orjson.dumps(record) + b"\n"


def _moment(value: Any) -> str | None:
    return moment(value) if value is not None else None


def _cells(record: Mapping[str, Any]) -> list[Any]:
    usage, problem, feedback = (record[name] or {} for name in ("usage", "problem", "feedback"))
    made = {
        "prompt_tokens": usage.get("prompt_tokens"),
        "completion_tokens": usage.get("completion_tokens"),
        "files": " ".join(file["path"] for file in record["artifacts"] or ()),
        "problem": problem.get("code"),
        "rating": feedback.get("rating"),
    }
    return [_cell(made[name] if name in made else record[name]) for name in _COLUMNS]


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _csv(cells: Any) -> str:
    line = io.StringIO(newline="")
    csv.writer(line).writerow(cells)
    return line.getvalue()
