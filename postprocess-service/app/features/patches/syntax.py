"""Whether a file still parses after a patch; a file that did not parse before must not get worse."""

import ast
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from ...sources.languages import has_grammar, nested_deeper, parse

if TYPE_CHECKING:
    from tree_sitter import Node

_DEEPEST = 1_000
_MOST_ERRORS = 50
_LARGEST_AST = 200_000
_LARGEST_SQL = 60_000
"""Characters up to which the thorough parser is fast enough; beyond, tree-sitter's grammar decides."""
_LARGEST_YAML = 1_500_000
_LARGEST_TWICE = 2_500_000
_LIMITS = frozenset({"too_large", "too_deep"})
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    line: int | None
    detail: str


@dataclass(frozen=True, slots=True)
class SyntaxResult:
    """`checked` is False where the language is none that is read here."""

    checked: bool
    problem: SyntaxProblem | None = None
    was_broken: bool = False


def check_syntax(language: str, before: str | None, after: str) -> SyntaxResult:
    """What is wrong with `after` that was not wrong with `before`. `before` is None for a new file."""
    errors = _CHECKS.get(language) or (_by_grammar(language) if has_grammar(language) else None)
    if errors is None:
        return SyntaxResult(checked=False)
    found = _listed(errors, language, after)
    if not found:
        return SyntaxResult(checked=True)
    if before is not None and len(before) + len(after) <= _LARGEST_TWICE:
        earlier = _listed(errors, language, before)
        if len(found) <= len(earlier) < _MOST_ERRORS and found[0].detail not in _LIMITS:
            return SyntaxResult(checked=True, was_broken=True)
    return SyntaxResult(checked=True, problem=found[0])


def _listed(errors: "Errors", language: str, text: str) -> list[SyntaxProblem]:
    """The first errors; a text that would take too long is one itself."""
    if language == "yaml" and len(text) > _LARGEST_YAML:
        return [SyntaxProblem(None, "too_large")]
    if language == "yaml" and nested_deeper(text, _DEEPEST):  # its scanner takes the square of the depth
        return [SyntaxProblem(None, "too_deep")]
    return list(islice(errors(text.removeprefix("\ufeff")), _MOST_ERRORS))


Errors = Callable[[str], Iterator[SyntaxProblem]]


def _by_grammar(language: str) -> Errors:
    def errors(text: str) -> Iterator[SyntaxProblem]:
        root = parse(language, text)
        if root is None:
            yield SyntaxProblem(None, "too_large")
        elif root.has_error:
            yield from _faults(root)

    return errors


def _faults(root: "Node") -> Iterator[SyntaxProblem]:
    """Nodes that are errors; only branches that hold one are walked."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node.is_error or node.is_missing:
            what = f"missing {node.type}" if node.is_missing else "syntax error"
            yield SyntaxProblem(node.start_point.row + 1, what)
        if not node.is_error:
            stack += [child for child in reversed(node.children) if child.has_error or child.is_missing]


def _python(text: str) -> Iterator[SyntaxProblem]:
    found = list(islice(_by_grammar("python")(text), _MOST_ERRORS))
    if found or len(text) > _LARGEST_AST:
        yield from found
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
        except SyntaxError as error:
            yield SyntaxProblem(error.lineno, error.msg)
        except (RecursionError, MemoryError, ValueError):
            yield SyntaxProblem(None, "too_deep")


def _sql(text: str) -> Iterator[SyntaxProblem]:
    if len(text) > _LARGEST_SQL:
        yield from _by_grammar("sql")(text)
        return
    import sqlglot  # loads slowly, and only SQL needs it
    from sqlglot.errors import SqlglotError

    try:
        sqlglot.parse(text)
    except (SqlglotError, RecursionError) as error:
        first = (getattr(error, "errors", None) or [{}])[0]
        yield SyntaxProblem(first.get("line"), str(first.get("description") or type(error).__name__))


def _xml(text: str) -> Iterator[SyntaxProblem]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        etree.fromstring(
            _DECLARATION.sub("", text, count=1).encode(), parser
        )  # the declared encoding is not that of a text
    except etree.XMLSyntaxError as error:
        yield SyntaxProblem(error.lineno, error.msg or "")


def _json(text: str) -> Iterator[SyntaxProblem]:
    import orjson

    try:
        orjson.loads(text)
    except orjson.JSONDecodeError as error:
        yield SyntaxProblem(error.lineno, error.msg)


def _yaml(text: str) -> Iterator[SyntaxProblem]:
    """Events alone: nothing is built, so that aliases multiply nothing."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for _ in yaml.parse(text, Loader=loader):
            pass
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        yield SyntaxProblem(
            mark.line + 1 if mark else None, str(getattr(error, "problem", None) or type(error).__name__)
        )


_CHECKS: dict[str, Errors] = {"python": _python, "sql": _sql, "xml": _xml, "json": _json, "yaml": _yaml}
