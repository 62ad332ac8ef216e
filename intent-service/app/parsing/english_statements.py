"""What English sentences say about fields (`the title is required and has at most 200 characters`)."""

import re

from ..vocabulary.field_names import HEAD, FieldNames
from .attributes import apply_attribute
from .declared import DeclaredField

_SAID = re.compile(
    r"^(?:and\s+|the\s+|its\s+)*(?P<names>[A-Za-z][\w ,]{1,60}?)\s+(?:is|are|has|have|must\s+be|can\s+be|should\s+be|may\s+be)\s+(?P<rules>.+)$",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"\b(?:at\s+most|up\s+to|max(?:imum)?(?:\s+of)?|no\s+more\s+than)\s+(\d{1,6})\b", re.IGNORECASE)
_NEED = re.compile(r"\b(required|mandatory|optional|unique)\b", re.IGNORECASE)
_KIND = re.compile(
    r"^(?:an?\s+)?(?:long\s+|short\s+)?(text|date|number|integer|string|boolean|decimal|datetime)\b", re.IGNORECASE
)
_CHOICE = re.compile(r"^(?:either\s+|one\s+of\s+)?(\w+(?:\s*,\s*\w+){0,8}\s*,?\s+or\s+\w+)\b", re.IGNORECASE)
_PARTS = re.compile(r"(?<=[.!?])\s+|;\s*|\n+|\s+and\s+there\s+(?:is|are)\s+")
_SPLIT = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)
_OR = re.compile(r"\s*,?\s+or\s+|\s*,\s*", re.IGNORECASE)
_WHERE = re.compile(r"^.*\bwhere\s+", re.IGNORECASE)


def read_statements(text: str, names: FieldNames) -> list[DeclaredField]:
    """The fields of which something is said, in their order."""
    fields: dict[str, DeclaredField] = {}
    for part in _PARTS.split(text):
        match = _SAID.match(_WHERE.sub("", part.strip().rstrip(".!?")))
        if match is None:
            continue
        listed = [re.sub(r"^(?:the|an?)\s+", "", name.strip()) for name in _SPLIT.split(match["names"]) if name.strip()]
        if not all(len(name.split()) <= 3 and names.strength(name) >= HEAD for name in listed):
            continue
        for name in listed:
            item = DeclaredField(name)
            if _apply(item, match["rules"]):
                fields.setdefault(name.casefold(), item)
    return list(fields.values())


def _apply(field: DeclaredField, rules: str) -> bool:
    choice, kind = _CHOICE.match(rules), _KIND.match(rules)
    length, need = _LENGTH.search(rules), _NEED.search(rules)
    if choice is not None:
        field.type, field.values = "code", [(value, value) for value in _OR.split(choice[1])]
    elif kind is not None:
        apply_attribute(field, kind[1])
    if length is not None:
        field.length = int(length[1]) or None
    if need is not None:
        apply_attribute(field, need[1])
    return any((choice, kind, length, need))
