"""Mermaid entity relationship diagrams."""

import re

from .declared import DeclaredEntity, DeclaredField, DeclaredModel, DeclaredReference
from .type_names import read_type

START = re.compile(r"^[ \t]*erDiagram\b", re.MULTILINE)
_BLOCK = re.compile(r"^[ \t]*\"?([\w가-힣-]+)\"?\s*(?:\[\s*\"?([^\]\"]+)\"?\s*\])?\s*\{([^{}]*)\}", re.MULTILINE)
_ATTRIBUTE = re.compile(
    r"^[ \t]*([\w가-힣()\[\],-]+)\s+\*?([\w가-힣-]+)((?:\s*,?\s*(?:PK|FK|UK))*)\s*(?:\"([^\"]*)\")?[ \t]*$",
    re.MULTILINE,
)
_RELATION = re.compile(
    r"^[ \t]*\"?([\w가-힣-]+)\"?\s+([|}o][|o{}])\s*(?:--|\.\.)\s*([|o{}][|{}o])\s+\"?([\w가-힣-]+)\"?\s*(?::.*)?$",
    re.MULTILINE,
)


def read_mermaid(text: str) -> DeclaredModel:
    """The entities with their attributes, and the relations as references of the children."""
    model = DeclaredModel()
    for match in _BLOCK.finditer(text):
        entity = DeclaredEntity(match[1], label=(match[2] or "").strip())
        entity.fields = [_field(attribute) for attribute in _ATTRIBUTE.finditer(match[3])]
        if entity.fields and model.entity(entity.name) is None:
            model.entities.append(entity)
    for left, left_end, right_end, right in _RELATION.findall(text):
        parent, child = (left, right) if set("{}") & set(right_end) else (right, left)
        if set("{}") & set(left_end) and set("{}") & set(right_end):
            continue
        _refer(model, parent, child)
    return model


def mermaid_end(text: str, start: int) -> int:
    """Where a diagram without a fence ends: behind its last block or relation."""
    ends = [match.end() for pattern in (_BLOCK, _RELATION) for match in pattern.finditer(text, start)]
    return max(ends, default=len(text))


def _field(match: re.Match[str]) -> DeclaredField:
    facts = read_type(match[1])
    field = DeclaredField(match[2], label=(match[4] or "").strip())
    if facts is not None:
        field.type, field.length, field.scale = facts.type, facts.length, facts.scale
    field.key = field.required = "PK" in match[3]
    return field


def _refer(model: DeclaredModel, parent_name: str, child_name: str) -> None:
    parent, child = model.entity(parent_name), model.entity(child_name)
    if parent is not None and child is not None and parent is not child:
        keys = [field.name for field in parent.fields if field.key]
        child.references.append(DeclaredReference(parent.name, keys, keys))
