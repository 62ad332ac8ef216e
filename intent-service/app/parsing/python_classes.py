"""Data models from Python: dataclasses, Pydantic, SQLAlchemy and Django models."""

import re

from screenspec.data_model import FieldType

from .declared import DeclaredEntity, DeclaredField, DeclaredModel
from .enumerations import Values, find_enumerations, names_enumeration
from .type_names import TYPES

CLASS = re.compile(
    r"^[ \t]*class[ \t]+(?P<name>[A-Z]\w*)[ \t]*(?:\([^)\n]*\))?:[ \t]*\n(?P<body>(?:[ \t]+[^\n]*(?:\n|\Z)|[ \t]*\n)+)",
    re.MULTILINE,
)
_ASSIGNED = re.compile(
    r"^[ \t]+(?P<name>[a-z]\w*)[ \t]*(?::[ \t]*[^=\n]+)?=[ \t]*(?:\w+\.)*(?P<call>Column|mapped_column|\w+Field)\((?P<inside>[^\n]*)\)[ \t]*(?:#.*)?$",
    re.MULTILINE,
)
_ANNOTATED = re.compile(
    r"^[ \t]+(?P<name>[a-z]\w*)[ \t]*:[ \t]*(?P<type>[\w.\[\] |\"',]+?)[ \t]*(?:=[^\n]*?)?(?:#[ \t]*(?P<comment>[^\n]*))?$",
    re.MULTILINE,
)
_KINDS: dict[str, FieldType] = {
    **dict.fromkeys(("str", "charfield", "slugfield", "emailfield", "urlfield", "uuidfield", "unicode"), "string"),
    **dict.fromkeys(("textfield", "unicodetext"), "text"),
    **dict.fromkeys(("integerfield", "autofield", "bigintegerfield", "bigautofield", "smallintegerfield"), "integer"),
    **dict.fromkeys(("biginteger", "smallinteger"), "integer"),
    **dict.fromkeys(("float", "decimalfield", "floatfield"), "decimal"),
    **dict.fromkeys(("bool", "booleanfield"), "boolean"),
    "datefield": "date",
    "datetimefield": "datetime",
    "timefield": "time",
}


def read_python(text: str) -> tuple[DeclaredModel, list[tuple[int, int]]]:
    """The classes that have fields, and where they stand."""
    model = DeclaredModel()
    spans = []
    enums = find_enumerations(text)
    for match in CLASS.finditer(text):
        if match["name"] in enums:
            spans.append((match.start(), match.end()))
            continue
        fields = [_assigned(found, enums) for found in _ASSIGNED.finditer(match["body"])]
        fields = fields or [_annotated(found, enums) for found in _ANNOTATED.finditer(match["body"])]
        if fields and model.entity(match["name"]) is None:
            model.entities.append(DeclaredEntity(match["name"], fields=fields))
            spans.append((match.start(), match.end()))
    return model, spans


def _assigned(match: re.Match[str], enums: dict[str, Values]) -> DeclaredField:
    inside = match["inside"]
    kind = match["call"] if match["call"].endswith("Field") else _first_word(inside)
    field = DeclaredField(match["name"])
    named = re.search(r"\bEnum\(\s*(\w+)", inside)
    _set_type(field, named[1] if named else kind, enums)
    length = re.search(r"(?:max_length\s*=\s*|String\(\s*)(\d{1,6})", inside)
    field.length = int(length[1]) or None if length else None
    field.key = re.search(r"primary_key\s*=\s*True", inside) is not None
    field.required = field.key or re.search(r"nullable\s*=\s*False", inside) is not None
    label = re.search(r"(?:comment|verbose_name)\s*=\s*['\"]([^'\"]+)", inside)
    field.label = label[1] if label else ""
    return field


def _first_word(text: str) -> str:
    match = re.match(r"\W*(?:\w+\.)*(\w+)", text)
    return match[1] if match else ""


def _annotated(match: re.Match[str], enums: dict[str, Values]) -> DeclaredField:
    field = DeclaredField(match["name"], label=(match["comment"] or "").strip())
    literals = re.match(r"(?:Optional\[)?Literal\[(?P<values>[^\]]*)\]", match["type"])
    if literals is not None:
        field.type, field.values = (
            "code",
            [(value, value) for value in re.findall(r"['\"]([^'\"]*)", literals["values"])[::2]],
        )
        return field
    _set_type(field, re.sub(r"\s*\|\s*None|Optional\[|\]", "", match["type"]).strip(), enums)
    return field


def _set_type(field: DeclaredField, kind: str, enums: dict[str, Values]) -> None:
    if kind in enums or names_enumeration(kind):
        field.type, field.values = "code", enums.get(kind, [])
        return
    plain = kind.rsplit(".", maxsplit=1)[-1].lower()
    found = _KINDS.get(plain) or TYPES.get(plain)
    if found is not None:
        field.type = found
