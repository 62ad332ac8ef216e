"""Keys: which stated field identifies an entity, and the key that is added where none does."""

import re

from screenspec.data_model import Entity, Field

_IDENTIFIERS = frozenset(
    {"id", "no", "code", "seq", "idx", "number", "key", "cd", "num", "sn", "pk", "uuid", "sequence"}
)
_IDENTIFIER_END = re.compile(r"_(?:id|no|code|cd|seq|idx|number|num|key|sn|uid|uuid|tag)$")
_LINE_NUMBER = re.compile(r"(?:^|_)(?:seq|sequence|line|idx|order|row|turn|round)(?:_(?:no|number|num|seq))?$")
_NOT_IDENTIFIERS = re.compile(r"phone|mobile|fax|tel_|zip|postal|order_line|password|contact")
_LABEL = re.compile(r"(?:번호|코드|ID|아이디|No|NO|Key|키|[가-힣]번|^번호|SEQ|시퀀스|순번|바코드)$", re.IGNORECASE)
_HANGUL = re.compile(r"[가-힣]")
_KEY_TYPES = frozenset({"string", "integer", "decimal"})


def find_keys(fields: list[Field], entity: str, known_keys: tuple[str, ...] = ()) -> list[Field]:
    """The fields that identify the entity: known as such, named as such, or the first where it looks like one."""
    usable = [field for field in fields if field.type in _KEY_TYPES]
    known = [field for field in usable if field.name in known_keys and _may_identify(field)]
    if known and (len(known) == len(known_keys) or any(_looks_like_one(field.name) for field in known)):
        return known
    named = [field for field in usable if _named_for(field.name, entity)]
    first = [field for field in fields[:1] if field in usable and _identifies(field)]
    plain = [field for field in usable if field.name in {"id", "no", "seq", "idx"}]
    return (named or first or plain)[:1]


def identifies_alone(child: Entity, parent: Entity) -> bool:
    """Whether the child's key tells its rows apart over all parents: an employee's number, and no line's number."""
    keys = [field for field in child.fields if field.key]
    if any(field.origin == "inferred" for field in keys):
        return True
    if child.name.startswith(f"{parent.name}_"):
        return False
    return any(_named_for(field.name, child.name) and not _LINE_NUMBER.search(field.name) for field in keys)


def find_line_key(fields: list[Field], entity: str) -> Field | None:
    """The field that numbers the lines below one parent, `fields` being those that don't refer to it."""
    usable = [field for field in fields if field.type in _KEY_TYPES]
    numbers = [field for field in usable if _LINE_NUMBER.search(field.name)]
    found = numbers or find_keys(fields, entity) or [field for field in usable if _may_identify(field)]
    return next(iter(found), None)


def is_plain(name: str) -> bool:
    """Whether a key's name doesn't tell whose it is: `code`, `id`."""
    return name in _IDENTIFIERS


def _may_identify(field: Field) -> bool:
    return _looks_like_one(field.name) and (
        not _HANGUL.search(field.label) or _LABEL.search(field.label) is not None or field.name in _IDENTIFIERS
    )


def _identifies(field: Field) -> bool:
    if _HANGUL.search(field.label):
        return _LABEL.search(field.label) is not None and not _NOT_IDENTIFIERS.search(field.name)
    return _looks_like_one(field.name)


def _named_for(name: str, entity: str) -> bool:
    stem = _IDENTIFIER_END.sub("", name)
    return stem != name and (
        stem == entity
        or entity.endswith(f"_{stem}")
        or (entity.startswith(stem) and stem in {"emp", "dept", "cust", "prod"})
    )


def _looks_like_one(name: str) -> bool:
    if _NOT_IDENTIFIERS.search(name):
        return False
    return name in _IDENTIFIERS or _IDENTIFIER_END.search(name) is not None


def new_key(entity: str, label: str, taken: set[str]) -> Field:
    """A key of its own, `inferred`."""
    name = f"{entity[:55]}_id"
    while name in taken:
        name = f"{name[:58]}_key"
    return Field(name=name, label=f"{label[:190]} ID", type="string", length=10, key=True, required=True)
