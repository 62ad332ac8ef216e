"""Checks that Java and TypeScript parse, with tree-sitter."""

from ..sources.languages import parser_for
from .model import Diagnostic, finding
from .script_facts import walk

CHECKED = frozenset({"java", "typescript", "tsx"})
_RULES = {"java": "java_syntax", "typescript": "typescript_syntax", "tsx": "typescript_syntax"}


def check_syntax(text: str, file_language: str, language: str) -> list[Diagnostic]:
    """A finding for each line that does not parse; `file_language` is one of `CHECKED`."""
    root = parser_for(file_language).parse(text.encode()).root_node
    if not root.has_error:
        return []
    lines = dict.fromkeys(node.start_point.row + 1 for node in walk(root) if node.is_error or node.is_missing)
    return [finding(_RULES[file_language], language, line=line) for line in lines]
