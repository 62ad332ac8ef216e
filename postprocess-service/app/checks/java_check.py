"""Checks that Java parses, with tree-sitter."""

from functools import cache

from tree_sitter import Language, Parser

from .model import Diagnostic, finding
from .script_facts import walk


@cache
def _language() -> Language:
    import tree_sitter_java  # the grammar is for the server's files alone

    return Language(tree_sitter_java.language())


def check_java(text: str, language: str) -> list[Diagnostic]:
    root = Parser(_language()).parse(text.encode()).root_node
    if not root.has_error:
        return []
    lines = dict.fromkeys(node.start_point.row + 1 for node in walk(root) if node.is_error or node.is_missing)
    return [finding("java_syntax", language, line=line) for line in lines]
