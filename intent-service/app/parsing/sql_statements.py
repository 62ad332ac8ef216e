"""Cuts SQL scripts into statements with their lines, and guesses which database they are for."""

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[A-Za-z_][^\]\n]*\]"""
    r"""|--[^\n]*|\#[^\n]*|/\*.*?\*/|(?P<dollar>\$\w*\$).*?(?P=dollar)|;|^[ \t]*(?:GO|/)[ \t]*$""",
    re.DOTALL | re.MULTILINE | re.IGNORECASE | re.VERBOSE,
)
_HINTS = (
    (
        "tsql",
        r"\bIDENTITY\s*\(|\[dbo\]|\bNVARCHAR\s*\(\s*MAX|\bDATETIME2\b|\bUNIQUEIDENTIFIER\b|^\s*GO\s*$|\[\w+\]\s+\[?\w+\]?",
    ),
    ("mysql", r"\bAUTO_INCREMENT\b|\bENGINE\s*=|`|\bUNSIGNED\b|\bENUM\s*\(|\bTINYINT\s*\(|\bLONGTEXT\b|\bCOMMENT\s+'"),
    ("oracle", r"\bVARCHAR2\b|\bNVARCHAR2\b|\bNUMBER\b|\bSYSDATE\b|\bCLOB\b|\bTABLESPACE\b"),
    ("postgres", r"\b(?:BIG|SMALL)?SERIAL\b|::|\bJSONB\b|\bTIMESTAMPTZ\b|\bBYTEA\b|\bWITH(?:OUT)? TIME ZONE\b"),
)
_TABLES = re.compile(
    r"^\s*(?:CREATE\s+(?:OR\s+REPLACE\s+)?(?:GLOBAL\s+|LOCAL\s+|PRIVATE\s+|TEMP\w*\s+|UNLOGGED\s+|EXTERNAL\s+)*TABLE|ALTER\s+TABLE)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(r"(?:\s|--[^\n]*(?:\n|$)|/\*.*?\*/)+", re.DOTALL)
_START = re.compile(
    r"(?:CREATE\s+(?:OR\s+REPLACE\s+)?(?:\w+\s+){0,3}(?:TABLE|INDEX|SEQUENCE|VIEW|SCHEMA|TRIGGER)|ALTER\s+TABLE|COMMENT\s+ON|EXEC\w*\s)",
    re.IGNORECASE,
)
_EMBEDDED = re.compile(
    r"(?:^|\s|[:(\"'`>])(?=(?:CREATE\s+(?:\w+\s+){0,2}TABLE\s|COMMENT\s+ON\s|ALTER\s+TABLE\s))", re.IGNORECASE
)
"""Where DDL starts inside prose."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement; `line` is where it starts, from 1."""

    text: str
    line: int

    def first_words(self, number: int) -> tuple[str, ...]:
        return tuple(word.upper() for word in re.findall(r"\w+", self.text[:80])[:number])

    def declares_tables(self) -> bool:
        return _TABLES.match(self.text) is not None

    def head(self) -> str:
        """Its start, for people."""
        return re.sub(r"\s+", " ", self.text[:60]).strip()


def split_statements(text: str) -> list[Statement]:
    """Statements end at `;`, at a line `GO` or `/`, or where the text does; quotes and comments are respected."""
    statements: list[Statement] = []
    start = 0
    for match in _TOKEN.finditer(text):
        mark = match.group().strip()
        if mark == ";" or mark.upper() in {"GO", "/"}:
            _add(statements, text, start, match.start())
            start = match.end()
    _add(statements, text, start, len(text))
    return statements


def _add(statements: list[Statement], text: str, start: int, end: int) -> None:
    leading = _LEADING.match(text, start, end)
    begin = leading.end() if leading else start
    if begin >= end:
        return
    body = text[begin:end]
    if not _START.match(body):
        inner = _EMBEDDED.search(body)
        if inner is None:
            return
        begin += inner.end()
        body = text[begin:end]
    statements.append(Statement(body.rstrip(), text.count("\n", 0, begin) + 1))


def guess_dialect(text: str) -> str:
    """Sqlglot's name of the dialect that the script looks most like; Tibero speaks Oracle's."""
    for dialect, pattern in _HINTS:
        if re.search(pattern, text, re.IGNORECASE | re.MULTILINE):
            return dialect
    return "postgres"
