"""Checks that SQL parses."""

import sqlglot
from sqlglot.errors import SqlglotError

from .model import Diagnostic, finding


def check_sql(text: str, dialect: str | None, language: str) -> list[Diagnostic]:
    """A finding where the statements don't parse in the dialect (None: any)."""
    try:
        sqlglot.parse(text.removeprefix("\ufeff"), read=dialect)
    except (SqlglotError, RecursionError) as error:
        details = getattr(error, "errors", None) or [{}]
        line = details[0].get("line")
        detail = details[0].get("description") or type(error).__name__
        return [finding("sql_syntax", language, line=line, detail=str(detail))]
    return []
