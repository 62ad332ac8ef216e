"""Data models from Java classes and TypeScript interfaces, types and classes."""

import re
from dataclasses import replace
from itertools import islice

from ..vocabulary.heads import domain_of_head
from .attributes import apply_attribute
from .declared import DeclaredEntity, DeclaredField, DeclaredModel, DeclaredReference
from .enumerations import Values, enumeration_spans, find_enumerations, names_enumeration
from .nested_types import closing, split_nested
from .type_names import TYPES

_CLASS = re.compile(
    r"(?P<before>(?:@\w+(?:\([^)]*\))?\s*)*)\b(?:export\s+|public\s+|abstract\s+|final\s+|default\s+|static\s+)*"
    r"(?:class|interface|record|type)\s+(?P<name>[A-Za-z_]\w*)(?:<[^>]*>)?(?:\s+(?:extends|implements)\s+[\w<>, ]+)*\s*(?:=\s*)?\{"
)
_SHARP = re.compile(
    r"(?P<notes>(?:\[[^\]\n]*\]\s*)*)\bpublic\s+(?:virtual\s+|required\s+)*(?P<type>[\w.]+(?:<[^>]*>)?)\??\s+(?P<name>\w+)\s*\{\s*get\b"
)
_JAVA = re.compile(
    r"(?:/\*\*?\s*(?P<doc>[^*/]{1,80}?)\s*\*/\s*)?(?P<notes>(?:@\w+(?:\([^)]*\))?\s*)*)(?:(?:private|protected|public|final|transient|volatile)\s+)+(?P<type>[\w.]+(?:<[^;=]*>)?(?:\[\])?)\s+(?P<name>\w+)\s*(?:=\s*(?P<default>[^;]+))?;(?:[ \t]*//[ \t]*(?P<comment>[^\n]*))?"
)
_TYPESCRIPT = re.compile(
    r"^[ \t]*(?P<notes>(?:@\w+(?:\([^)]*\))?\s*)*)(?:(?:public|private|protected|readonly)\s+)*(?P<name>[A-Za-z_$][\w$]*)(?P<optional>[?!])?\s*:\s*(?P<type>[^;,\n/]+?)\s*(?:=\s*(?P<default>[^;\n]+?))?\s*[;,]?[ \t]*(?://[ \t]*(?P<comment>[^\n]*))?$",
    re.MULTILINE,
)
MAX_CLASSES = 60
_KNOWN_TS = frozenset(["string", "number", "boolean", "date", "bigint", "any", "unknown"])
_WHOLE = frozenset({"id", "no", "int", "count", "order", "year"})
"""Domains of whole numbers, where a language knows numbers alone."""
_LITERALS = re.compile(r"^\s*\|?\s*(?:'[^']*'|\"[^\"]*\")(?:\s*\|\s*(?:'[^']*'|\"[^\"]*\"))+\s*$")
_REMARK = re.compile(r"\s*\((?P<said>[^()]{1,20})\)\s*$")
_MOMENT = re.compile(r"(?:At|Time|DateTime|Timestamp)$|_(?:at|time|datetime)$")


def read_classes(text: str) -> tuple[DeclaredModel, list[tuple[int, int]]]:
    """The classes that have fields, and where they stand."""
    model = DeclaredModel()
    spans: list[tuple[int, int]] = []
    enums = find_enumerations(text)
    spans += _records(text, enums, model)
    bodies = _bodies(text)
    for match, end in bodies:
        body = text[match.end() : end]
        entity = DeclaredEntity(match["name"])
        table = re.search(r"@Table\([^)]*name\s*=\s*\"([^\"]+)\"", match["before"])
        if table:
            entity.table = table[1]
        parts = _fill(entity, body, enums)
        if entity.fields and model.entity(entity.name) is None:
            holders = _holders(match["name"], text, bodies)
            entity.references = [DeclaredReference(parent, []) for parent in holders]
            model.extend(DeclaredModel([entity, *parts]))
            spans.append((match.start(), min(end + 1, len(text))))
    if model.entities:
        spans += enumeration_spans(text)
    return model, spans


def _fill(entity: DeclaredEntity, body: str, enums: dict[str, Values]) -> list[DeclaredEntity]:
    """Reads the fields of a body in the language that it is in; returns the lists of objects within it."""
    if _SHARP.search(body) is not None:
        entity.fields = _sharp(body, enums)
        return []
    if _JAVA.search(body) is not None and ";" in body:
        entity.fields = _java(body, enums)
        return []
    plain, parts = split_nested(body)
    entity.fields = _typescript(plain, enums)
    children = []
    for part in parts:
        fields = _typescript(part.body, enums)
        if part.many:
            children.append(DeclaredEntity(part.name, fields=fields, references=[DeclaredReference(entity.name, [])]))
        else:
            entity.fields += [replace(item, name=f"{part.name}_{item.name}") for item in fields]
    return [child for child in children if child.fields]


_KOTLIN = re.compile(r"\bdata\s+class\s+(?P<name>[A-Z]\w*)\s*\((?P<body>[^{}]{0,1500}?)\n?\s*\)(?=\s|$|\{|:)")
_PROPERTY = re.compile(
    r"(?P<notes>(?:@[\w:]+(?:\([^)]*\))?\s*)*)\b(?:val|var)\s+(?P<name>\w+)\s*:\s*(?P<type>[\w.]+(?:<[^>]*>)?)\??"
)
_RECORD = re.compile(r"\brecord\s+(?P<name>[A-Z]\w*)\s*\((?P<body>[^{}]{0,1500}?)\)\s*(?:implements\s+[\w<>, ]+)?\s*\{")
_COMPONENT = re.compile(
    r"(?:^|,)\s*(?P<notes>(?:@\w+(?:\([^)]*\))?\s*)*)(?P<type>[\w.]+(?:<[^>]*>)?)\s+(?P<name>\w+)\s*(?=,|$)"
)


