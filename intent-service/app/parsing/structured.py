"""Data models in JSON and YAML: field lists, JSON Schema, and sample data."""

import re
from typing import Any

from .declared import DeclaredEntity, DeclaredField, DeclaredModel, DeclaredReference
from .documents import MAX_BYTES
from .items import read_item
from .samples import type_of_value
from .type_names import read_type

_NAME = (
    "entity", "name", "table", "tableName", "table_name", "title", "id", "model", "screen", "screenName", "screen_name", "page", "form",
    "엔티티", "테이블", "테이블명", "이름", "화면", "화면명",
)  # fmt: skip
_FIELDS = ("fields", "columns", "properties", "attributes", "필드", "컬럼", "항목")
_ENTITIES = ("entities", "tables", "models", "schemas", "엔티티", "테이블")
_FIELD_NAME = ("name", "column", "field", "id", "columnName", "column_name", "이름", "컬럼명", "필드명")
_LABEL = ("label", "headerName", "header", "comment", "description", "title", "korean", "라벨", "설명", "한글명")
_TYPE = ("type", "dataType", "data_type", "타입")
_KEY = ("key", "pk", "primary_key", "primaryKey", "isKey", "키")
_REQUIRED = ("required", "notNull", "not_null", "mandatory", "필수")
_LENGTH = ("length", "maxLength", "size", "max_length", "길이")
_VALUES = ("values", "enum", "options", "codes", "choices", "값")
_ATTRIBUTE = re.compile(r"not\s+null|primary\s+key|[^\s,(]+\s*\([^)]*\)|[^\s,]+", re.IGNORECASE)
_WRAPS = re.compile(
    r"^(?:result_?(?:code|msg|message)?|return_?code|code|status|status_?code|success|ok|message|msg|error|total(?:_?count|_?elements|_?pages)?|count|page(?:_?no|_?size|_?number)?|size|offset|limit|has_?next|timestamp|trace_?id)$",
    re.IGNORECASE,
)
_ABOUT_DATA = re.compile(r"^(?:meta|metadata|pag(?:e|ing|ination)|links?|_links|headers?|errors?|_\w+)$", re.IGNORECASE)
_WRAPPED = re.compile(r"^(?:data|result|body|payload|response|item|content)$", re.IGNORECASE)
MAX_DEPTH = 6


def _true(value: Any) -> bool:
    return value is True or (isinstance(value, str) and value.lower() in {"yes", "y", "true", "on", "o"})


def read_structured(value: Any, name: str = "") -> DeclaredModel:
    """The entities of a parsed document; empty where it states no model."""
    model = DeclaredModel()
    _read(value, name, model, MAX_DEPTH)
    model.entities = [entity for entity in model.entities if entity.fields]
    return model


def _first(mapping: dict[Any, Any], names: tuple[str, ...]) -> Any:
    return next((mapping[name] for name in names if name in mapping), None)


def _read(value: Any, name: str, model: DeclaredModel, depth: int) -> None:
    if depth == 0:
        return
    if isinstance(value, list):
        _read_list(value, name, model, depth)
    elif isinstance(value, dict):
        _read_mapping(value, name, model, depth)


def _read_list(value: list[Any], name: str, model: DeclaredModel, depth: int) -> None:
    mappings = [item for item in value if isinstance(item, dict)]
    if mappings and all(_first(item, _FIELDS) is not None for item in mappings):
        for item in mappings:
            _read(item, "", model, depth - 1)
    elif mappings and all(
        isinstance(_first(item, _FIELD_NAME), str) and _first(item, _TYPE) is not None for item in mappings
    ):
        model.entities.append(DeclaredEntity(name, fields=_fields(mappings)))
    elif mappings:
        merged = {key: entry for item in reversed(mappings[:50]) for key, entry in item.items()}
        _read_sample(merged, name, model, depth)


def _read_mapping(value: dict[Any, Any], name: str, model: DeclaredModel, depth: int) -> None:
    entities, fields = _first(value, _ENTITIES), _first(value, _FIELDS)
    if isinstance(entities, list):
        _read(entities, name, model, depth - 1)
    elif isinstance(entities, dict):
        for key, entry in list(entities.items())[:200]:
            _read(_as_entity(entry), str(key), model, depth - 1)
    elif isinstance(fields, list | dict):
        own = _first(value, _NAME)
        label = _first(value, _LABEL) if _first(value, _NAME) != _first(value, _LABEL) else ""
        entity = DeclaredEntity(own if isinstance(own, str) else name, fields=_fields(fields))
        entity.label = label if isinstance(label, str) else ""
        _mark_required(entity, value.get("required"))
        model.entities.append(entity)
    elif value and all(isinstance(entry, dict) for entry in value.values()) and len(value) <= 50:
        for key, entry in value.items():
            _read(_as_entity(entry), str(key), model, depth - 1)
    else:
        _read_sample(value, name, model, depth)


