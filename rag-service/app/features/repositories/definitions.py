"""The definitions in a source text, by its grammar: functions, classes, statements, elements."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .languages import FUNCTION_VALUES, GRAMMARS, ONLY_WITH_FUNCTION, parser_for

if TYPE_CHECKING:
    from tree_sitter import Node

_DEEPEST = 120
_SIGNATURE = 200
_WRAPPERS = frozenset({
    "decorated_definition", "export_statement", "lexical_declaration", "variable_declaration", "expression_statement",
    "statement",
})  # fmt: skip
_COMMENTS = frozenset({"comment", "line_comment", "block_comment", "marginalia", "Comment"})


@dataclass(slots=True)
class Definition:
    """Lines `start` to `end`, from 0, both within; its parts don't overlap and stand in order."""

    kind: str
    name: str
    signature: str
    start: int
    end: int
    parts: list["Definition"] = field(default_factory=list)


def definitions(language: str, text: str) -> list[Definition]:
    """The outermost definitions, each with its own; a text with errors gives those that can be made out."""
    tree = parser_for(language).parse(text.encode())
    found = _below(tree.root_node, language, 0)
    return _apart(found, 0)


def _below(node: "Node", language: str, depth: int) -> list[Definition]:
    if depth > _DEEPEST:
        return []
    found: list[Definition] = []
    for child in node.named_children:
        kind = _kind(child, language)
        if kind is None:
            found.extend(_below(child, language, depth + 1))
        else:
            found.append(_definition(child, kind, language, depth))
    return found


def _kind(node: "Node", language: str) -> str | None:
    kind = GRAMMARS[language].definitions.get(node.type)
    if kind is None:
        return None
    if node.type in ONLY_WITH_FUNCTION:
        value = node.child_by_field_name("value") or node.child_by_field_name("right")
        return kind if value is not None and value.type in FUNCTION_VALUES else None
    if language == "xml" and node.start_point[0] == node.end_point[0] and node.parent is not None:
        return kind if node.parent.type == "document" else None  # a line of what it stands in
    if node.type == "select":  # only a query that stands by itself
        return kind if node.parent is not None and node.parent.type == "statement" else None
    return kind


def _definition(node: "Node", kind: str, language: str, depth: int) -> Definition:
    outer = node
    while outer.parent is not None and outer.parent.type in _WRAPPERS:
        outer = outer.parent
    start = outer.start_point[0]
    before = outer.prev_named_sibling
    while before is not None and before.type in _COMMENTS and before.end_point[0] >= start - 1:
        start = min(start, before.start_point[0])
        before = before.prev_named_sibling
    end = outer.end_point[0]
    parts = _below(node, language, depth + 1)
    if kind == "function" and language == "python" and _in_class(node):
        kind = "method"
    return Definition(kind, _name(node, language), _signature(node), start, end, _apart(parts, start))


def _apart(parts: list[Definition], start: int) -> list[Definition]:
    """Without overlaps: of two on one line the first has it."""
    kept: list[Definition] = []
    free = start
    for part in sorted(parts, key=lambda item: (item.start, -item.end)):
        part.start = max(part.start, free)
        if part.start <= part.end:
            kept.append(part)
            free = part.end + 1
    return kept


def _in_class(node: "Node") -> bool:
    above = node.parent
    while above is not None and above.type in {"block", "decorated_definition"}:
        above = above.parent
    return above is not None and above.type == "class_definition"


def _name(node: "Node", language: str) -> str:
    if language == "xml":
        return _element_name(node)
    named = next((part for field in ("name", "left", "key") if (part := node.child_by_field_name(field))), None)
    if named is None:
        named = next((child for child in node.named_children if child.type == "object_reference"), None)
    return _text(named).removeprefix("this.") if named is not None else ""


def _element_name(node: "Node") -> str:
    """The tag, and its id or name where it has one: `panel#pnl_search`."""
    tag = node.named_children[0] if node.named_children else None
    if tag is None:
        return ""
    name = next((_text(child) for child in tag.named_children if child.type == "Name"), "")
    attributes = {
        _text(child.named_children[0]): _text(child.named_children[1]).strip("\"'")
        for child in tag.named_children
        if child.type == "Attribute" and len(child.named_children) == 2
    }
    identity = attributes.get("id") or attributes.get("name")
    return f"{name}#{identity}" if identity else name


def _signature(node: "Node") -> str:
    body = node.child_by_field_name("body")
    text = _text(node)
    if body is not None:
        text = text[: max(0, len(text.encode()[: body.start_byte - node.start_byte].decode(errors="ignore")))]
        text = text.strip().removesuffix(":").removesuffix("{")
    else:
        text = text.split("\n", 1)[0]
    return " ".join(text.split())[:_SIGNATURE]


def _text(node: "Node") -> str:
    return node.text.decode(errors="replace") if node.text else ""
