"""Which language a file is in, and which nodes of its grammar are definitions."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tree_sitter import Parser


@dataclass(frozen=True, slots=True)
class Grammar:
    """Where a grammar is, and its node types that define something, with what each is called here."""

    module: str
    factory: str
    definitions: dict[str, str]


_FUNCTIONS = {
    "function_declaration": "function",
    "generator_function_declaration": "function",
    "class_declaration": "class",
    "abstract_class_declaration": "class",
    "method_definition": "method",
    "interface_declaration": "interface",
    "type_alias_declaration": "type",
    "enum_declaration": "enum",
    "assignment_expression": "function",
    "variable_declarator": "function",
    "pair": "function",
    "public_field_definition": "function",
    "field_definition": "function",
}
GRAMMARS: dict[str, Grammar] = {
    "python": Grammar(
        "tree_sitter_python", "language", {"function_definition": "function", "class_definition": "class"}
    ),
    "javascript": Grammar("tree_sitter_javascript", "language", _FUNCTIONS),
    "typescript": Grammar("tree_sitter_typescript", "language_typescript", _FUNCTIONS),
    "tsx": Grammar("tree_sitter_typescript", "language_tsx", _FUNCTIONS),
    "java": Grammar(
        "tree_sitter_java",
        "language",
        {
            "class_declaration": "class",
            "interface_declaration": "interface",
            "enum_declaration": "enum",
            "record_declaration": "class",
            "annotation_type_declaration": "interface",
            "method_declaration": "method",
            "constructor_declaration": "method",
        },
    ),
    "sql": Grammar(
        "tree_sitter_sql",
        "language",
        dict.fromkeys(
            (
                "create_table", "create_view", "create_materialized_view", "create_function", "create_index",
                "create_trigger", "create_type", "create_sequence", "alter_table", "select",
            ),
            "statement",
        ),
    ),
    "xml": Grammar("tree_sitter_xml", "language_xml", {"element": "element"}),
}  # fmt: skip
FUNCTION_VALUES = frozenset({"arrow_function", "function_expression", "generator_function", "function"})
ONLY_WITH_FUNCTION = frozenset({
    "assignment_expression", "variable_declarator", "pair", "public_field_definition", "field_definition",
})  # fmt: skip
"""These define a function only where their value is one."""

_SUFFIXES = {
    ".py": "python", ".pyi": "python", ".js": "javascript", ".mjs": "javascript", ".cjs": "javascript",
    ".jsx": "javascript", ".ts": "typescript", ".mts": "typescript", ".cts": "typescript", ".tsx": "tsx",
    ".java": "java", ".sql": "sql", ".ddl": "sql", ".xml": "xml", ".xsd": "xml", ".xsl": "xml", ".xslt": "xml",
    ".wsdl": "xml", ".md": "markdown", ".yaml": "yaml", ".yml": "yaml", ".toml": "toml", ".json": "json",
    ".html": "html", ".css": "css", ".sh": "shell", ".properties": "properties",
}  # fmt: skip


def language_of_file(path: str) -> str:
    """The language by the file's name; `text` where the name says nothing."""
    return _SUFFIXES.get(PurePosixPath(path).suffix.lower(), "text")


@cache
def _language(name: str) -> Any:
    import tree_sitter

    grammar = GRAMMARS[name]
    factory: Callable[[], object] = getattr(import_module(grammar.module), grammar.factory)
    return tree_sitter.Language(factory())


def parser_for(name: str) -> "Parser":
    """A new parser: a parser is not shared between threads."""
    import tree_sitter

    return tree_sitter.Parser(_language(name))
