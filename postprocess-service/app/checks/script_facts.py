"""Reads a script with tree-sitter: its functions, its calls, and where it does not parse."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

_FUNCTIONS = frozenset({"function_expression", "function", "arrow_function"})


@dataclass(frozen=True, slots=True)
class Call:
    """`this.NAME.method(…)` has path `("this", "NAME")`; literal arguments are their text, others None."""

    path: tuple[str, ...]
    method: str
    arguments: tuple[str | None, ...]
    line: int


@dataclass(slots=True)
class ScriptFacts:
    functions: dict[str, int] = field(default_factory=dict)
    members: set[str] = field(default_factory=set)
    """Names that the script itself gives to `this`."""
    calls: list[Call] = field(default_factory=list)
    used: list[tuple[str, int]] = field(default_factory=list)
    """Names read as `this.NAME`, with their lines."""
    errors: list[int] = field(default_factory=list)


def read_script(text: str) -> ScriptFacts:
    """The facts of a script. Linear in its length; nothing is executed."""
    parser = Parser(Language(tree_sitter_javascript.language()))
    tree = parser.parse(text.removeprefix("\ufeff").encode())
    facts = ScriptFacts()
    for node in _walk(tree.root_node):
        if node.is_error or node.is_missing:
            facts.errors.append(node.start_point.row + 1)
        elif node.type == "function_declaration":
            _define(facts, _text(node.child_by_field_name("name")), node)
        elif node.type == "assignment_expression":
            _assignment(facts, node)
        elif node.type == "call_expression":
            _call(facts, node)
        elif node.type == "member_expression":
            _member(facts, node)
    return facts


def _walk(root: Node) -> Iterator[Node]:
    """All named nodes, parents first, and the nodes that say where parsing failed; without recursion."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node.is_named or node.is_error or node.is_missing:
            yield node
        stack.extend(reversed(node.children))


def _text(node: Node | None) -> str:
    return node.text.decode(errors="replace") if node is not None and node.text is not None else ""


def _define(facts: ScriptFacts, name: str, node: Node) -> None:
    facts.functions.setdefault(name, node.start_point.row + 1)


def _path(node: Node | None) -> tuple[str, ...] | None:
    """`("this", "DS_LIST")` for `this.DS_LIST`; None for anything that is not a plain chain of names."""
    names: list[str] = []
    while node is not None and node.type == "member_expression":
        names.append(_text(node.child_by_field_name("property")))
        node = node.child_by_field_name("object")
    if node is None or node.type not in {"this", "identifier"}:
        return None
    return (_text(node), *reversed(names))


def _assignment(facts: ScriptFacts, node: Node) -> None:
    path = _path(node.child_by_field_name("left"))
    if path is None or len(path) != 2 or path[0] != "this":
        return
    facts.members.add(path[1])
    right = node.child_by_field_name("right")
    if right is not None and right.type in _FUNCTIONS:
        _define(facts, path[1], node)


def _call(facts: ScriptFacts, node: Node) -> None:
    path = _path(node.child_by_field_name("function"))
    arguments = node.child_by_field_name("arguments")
    if path is None or len(path) < 2 or arguments is None:
        return
    values = tuple(_literal(child) for child in arguments.named_children)
    facts.calls.append(Call(path[:-1], path[-1], values, node.start_point.row + 1))


def _literal(node: Node) -> str | None:
    if node.type != "string":
        return None
    return "".join(_text(child) for child in node.named_children)


def _member(facts: ScriptFacts, node: Node) -> None:
    inner = node.child_by_field_name("object")
    if inner is not None and inner.type == "this":
        facts.used.append((_text(node.child_by_field_name("property")), node.start_point.row + 1))
