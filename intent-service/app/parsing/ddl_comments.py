"""Comments of tables and columns that stand in statements of their own."""

import re

from .declared import DeclaredModel

_COMMENT_ON = re.compile(
    r"COMMENT\s+ON\s+(TABLE|COLUMN)\s+([\w.\"`\[\]$#가-힣]+)\s+IS\s+N?'((?:[^']|'')*)'", re.IGNORECASE
)
_EXTENDED = re.compile(r"@(\w+)\s*=\s*N?'((?:[^']|'')*)'", re.IGNORECASE)


def is_comment(words: tuple[str, ...]) -> bool:
    """Whether a statement that starts with these words describes a table or column."""
    return words[:2] == ("COMMENT", "ON") or (bool(words) and words[0] in {"EXEC", "EXECUTE"})


def apply_comment(text: str, model: DeclaredModel) -> bool:
    """Sets labels from `COMMENT ON …` and SQL Server's `sp_addextendedproperty`; False where it is not readable."""
    if not text.upper().startswith("COMMENT"):
        return _apply_extended(text, model)
    match = _COMMENT_ON.match(text)
    if match is None:
        return False
    parts = [part.strip('"`[]') for part in match[2].split(".")]
    _set(model, parts[-2:] if match[1].upper() == "COLUMN" else parts[-1:], match[3].replace("''", "'"))
    return True


def _apply_extended(text: str, model: DeclaredModel) -> bool:
    members = {name.lower(): value.replace("''", "'") for name, value in _EXTENDED.findall(text)}
    table, column = members.get("level1name"), members.get("level2name")
    if table and members.get("value"):
        _set(model, [table, column] if column else [table], members["value"])
    return True


def _set(model: DeclaredModel, path: list[str], label: str) -> None:
    entity = model.entity(path[0])
    if entity is None or not label.strip():
        return
    if len(path) == 1:
        entity.label = label.strip()
        return
    field = entity.field(path[1])
    if field is not None:
        field.label = label.strip()
