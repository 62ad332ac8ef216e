"""Names that a file defines, with their lines: functions and classes by grammar, elements by their id."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...sources.languages import has_grammar, nested_deeper, parse

if TYPE_CHECKING:
    from tree_sitter import Node

_DEFINITIONS = frozenset({
    "function_definition", "class_definition", "function_declaration", "generator_function_declaration",
    "class_declaration", "abstract_class_declaration", "method_definition", "interface_declaration",
    "type_alias_declaration", "enum_declaration", "record_declaration", "method_declaration", "constructor_declaration",
})  # fmt: skip
_FUNCTION_VALUES = frozenset({"arrow_function", "function_expression", "generator_function", "function"})
_HOLDERS = frozenset({"variable_declarator", "assignment_expression", "pair", "public_field_definition"})
_IDENTITY = re.compile(r"""\s(?:name|id|control_id)\s*=\s*["']([^"']{1,200})["']""")
_LARGEST = 1_000_000
_DEEPEST = 1_000
_MOST = 5_000


@dataclass(frozen=True, slots=True)
class Symbol:
    """Lines from 0; `last` is within."""

    name: str
    first: int
    last: int


def symbols_of(language: str, text: str) -> list[Symbol]:
    """In the order of the file; empty for languages and sizes that are not read."""
    if len(text) > _LARGEST:
        return []
    if language == "xml":
        return list(_elements(text))
    if language == "sql" or not has_grammar(language) or nested_deeper(text, _DEEPEST):
        return []
    root = parse(language, text)
    return list(_definitions(root)) if root is not None else []


def _elements(text: str) -> Iterator[Symbol]:
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n")):
        for match in _IDENTITY.finditer(line):
            if match[1] not in seen and len(seen) < _MOST:
                seen.add(match[1])
                yield Symbol(match[1], number, number)


def _definitions(root: "Node") -> Iterator[Symbol]:
    stack = [root]
    found = 0
    while stack and found < _MOST:
        node = stack.pop()
        name = _name(node)
        if name:
            found += 1
            yield Symbol(name, node.start_point.row, node.end_point.row)
        stack += reversed(node.named_children)


def _name(node: "Node") -> str:
    if node.type in _HOLDERS:
        value = node.child_by_field_name("value") or node.child_by_field_name("right")
        if value is None or value.type not in _FUNCTION_VALUES:
            return ""
        named = next((part for field in ("name", "left", "key") if (part := node.child_by_field_name(field))), None)
    else:
        named = node.child_by_field_name("name") if node.type in _DEFINITIONS else None
    text = named.text.decode(errors="replace") if named is not None and named.text else ""
    return text.removeprefix("this.")[:200]