def _records(text: str, enums: dict[str, Values], model: DeclaredModel) -> list[tuple[int, int]]:
    """`record Book(Long id, String title) {}`, Kotlin's `data class`: the components are the fields."""
    spans = []
    found = [(match, _COMPONENT) for match in islice(_RECORD.finditer(text), MAX_CLASSES)]
    found += [(match, _PROPERTY) for match in islice(_KOTLIN.finditer(text), MAX_CLASSES)]
    for match, component in found:
        entity = DeclaredEntity(match["name"])
        for part in component.finditer(match["body"]):
            if not _is_list(part["type"]):
                field = DeclaredField(part["name"], key="@Id" in part["notes"])
                _set_type(field, part["type"], part["name"], enums)
                entity.fields.append(field)
        if entity.fields:
            model.entities.append(entity)
            end = closing(text, match.end()) + 1 if match.re is _RECORD else match.end()
            spans.append((match.start(), min(end, len(text))))
    return spans


def _bodies(text: str) -> list[tuple[re.Match[str], int]]:
    """The classes with where their bodies end."""
    return [(match, closing(text, match.end())) for match in islice(_CLASS.finditer(text), MAX_CLASSES)]


def _holders(name: str, text: str, bodies: list[tuple[re.Match[str], int]]) -> list[str]:
    """Classes that hold a list of this one."""
    held = re.compile(rf"(?:List|Set|Collection|Array)<{name}>|\b{name}\[\]")
    return [match["name"] for match, end in bodies if match["name"] != name and held.search(text, match.end(), end)]


def _java(body: str, enums: dict[str, Values]) -> list[DeclaredField]:
    fields = []
    for match in _JAVA.finditer(body):
        if "static" in body[max(0, match.start() - 8) : match.start()] or _is_list(match["type"]):
            continue
        notes = match["notes"]
        column = re.search(r"@Column\([^)]*\bname\s*=\s*\"([^\"]+)\"", notes)
        field = DeclaredField(column[1] if column else match["name"])
        _set_type(field, match["type"], match["name"], enums)
        length = re.search(r"(?:\blength\s*=\s*|@(?:Size|Length)\([^)]*max\s*=\s*)(\d{1,6})", notes)
        field.length = int(length[1]) or None if length else None
        field.key = bool(re.search(r"@(?:Id|EmbeddedId)\b", notes))
        field.required = field.key or bool(re.search(r"@Not(?:Null|Blank|Empty)\b|nullable\s*=\s*false", notes))
        label = re.search(r"@(?:Schema|ApiModelProperty|Comment)\([^)]*\"([^\"]+)\"", notes)
        field.label = label[1] if label else (match["comment"] or match["doc"] or "").strip()
        _take_remarks(field)
        fields.append(field)
    return fields


def _sharp(body: str, enums: dict[str, Values]) -> list[DeclaredField]:
    """C#: `public int Id { get; set; }`."""
    fields = []
    for match in _SHARP.finditer(body):
        if _is_list(match["type"]) or re.match(r"(?:I?List|ICollection|IEnumerable)<", match["type"]):
            continue
        field = DeclaredField(match["name"], key="Key" in match["notes"], required="Required" in match["notes"])
        _set_type(field, match["type"], match["name"], enums)
        fields.append(field)
    return fields


def _is_list(kind: str) -> bool:
    return bool(re.match(r"(?:List|Set|Collection|Map|ArrayList)<", kind))


def _set_type(field: DeclaredField, kind: str, name: str, enums: dict[str, Values]) -> None:
    plain = kind.rsplit(".", maxsplit=1)[-1].lower().removesuffix("[]")
    if kind in enums:
        field.type, field.values = "code", enums[kind]
    elif plain in {"date", "calendar"}:
        field.type = "datetime" if _MOMENT.search(name) else "date"
    elif plain == "long":
        field.type = "integer"
    elif names_enumeration(kind):
        field.type = "code"
    else:
        field.type = TYPES.get(plain, "string")


def _typescript(body: str, enums: dict[str, Values]) -> list[DeclaredField]:
    fields = []
    if "\n" not in body.strip():
        body = re.sub(r"[;,]\s*", "\n", body)
    for match in _TYPESCRIPT.finditer(body):
        kind = re.sub(r"\s*\|\s*(?:null|undefined)", "", match["type"]).strip()
        if not kind or (kind.endswith("[]") and kind[:-2].lower() not in _KNOWN_TS) or kind.startswith(("{", "(")):
            continue
        field = DeclaredField(match["name"], label=(match["comment"] or "").strip())
        if _LITERALS.match(kind):
            values = re.findall(r"['\"]([^'\"]*)['\"]", kind)
            field.type, field.values = "code", [(value, value) for value in values]
        elif kind.endswith("[]"):
            field.type = "string"
        else:
            _set_type(field, kind, match["name"], enums)
            if kind == "number" and domain_of_head(match["name"]) in _WHOLE:
                field.type = "integer"
        fields.append(field)
    return fields


def _take_remarks(field: DeclaredField) -> None:
    """`헌혈자번호 (PK)`: what a comment says behind the label."""
    match = _REMARK.search(field.label)
    if match is not None and apply_attribute(field, match["said"]):
        field.label = field.label[: match.start()].strip()
