"""Tables in prose: Markdown, and lines with tabs, bars or commas."""

import re

from .items import is_name

_MARKDOWN_ROW = re.compile(r"^\s*\|(.+)\|\s*$")
_RULE = re.compile(r"^[\s|:-]+$")
_MAX_CELL = 60


def find_markdown_table(text: str) -> tuple[list[list[str]], int, int] | None:
    """The first Markdown table in prose, with where it stands."""
    rows: list[list[str]] = []
    start = end = position = 0
    for line in text.splitlines(keepends=True):
        match = _MARKDOWN_ROW.match(line)
        if match:
            start = position if not rows else start
            end = position + len(line)
            if not _RULE.match(line):
                rows.append([cell.strip().strip("`*") for cell in match[1].split("|")])
        elif rows:
            break
        position += len(line)
    return (rows, start, end) if len(rows) >= 2 else None


def find_plain_table(text: str) -> tuple[list[list[str]], int, int] | None:
    """Two lines and more with columns between tabs, bars or commas, and where they stand: pasted from a sheet."""
    for separator, least, loose in (("\t", 1, True), ("|", 1, True), (",", 2, False)):
        rows: list[list[str]] = []
        start = end = position = 0
        for line in [*text.splitlines(keepends=True), ""]:
            cells = [cell.strip() for cell in line.strip().strip("|").split(separator)]
            columns = len(cells) - 1
            fits = columns >= least and (loose or (", " not in line and (not rows or len(cells) == len(rows[0]))))
            if fits and all(len(cell) <= _MAX_CELL for cell in cells) and (rows or all(map(is_name, cells))):
                start = position if not rows else start
                end = position + len(line)
                rows.append(cells)
            elif len(rows) >= 2:
                break
            else:
                rows = []
            position += len(line)
        if len(rows) >= 2:
            return rows, start, end
    return None