def _as_entity(entry: Any) -> Any:
    """`employee: {emp_no: string}`: the mapping itself is the list of fields."""
    if isinstance(entry, dict) and _first(entry, _FIELDS) is None and entry and all(map(_states_type, entry.values())):
        return {"fields": entry}
    return entry


def _states_type(described: Any) -> bool:
    if isinstance(described, dict):
        stated = _first(described, _TYPE)
        return isinstance(stated, str) and read_type(stated.split(" ")[0]) is not None
    return isinstance(described, str) and read_type(described.split(" ")[0]) is not None


def _mark_required(entity: DeclaredEntity, names: Any) -> None:
    for name in names if isinstance(names, list) else ():
        field = entity.field(str(name))
        if field is not None:
            field.required = True


def _fields(value: Any) -> list[DeclaredField]:
    fields = []
    if isinstance(value, dict):
        fields = [_field(str(name), described) for name, described in value.items()]
    elif isinstance(value, list):
        fields = [_listed(item) for item in value]
    return [field for field in fields if field is not None]


def _listed(item: Any) -> DeclaredField | None:
    if isinstance(item, str):
        return read_item(item)
    if not isinstance(item, dict):
        return None
    name = _first(item, _FIELD_NAME)
    if isinstance(name, str):
        return _field(name, item)
    if len(item) == 1:
        key, described = next(iter(item.items()))
        return _field(str(key), described)
    return None


def _field(name: str, described: Any) -> DeclaredField | None:
    """A field described by a type (`string(20) key`) or by a mapping."""
    if not name.strip():
        return None
    if isinstance(described, str):
        parts = ", ".join(match.group() for match in _ATTRIBUTE.finditer(described))
        return read_item(f"{name}: {parts}" if parts else name) or DeclaredField(name)
    if not isinstance(described, dict):
        return DeclaredField(name, type=type_of_value(described))
    field = DeclaredField(name)
    stated = _first(described, _TYPE)
    facts = read_type(stated) if isinstance(stated, str) else None
    if facts is not None:
        field.type, field.length, field.scale = facts.type, facts.length, facts.scale
        formats: dict[Any, Any] = {"date": "date", "date-time": "datetime", "time": "time"}
        field.type = formats.get(described.get("format"), field.type)
        if stated == "number":
            field.type = "decimal"
    _describe(field, described)
    return field


def _describe(field: DeclaredField, described: dict[Any, Any]) -> None:
    length, scale = _first(described, _LENGTH), described.get("scale")
    label, default, values = _first(described, _LABEL), described.get("default"), _first(described, _VALUES)
    if isinstance(length, int) and 0 < length <= MAX_BYTES:
        field.length = length
    if isinstance(scale, int) and 0 <= scale <= 38:
        field.scale = scale
    field.label = label if isinstance(label, str) else ""
    field.key = _true(_first(described, _KEY))
    field.required = field.key or _true(_first(described, _REQUIRED)) or described.get("nullable") is False
    field.default = str(default) if isinstance(default, str | int | float) else None
    if isinstance(values, dict):
        field.values = [(str(code), str(name)) for code, name in values.items()]
    elif isinstance(values, list) and all(isinstance(value, str | int) for value in values):
        field.values = [(str(value), str(value)) for value in values]
    if field.values:
        field.type = "code"


def _read_sample(value: dict[Any, Any], name: str, model: DeclaredModel, depth: int) -> None:
    """A record of data: its members are the fields, lists of records are children.

    What wraps the data of a response (result code, page, total) is no field.
    """
    if any(isinstance(entry, list | dict) for entry in value.values()):
        value = {
            key: entry for key, entry in value.items() if isinstance(entry, list | dict) or not _WRAPS.match(str(key))
        }
    entity = DeclaredEntity(name)
    model.entities.append(entity)
    for key, entry in list(value.items())[:1_000]:
        if isinstance(entry, list) and entry and isinstance(entry[0], dict):
            before = len(model.entities)
            _read_list(entry, str(key), model, depth - 1)
            for child in model.entities[before:]:
                child.references.append(DeclaredReference(entity.name, []))
        elif isinstance(entry, dict):
            if _WRAPPED.match(str(key)):
                _read_sample(entry, name, model, depth - 1)
            elif not _ABOUT_DATA.match(str(key)):
                entity.fields += _parts(str(key), entry)
        elif str(key).strip():
            entity.fields.append(DeclaredField(str(key), type=type_of_value(entry)))


def _parts(key: str, value: dict[Any, Any]) -> list[DeclaredField]:
    """`"driver": {"name": …}` is the field `driver_name`."""
    plain = [(str(name), entry) for name, entry in value.items() if not isinstance(entry, list | dict)]
    return [DeclaredField(f"{key}_{name}", type=type_of_value(entry)) for name, entry in plain[:50]]
