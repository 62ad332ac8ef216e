"""Data models from SELECT statements: the projection gives the fields, parameters the search conditions."""

import re
from dataclasses import dataclass, field
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from ..vocabulary.naming import HANGUL
from .declared import DeclaredEntity, DeclaredField
from .sql_statements import guess_dialect
from .type_names import TYPES, refine

_SELECT = re.compile(
    r"\b(?:WITH\s+\w+\s+AS\s*\(\s*)?SELECT\s+(?!(?:an?|the|one|some|rows?)\s)[\s\S]+?\bFROM\s+(?!(?:the|an?|our|my|this|that|it)\b)[\w.\"`\[(]+",
    re.IGNORECASE,
)
_PARAMETER = re.compile(r"[#$]\{\s*([\w.]+)[^}]*\}")
_TAGS = re.compile(r"</?(?:if|where|choose|when|otherwise|foreach|trim|select)\b[^>]*>", re.IGNORECASE)
_END = re.compile(r";|\n\s*\n|```|</select>|(?<=\s)(?=[가-힣])|(?<=[\w)])\s*--")
_PROSE_LINES = 4
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|`[^`]*`")


@dataclass(slots=True)
class Query:
    """The entity, the fields that parameters are compared with, and where the statement stands."""

    entity: DeclaredEntity
    start: int
    end: int
    searched: list[str] = field(default_factory=list)


def find_query(text: str) -> Query | None:
    """The first SELECT that can be read; None where there is none."""
    match = _SELECT.search(text)
    if match is None:
        return None
    end = _end(text, match.end())
    source = _PARAMETER.sub(lambda found: f":{found[1].split('.')[-1]}", _TAGS.sub(" ", text[match.start() : end]))
    source = re.sub(r"(?<![:\w]):([A-Za-z_]\w*)", r":p_\1", source)  # a parameter may be called as a keyword is
    select, dropped = _parsed(source)
    if select is None:
        return None
    end -= dropped
    fields = [item for item in map(_projected, _named_columns(select).expressions) if item is not None]
    table = select.find(exp.Table)
    if not fields:
        return None
    entity = DeclaredEntity(table.name if table is not None else "", fields=fields)
    return Query(entity, match.start(), end, _searched(select))


def _named_columns(select: exp.Select) -> exp.Select:
    """`SELECT * FROM (SELECT a, b …)`: the columns are those of the inner statement."""
    while all(isinstance(item, exp.Star) for item in select.expressions):
        source = select.args.get("from") or select.args.get("from_")
        inner = source.find(exp.Select) if source is not None else None
        if inner is None:
            break
        select = inner
    return select


def _parsed(source: str) -> tuple[Any, int]:
    """The statement, without the last lines that are prose; and how many characters these have."""
    lines = source.splitlines(keepends=True)
    for count in range(len(lines), max(len(lines) - _PROSE_LINES, 0), -1):
        kept = "".join(lines[:count])
        if _SELECT.search(kept) is None:
            break
        try:
            tree: Any = sqlglot.parse_one(kept, dialect=guess_dialect(kept))
        except (SqlglotError, RecursionError):
            continue
        select = tree.find(exp.Select) if tree is not None else None
        if select is not None:
            return select, sum(map(len, lines[count:]))
    return None, 0


def _end(text: str, start: int) -> int:
    """Where the statement ends: quoted text doesn't count."""
    masked = _QUOTED.sub(lambda found: "x" * len(found.group()), text)
    match = _END.search(masked, start)
    return match.start() if match else len(text)


def _projected(item: exp.Expression) -> DeclaredField | None:
    name = item.alias_or_name
    if not name or name == "*" or isinstance(item, exp.Star):
        return None
    found = DeclaredField(name)
    value = item.this if isinstance(item, exp.Alias) else item
    if value is not item and isinstance(value, exp.Column) and HANGUL.search(name):
        found = DeclaredField(value.name, label=name)  # a Korean alias is a label
    if isinstance(value, exp.Count):
        found.type = "integer"
    elif isinstance(value, exp.Sum | exp.Avg):
        found.type = "decimal"
    elif isinstance(value, exp.Cast):
        base = TYPES.get(value.to.this.value.lower())
        if base is not None:
            found.type = refine(base, value.to.this.value.lower(), None, None).type
    return found


def _searched(select: exp.Select) -> list[str]:
    where = select.args.get("where")
    if where is None:
        return []
    names: list[str] = []
    for parameter in where.find_all(exp.Placeholder, exp.Parameter):
        condition = parameter.find_ancestor(exp.Predicate)
        column = condition.find(exp.Column) if condition is not None else None
        if column is not None and column.name not in names:
            names.append(column.name)
    return names
