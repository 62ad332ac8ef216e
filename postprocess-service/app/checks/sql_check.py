"""Checks that SQL parses: tables in the plain form that templates write at a glance, all else by a parser."""

import re
from functools import cache

from ..core.sql_words import SQL_WORDS
from .model import Diagnostic, finding

_PLAIN_DIALECT = "postgres"
_MAX_PLAIN = 200_000


def check_sql(text: str, dialect: str | None, language: str) -> list[Diagnostic]:
    """A finding where the statements don't parse in the dialect (None: any)."""
    if dialect == _PLAIN_DIALECT and len(text) <= _MAX_PLAIN and _plain_table().fullmatch(text):
        return []
    return _parsed(text, dialect, language)


def _parsed(text: str, dialect: str | None, language: str) -> list[Diagnostic]:
    import sqlglot  # loads slowly, and only what is not plain needs it
    from sqlglot.errors import SqlglotError

    try:
        sqlglot.parse(text.removeprefix("\ufeff"), read=dialect)
    except (SqlglotError, RecursionError) as error:
        details = getattr(error, "errors", None) or [{}]
        line = details[0].get("line")
        detail = details[0].get("description") or type(error).__name__
        return [finding("sql_syntax", language, line=line, detail=str(detail))]
    return []


@cache
def _plain_table() -> re.Pattern[str]:
    """One table with its comments, each part on its line; no part can match in two ways."""
    bare = rf"(?!(?:{'|'.join(sorted(SQL_WORDS))})\b)[a-z_][a-z0-9_]{{0,62}}"
    name = rf'(?:{bare}|"[a-z_][a-z0-9_]{{0,62}}")'
    literal = r"'[^']*(?:''[^']*)*'"
    kind = r"(?:(?:VARCHAR|CHAR)\(\d{1,8}\)|NUMERIC\(\d{1,4}, \d{1,4}\)|TEXT|INTEGER|BIGINT|DATE|TIMESTAMP|TIME)"
    value = rf"(?:{literal}|-?\d+(?:\.\d+)?|CURRENT_DATE|CURRENT_TIMESTAMP)"
    column = rf"\n    {name} {kind}(?: DEFAULT {value})?(?: NOT NULL)?"
    key = rf",\n    CONSTRAINT {name} PRIMARY KEY \({name}(?:, {name})*\)"
    comment = rf"COMMENT ON (?:TABLE {name}|COLUMN {name}\.{name}) IS {literal};\n"
    return re.compile(
        rf"(?:-- [^\n]*\n)?CREATE TABLE {name} \({column}(?:,{column})*(?:{key})?\n\);\n\n?(?:{comment})*"
    )
