"""Reads a script with tree-sitter: its functions, its calls, and where it does not parse."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser, Query, QueryCursor

_FUNCTIONS = frozenset({"function_expression", "function", "arrow_function"})
_MAX_FAULTS = 50
_LONGEST_CHAIN = 500
_NAME = r"[A-Za-z_$][\w$]*"
_CHAIN = re.compile(rf"{_NAME}(\.{_NAME})+\Z")
_PLAIN_ARGUMENT = r"""(?:"[^"\\\n]*"|'[^'\\\n]*'|[\w$.]+)"""
_PLAIN_CALL = re.compile(rf"({_NAME}(?:\.{_NAME})+)\(((?:{_PLAIN_ARGUMENT}, )*{_PLAIN_ARGUMENT})?\)".encode())
_ARGUMENTS = re.compile(_PLAIN_ARGUMENT.encode())
_LONGEST_PLAIN = 300
_QUERY = """
(function_declaration) @function
(assignment_expression left: (member_expression object: (this))) @assignment
(call_expression function: (member_expression)) @call
(member_expression object: (this) property: (property_identifier) @used)
"""


class Call(NamedTuple):
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


@cache
def _grammar() -> tuple[Language, Query]:
    """The grammar and the query for what facts are made of; both are built once, at the first script."""
    language = Language(tree_sitter_javascript.language())
    return language, Query(language, _QUERY)


@cache
def _faults() -> Query:
    return Query(_grammar()[0], "(ERROR) @fault (MISSING) @fault")


def parse_script(text: str) -> Node:
    """The root of a script's syntax tree."""
    return Parser(_grammar()[0]).parse(text.removeprefix("\ufeff").encode()).root_node


def read_script(text: str) -> ScriptFacts:
    """The facts of a script. Linear in its length; nothing is executed."""
    language, query = _grammar()
    code = text.removeprefix("\ufeff").encode()
    tree = Parser(language).parse(code)
    facts = ScriptFacts()
    if tree.root_node.has_error:
        broken = QueryCursor(_faults()).captures(tree.root_node).get("fault", [])
        facts.errors.extend(sorted(node.start_point.row + 1 for node in broken)[:_MAX_FAULTS])
    found = QueryCursor(query).captures(tree.root_node)
    _defined(facts, [*found.get("function", ()), *found.get("assignment", ())])
    for node in found.get("call", ()):
        _call(facts, node, code)
    facts.used = [
        (code[node.start_byte : node.end_byte].decode(errors="replace"), node.start_point.row + 1)
        for node in found.get("used", ())
    ]
    return facts


def function_names(nodes: list[Node]) -> list[str]:
    """The functions that declarations and assignments make, in the order of the text."""
    facts = ScriptFacts()
    _defined(facts, nodes)
    return list(facts.functions)


def _defined(facts: ScriptFacts, nodes: list[Node]) -> None:
    for node in sorted(nodes, key=_place):
        if node.type == "assignment_expression":
            _assignment(facts, node)
        else:
            _define(facts, _text(node.child_by_field_name("name")), node)


def _place(node: Node) -> tuple[int, int]:
    """Sorts parents before their children."""
    return node.start_byte, -node.end_byte


def walk(root: Node) -> Iterator[Node]:
    """All nodes, parents first; without recursion."""
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))


def _text(node: Node | None) -> str:
    return node.text.decode(errors="replace") if node is not None and node.text is not None else ""


def _define(facts: ScriptFacts, name: str, node: Node) -> None:
    facts.functions.setdefault(name, node.start_point.row + 1)


def _path(node: Node | None) -> tuple[str, ...] | None:
    """`("this", "DS_LIST")` for `this.DS_LIST`; None for anything that is not a plain chain of names."""
    if node is None or node.end_byte - node.start_byte > _LONGEST_CHAIN:
        return None
    text = _text(node)
    return tuple(text.split(".")) if _CHAIN.match(text) else _walked(node)


def _walked(node: Node | None) -> tuple[str, ...] | None:
    """The same where comments or line ends stand in the chain, or it is none."""
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


def _call(facts: ScriptFacts, node: Node, code: bytes) -> None:
    start, end = node.start_byte, node.end_byte
    if end - start <= _LONGEST_PLAIN and (plain := _PLAIN_CALL.fullmatch(code, start, end)):
        *path_names, method = plain[1].decode().split(".")
        given = tuple([_plain_literal(item) for item in _ARGUMENTS.findall(plain[2])]) if plain[2] else ()
        facts.calls.append(Call(tuple(path_names), method, given, node.start_point.row + 1))
        return
    path = _path(node.child_by_field_name("function"))
    arguments = node.child_by_field_name("arguments")
    if path is None or len(path) < 2 or arguments is None:
        return
    values = tuple(_literal(child) for child in arguments.named_children) if arguments.named_child_count else ()
    facts.calls.append(Call(path[:-1], path[-1], values, node.start_point.row + 1))


def _plain_literal(code: bytes) -> str | None:
    return code[1:-1].decode(errors="replace") if code[:1] in {b'"', b"'"} else None


def _literal(node: Node) -> str | None:
    if node.type != "string":
        return None
    plain = _text(node)[1:-1]
    return plain if "\\" not in plain else "".join(_text(child) for child in node.named_children)
