"""Rows out of Excel files, with limits: an .xlsx is a zip archive of XML that a stranger made."""

import io
import zipfile
from typing import Any
from xml.etree.ElementTree import ParseError

MAX_UNPACKED = 60 * 1024 * 1024
MAX_RATIO = 150
MAX_PARTS = 2_000
MAX_SHEETS = 10
MAX_ROWS = 2_000
MAX_COLUMNS = 600


class UnusableSpreadsheet(Exception):
    """The file is no spreadsheet that can be read safely; the message says why, for people."""


def read_spreadsheet(content: bytes) -> dict[str, list[list[str]]]:
    """The rows of each sheet as text. Formulas give the value that was stored with them.

    Raises:
        UnusableSpreadsheet: no .xlsx, damaged, or larger unpacked than the limits allow.
    """
    import openpyxl  # here, for it takes a quarter of a second that a start doesn't have
    from openpyxl.utils.exceptions import InvalidFileException

    _check(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        return {
            sheet.title: [
                [_text(cell) for cell in row]
                for row in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True)
            ]
            for sheet in book.worksheets[:MAX_SHEETS]
        }
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        ParseError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
    ) as error:
        raise UnusableSpreadsheet("not a readable .xlsx file") from error


def _check(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnusableSpreadsheet("not an .xlsx file") from error
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(len(content), 20_000):
        raise UnusableSpreadsheet("unpacked it would be larger than the limit")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).replace("T00:00:00", "")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
