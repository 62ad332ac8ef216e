"""Checks a mapper of SQL statements: it is well-formed, and each statement parses with all its parts in."""

import re

from lxml import etree

from .model import Diagnostic, finding
from .sql_check import check_sql
from .xml_facts import UnsafeDocumentError, line_of, parse_xml

_STATEMENTS = frozenset({"select", "insert", "update", "delete"})
_PARAMETER = re.compile(r"#\{[^}]*\}")
_DOCTYPE = re.compile(r'<!DOCTYPE mapper PUBLIC "-//mybatis\.org//DTD Mapper 3\.0//EN" "[^"<>\[\]]*">')


def mapper_statements(text: str) -> list[tuple[str, str, int | None]]:
    """Id, SQL with parameters as `?`, and line of each statement. Raises as `parse_xml` does."""
    root = parse_xml(_DOCTYPE.sub("", text, count=1))
    return [
        (str(element.get("id")), statement_text(element), line_of(element))
        for element in root
        if isinstance(element.tag, str) and element.tag in _STATEMENTS
    ]


def statement_text(element: etree._Element) -> str:
    """The statement as it is where every condition holds."""
    parts = [element.text or ""]
    for child in element:
        inner = statement_text(child) if isinstance(child.tag, str) else ""
        if child.tag == "where" and inner.strip():
            inner = "WHERE " + re.sub(r"^\s*AND\b", "", inner)
        parts += [inner, child.tail or ""]
    return _PARAMETER.sub("?", "".join(parts))


def check_mapper(text: str, sql_dialect: str | None, language: str) -> list[Diagnostic]:
    try:
        statements = mapper_statements(text)
    except UnsafeDocumentError:
        return [finding("document_type", language, line=1)]
    except etree.XMLSyntaxError as error:
        return [finding("not_well_formed", language, line=error.lineno, detail=error.msg or "")]
    found = []
    for _, sql, line in statements:
        found += [
            Diagnostic(item.severity, item.rule, item.message, line) for item in check_sql(sql, sql_dialect, language)
        ]
    return found
