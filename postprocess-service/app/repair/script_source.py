"""A script as bytes with its syntax tree, and edits to it that never overlap."""

from bisect import bisect_right, insort
from dataclasses import dataclass, field
from functools import lru_cache

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser, Query, QueryCursor, Tree

_LAST = 1 << 60
_QUERY = """
(call_expression) @call
(member_expression) @member
(identifier) @identifier
(shorthand_property_identifier) @shorthand
[(function_declaration) (function_expression) (method_definition) (generator_function)] @function
(assignment_expression) @assignment
[(formal_parameters (identifier) @declared) (variable_declarator name: (identifier) @declared)
 (catch_clause parameter: (identifier) @declared) (arrow_function parameter: (identifier) @declared)
 (class_declaration name: (identifier) @declared)]
(switch_statement) @switch
"""


@lru_cache(maxsize=1)
def _language() -> Language:
    return Language(tree_sitter_javascript.language())


@lru_cache(maxsize=1)
def _query() -> Query:
    return Query(_language(), _QUERY)


def parse(code: bytes) -> Tree:
    return Parser(_language()).parse(code)


@dataclass(slots=True)
class Source:
    """A parsed script, and what its queries found."""

    code: bytes
    tree: Tree = field(init=False)
    _found: dict[str, list[Node]] | None = field(init=False, default=None)
    _sorted: dict[str, list[Node]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.tree = parse(self.code)

    def nodes(self, name: str) -> list[Node]:
        """What a query found, in the order of the text."""
        if self._found is None:
            self._found = QueryCursor(_query()).captures(self.tree.root_node)
        if name not in self._sorted:
            self._sorted[name] = sorted(self._found.get(name, []), key=lambda node: (node.start_byte, -node.end_byte))
        return self._sorted[name]

    def text(self, node: Node | None) -> str:
        return self.code[node.start_byte : node.end_byte].decode(errors="replace") if node is not None else ""


def line_at(node: Node) -> int:
    return int(node.start_point.row) + 1


def string_value(source: Source, node: Node | None) -> str | None:
    """The text of a string literal without escapes; None for anything else."""
    if node is None or node.type != "string":
        return None
    text = source.text(node)[1:-1]
    return None if "\\" in text else text


@dataclass(slots=True)
class Edits:
    """Replacements of byte ranges; one that touches another waits for the next round."""

    taken: list[tuple[int, int, bytes]] = field(default_factory=list)

    def free(self, start: int, end: int) -> bool:
        at = bisect_right(self.taken, (end, _LAST, b""))
        return at == 0 or self.taken[at - 1][1] < start

    def replace(self, start: int, end: int, new: str) -> None:
        insort(self.taken, (start, end, new.encode()))

    def applied(self, code: bytes) -> bytes:
        pieces, at = [], 0
        for start, end, new in self.taken:
            pieces += [code[at:start], new]
            at = end
        return b"".join([*pieces, code[at:]])
