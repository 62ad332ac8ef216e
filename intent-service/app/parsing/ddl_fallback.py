"""Our own reader of `CREATE TABLE` for what sqlglot can't parse: column by column, errors with their lines."""

import re

from .declared import DeclaredEntity, DeclaredField, DeclaredReference
from .type_names import read_type

_HEAD = re.compile(
    r"CREATE\s+(?:\w+\s+){0,4}?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([\w.\"`\[\]$#가-힣]+)\s*\(", re.IGNORECASE
)
_COLUMN = re.compile(r"^[\"`\[]?(?P<name>[\w$#가-힣]+)[\"`\]]?\s+(?P<rest>\[?[A-Za-z가-힣].*)$", re.DOTALL)
_KEY = re.compile(r"PRIMARY\s+KEY\s*(?:CLUSTERED|NONCLUSTERED)?\s*\(([^)]*)\)", re.IGNORECASE)
_FOREIGN = re.compile(r"FOREIGN\s+KEY\s*\(([^)]*)\)\s*REFERENCES\s+([\w.\"`\[\]]+)\s*(?:\(([^)]*)\))?", re.IGNORECASE)
_TABLE_LEVEL = re.compile(
    r"^(?:CONSTRAINT|PRIMARY\s+KEY|FOREIGN\s+KEY|UNIQUE|CHECK|INDEX|KEY|EXCLUDE|FULLTEXT|PERIOD)\b", re.IGNORECASE
)
_COMMENT = re.compile(r"\bCOMMENT\s+'((?:[^']|'')*)'", re.IGNORECASE)
_DEFAULT = re.compile(r"\bDEFAULT\s+(?:'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?))", re.IGNORECASE)
_LINE_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)


def read_create_table(text: str) -> tuple[DeclaredEntity | None, list[tuple[int, str]]]:
    """The table, and the parts that could not be read with their lines from the statement's start (0 is the first)."""
    head = _HEAD.search(text)
    if head is None:
        return None, []
    name = _bare(head[1].split(".")[-1])
    entity = DeclaredEntity(name=name, table=name)
    broken: list[tuple[int, str]] = []
    for offset, part in _parts(text, head.end()):
        if not _read_part(part.strip(), entity):
            start = offset + len(part) - len(part.lstrip())
            broken.append((text.count("\n", 0, start), re.sub(r"\s+", " ", part.strip())[:60]))
    return entity, broken


def without_tail(text: str) -> str:
    """The statement up to the bracket that closes its column list."""
    head = _HEAD.search(text)
    if head is None:
        return text
    offset, last = _parts(text, head.end())[-1]
    return text[: offset + len(last)] + ")"


def _bare(name: str) -> str:
    return name.strip().strip('"`[]')


def _parts(text: str, start: int) -> list[tuple[int, str]]:
    """What stands between the commas of the outer bracket; comments become blanks, so that lines still count."""
    body = _LINE_COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    parts: list[tuple[int, str]] = []
    depth, begin, quote = 0, start, ""
    for position in range(start, len(body)):
        character = body[position]
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"`":
            quote = character
        elif character == "(":
            depth += 1
        elif character == ")":
            if depth == 0:
                parts.append((begin, body[begin:position]))
                return parts
            depth -= 1
        elif character == "," and depth == 0:
            parts.append((begin, body[begin:position]))
            begin = position + 1
    parts.append((begin, body[begin:]))
    return parts


def _read_part(part: str, entity: DeclaredEntity) -> bool:
    if not part:
        return True
    if _TABLE_LEVEL.match(part):
        return _read_constraint(part, entity)
    match = _COLUMN.match(part)
    facts = read_type(match["rest"].lstrip("[").replace("]", "", 1)) if match else None
    if match is None or facts is None:
        return False
    field = DeclaredField(match["name"], type=facts.type, length=facts.length, scale=facts.scale)
    rest = match["rest"].upper()
    field.key = "PRIMARY KEY" in rest
    field.required = field.key or "NOT NULL" in rest
    comment, default = _COMMENT.search(part), _DEFAULT.search(part)
    field.label = comment[1].replace("''", "'").strip() if comment else ""
    field.default = (default[1] if default[1] is not None else default[2]) if default else None
    entity.fields.append(field)
    return True


def _read_constraint(part: str, entity: DeclaredEntity) -> bool:
    key, foreign = _KEY.search(part), _FOREIGN.search(part)
    if key:
        entity.set_key([_bare(name.split()[0]) for name in key[1].split(",") if name.strip()])
    if foreign:
        entity.references.append(
            DeclaredReference(
                _bare(foreign[2].split(".")[-1]),
                [_bare(name) for name in foreign[1].split(",")],
                [_bare(name) for name in (foreign[3] or "").split(",") if name.strip()],
            )
        )
    return True
