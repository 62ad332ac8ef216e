"""Tables whose columns stand below one another by blanks alone, as they come out of documents and terminals."""

import re
import unicodedata
from collections.abc import Sequence

from .items import is_name

_CELL = re.compile(r"\S+(?: \S+)*")
_LEAST_COLUMNS = 3
_MAX_LINE = 400
_MORE = 2
"""Cells behind the last column: `VARCHAR(15)  PK`."""
Row = list[str]


def find_aligned_table(text: str) -> tuple[list[Row], int, int] | None:
    """A header of names and two rows or more below it, and where they stand. Cells may be missing."""
    lines, position = [], 0
    for line in text.splitlines(keepends=True):
        lines.append((line.rstrip("\n"), position, position + len(line)))
        position += len(line)
    for index, (line, start, _) in enumerate(lines):
        head = list(_CELL.finditer(line)) if len(line) <= _MAX_LINE else []
        if len(head) < _LEAST_COLUMNS or "\t" in line or not all(is_name(cell.group()) for cell in head):
            continue
        columns = [_width(line[: cell.start()]) for cell in head]
        rows: list[Row] = [[cell.group() for cell in head]]
        end = start
        for below, _, until in lines[index + 1 :]:
            cells = list(_CELL.finditer(below)) if len(below) <= _MAX_LINE else []
            if not 2 <= len(cells) <= len(columns) + _MORE:
                break
            rows.append(_placed(below, cells, columns))
            end = until
        if len(rows) > 2:
            return rows, start, end
    return None


def _placed(line: str, cells: Sequence[re.Match[str]], columns: Sequence[int]) -> Row:
    """Each cell below the nearest header that is still free, in order."""
    if len(cells) > len(columns):
        texts = [cell.group() for cell in cells]
        return [*texts[: len(columns) - 1], " ".join(texts[len(columns) - 1 :])]
    row = [""] * len(columns)
    at = 0
    for number, cell in enumerate(cells):
        last = len(columns) - (len(cells) - number)
        place = _width(line[: cell.start()])
        at = min(range(at, last + 1), key=lambda column: abs(columns[column] - place))
        row[at] = cell.group()
        at += 1
    return row


def _width(text: str) -> int:
    """Columns of a terminal: Hangul takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
