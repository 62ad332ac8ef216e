"""Which language a file is in, by its name, and the grammars that read it."""

import re
from functools import cache
from importlib import import_module
from pathlib import PurePosixPath
from time import monotonic

from tree_sitter import Language, Node, Parser

_SUFFIXES = {
    ".py": "python", ".pyi": "python", ".js": "javascript", ".mjs": "javascript", ".cjs": "javascript",
    ".jsx": "javascript", ".ts": "typescript", ".mts": "typescript", ".cts": "typescript", ".tsx": "tsx",
    ".java": "java", ".sql": "sql", ".ddl": "sql", ".xml": "xml", ".xsd": "xml", ".xsl": "xml", ".xslt": "xml",
    ".svg": "xml", ".json": "json", ".yaml": "yaml", ".yml": "yaml", ".md": "markdown", ".html": "html",
    ".css": "css", ".sh": "shell", ".toml": "toml", ".properties": "properties",
}  # fmt: skip
_GRAMMARS = {
    "python": ("tree_sitter_python", "language"),
    "javascript": ("tree_sitter_javascript", "language"),
    "typescript": ("tree_sitter_typescript", "language_typescript"),
    "tsx": ("tree_sitter_typescript", "language_tsx"),
    "java": ("tree_sitter_java", "language"),
    "sql": ("tree_sitter_sql", "language"),
}
_LIMIT_S = 0.8
_CHUNK = 65_536
_OPENING = frozenset("([{")
_NO_BRACKETS = re.compile(r"[^()\[\]{}]+")


def language_of_path(path: str) -> str:
    """The language by the file's name; `text` where the name says nothing."""
    return _SUFFIXES.get(PurePosixPath(path).suffix.lower(), "text")


def has_grammar(language: str) -> bool:
    return language in _GRAMMARS


def parser_for(language: str) -> Parser:
    """A new parser: a parser is not shared between threads."""
    return Parser(_language(language))


def parse(language: str, text: str) -> Node | None:
    """The root of the text's tree; None where reading it takes longer than anybody should wait."""
    data = text.encode()
    give_up = monotonic() + _LIMIT_S
    try:
        tree = parser_for(language).parse(
            lambda offset, _point: data[offset : offset + _CHUNK],
            progress_callback=lambda _offset, _has_error: monotonic() > give_up,
        )
    except ValueError:  # what a parse that was given up ends with
        return None
    return tree.root_node


def nested_deeper(text: str, limit: int) -> bool:
    """Whether more brackets than that are open at once, also in strings and comments: parsers take long on them."""
    depth = 0
    for character in _NO_BRACKETS.sub("", text):
        if character in _OPENING:
            depth += 1
            if depth > limit:
                return True
        elif depth:
            depth -= 1
    return False


@cache
def _language(name: str) -> Language:
    module, factory = _GRAMMARS[name]
    return Language(getattr(import_module(module), factory)())
