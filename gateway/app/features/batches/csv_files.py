"""A CSV file of prompts: every row a request, every error with its row and column."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chassis.errors import FieldError, InvalidInput, Unprocessable

ENCODINGS = ("utf-8-sig", "cp949")
"""What spreadsheets write: with a byte order mark, or in Korean Windows' own encoding."""
MOST_ERRORS = 50
ShortName = Annotated[str, Field(min_length=1, max_length=200)]
_NAMES = {
    "프롬프트": "prompt", "요청": "prompt", "프레임워크": "framework", "모드": "mode", "모델": "model",
    "산출물": "artifacts",
}  # fmt: skip


class Row(BaseModel):
    """A line of the file, as it becomes a generation."""

    model_config = ConfigDict(extra="forbid")

    prompt: str = Field(min_length=1, max_length=100_000)
    framework: ShortName | None = None
    mode: Literal["spec", "direct", "auto"] = "spec"
    model: ShortName | None = None
    artifacts: list[ShortName] | None = None


def rows_of(content: bytes, *, most: int) -> list[Row]:
    """The rows of a file, the first line of which names the columns.

    Raises:
        InvalidInput: it is no CSV file of prompts at all.
        Unprocessable: rows are wrong; each error names its row and column, as `row 3, column mode`.
    """
    table = csv.DictReader(io.StringIO(_text(content), newline=""), strict=True)
    names = _columns(table)
    rows: list[Row] = []
    errors: list[FieldError] = []
    try:
        for number, cells in enumerate(_filled(table), start=1):
            if number > most:
                raise _refused(f"A batch has at most {most} rows.", code="too_many_rows")
            row = _row(number, cells, names, errors)
            if row is not None:
                rows.append(row)
            if len(errors) >= MOST_ERRORS:
                break
    except csv.Error as error:
        raise _refused(f"Line {table.line_num} is not valid CSV: {error}.") from error
    if errors:
        raise Unprocessable("Rows of the file are wrong.", code="invalid_rows", errors=errors)
    if not rows:
        raise _refused("The file has no rows below its first line.")
    return rows


def _text(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    raise _refused("The file is neither UTF-8 nor CP949 text.")


def _columns(table: "csv.DictReader[str]") -> dict[str, str]:
    """By the file's names ours."""
    try:
        given = [name or "" for name in table.fieldnames or ()]
    except csv.Error as error:
        raise _refused(f"The first line is not valid CSV: {error}.") from error
    names = {name: _NAMES.get(name.strip().lower(), name.strip().lower()) for name in given}
    unknown = [name for name, ours in names.items() if ours not in Row.model_fields]
    if "prompt" not in names.values():
        raise _refused("The first line names the columns; one of them has to be `prompt`.")
    if unknown or len(set(names.values())) != len(given):
        known = ", ".join(Row.model_fields)
        raise _refused(f"The columns are {known}, each once; not: {', '.join(unknown) or 'one twice'}.")
    return names


def _filled(table: "csv.DictReader[str]") -> Iterator[Mapping[str | None, Any]]:
    return (cells for cells in table if any(str(value or "").strip() for value in cells.values()))


def _row(
    number: int, cells: Mapping[str | None, Any], names: Mapping[str, str], errors: list[FieldError]
) -> Row | None:
    if None in cells:
        errors.append(FieldError(f"row {number}", f"Row {number} has more cells than the first line."))
        return None
    values = {names[name or ""]: str(value).strip() for name, value in cells.items() if str(value or "").strip()}
    given: dict[str, Any] = dict(values)
    if "artifacts" in given:
        given["artifacts"] = [item.strip() for item in given["artifacts"].split(";") if item.strip()]
    try:
        return Row.model_validate(given)
    except ValidationError as error:
        for item in error.errors():
            column = str(item["loc"][0])
            why = "must not be empty" if item["type"] == "missing" else item["msg"]
            errors.append(FieldError(f"row {number}, column {column}", f"Row {number}, column {column}: {why}."))
        return None


def _refused(message: str, *, code: str = "invalid_csv") -> InvalidInput:
    return InvalidInput(message, code=code, errors=[FieldError("file", message)])
