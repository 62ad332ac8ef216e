"""Which lines of a file belong together: a function of a script, a tag of markup."""

from tree_sitter import Node

from .script_facts import parse_script

_FUNCTION = frozenset({"function_declaration", "expression_statement", "lexical_declaration", "variable_declaration"})
_LONG = 150


def blocks_of(language: str, content: str) -> list[tuple[int, int]]:
    """First and last lines, from 1; none where the language has no such parts, or the file can't be cut."""
    if language == "javascript":
        return _of_script(content)
    return _of_markup(content) if language == "xml" else []


def _of_script(content: str) -> list[tuple[int, int]]:
    blocks: list[tuple[int, int]] = []
    for node in parse_script(content).children:
        if node.is_error or node.type not in _FUNCTION:
            continue
        lines = _lines(node)
        body = node.child_by_field_name("body")
        if body is not None and lines[1] - lines[0] > _LONG:  # a screen written as one function
            blocks.extend(_lines(inner) for inner in body.named_children)
        else:
            blocks.append(lines)
    return blocks


def _lines(node: Node) -> tuple[int, int]:
    return node.start_point.row + 1, node.end_point.row + 1


def _of_markup(content: str) -> list[tuple[int, int]]:
    """Tags, each with the lines that its attributes take."""
    blocks: list[tuple[int, int]] = []
    first = 0
    for number, line in enumerate(content.split("\n"), start=1):
        if not first and line.lstrip("\ufeff \t").startswith("<"):
            first = number
        if first and line.rstrip().endswith(">"):
            blocks.append((first, number))
            first = 0
    return blocks
