"""Runs the right checks over the files of a screen, markup and script of one name together."""

from dataclasses import dataclass
from posixpath import splitext

from ..packs.model import Pack
from .model import Diagnostic, finding
from .script_check import check_script, missing_handlers
from .script_facts import ScriptFacts, read_script
from .syntax_check import CHECKED, check_syntax
from .xml_check import check_xml
from .xml_facts import XmlFacts

MAPPER = "mybatis"
_BY_BROWSERS = frozenset({"css"})
"""Nothing to tell: a browser reads over what it does not know."""
MAX_CHECKED_CHARACTERS = 500_000
MAX_CHECKED_SCRIPT = 100_000
"""Queries on a syntax tree that is nested deeper than any script is take a time that grows with its square."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to check. `script` is what is known of a script already: reading one twice costs more than all else."""

    path: str
    language: str
    content: str
    dialect: str | None = None
    """Of SQL its dialect; `mybatis` of a mapper in XML, whose SQL is in `sql_dialect`."""
    sql_dialect: str | None = None
    script: ScriptFacts | None = None


def check_files(files: list[SourceFile], pack: Pack, language: str) -> dict[str, list[Diagnostic]]:
    """Findings by path."""
    found: dict[str, list[Diagnostic]] = {file.path: [] for file in files}
    small = [file for file in files if len(file.content) <= _most(file)]
    for file in files:
        if file not in small:
            found[file.path].append(finding("too_large", language, severity="warning"))
    screens = [file for file in small if file.language == "xml" and file.dialect != MAPPER]
    markup: dict[str, tuple[SourceFile, XmlFacts | None]] = {}
    for file in screens:
        diagnostics, facts = check_xml(file.content, pack, language)
        found[file.path].extend(diagnostics)
        markup[stem_of(file.path)] = (file, facts)
    for file in small:
        if file.language == "javascript":
            partner, facts = markup.get(stem_of(file.path), (None, None))
            script = file.script or read_script(file.content)
            found[file.path].extend(check_script(script, facts, pack, language))
            if partner is not None and facts is not None:
                found[partner.path].extend(missing_handlers(script, facts, language))
        elif file not in screens:
            found[file.path].extend(_check_alone(file, language))
    return found


def _check_alone(file: SourceFile, language: str) -> list[Diagnostic]:
    """The findings of a file that is no part of a pair."""
    if file.dialect == MAPPER:
        return _check_mapper(file, language)
    if file.language == "sql":
        return _check_sql(file, language)
    if file.language in CHECKED:
        return check_syntax(file.content, file.language, language)
    if file.language in _BY_BROWSERS:
        return []
    return [finding("unchecked_language", language, severity="info", name=file.language)]


def _check_mapper(file: SourceFile, language: str) -> list[Diagnostic]:
    from .mapper_check import check_mapper

    return check_mapper(file.content, file.sql_dialect, language)


def _check_sql(file: SourceFile, language: str) -> list[Diagnostic]:
    from .sql_check import check_sql  # sqlglot takes a moment to load: the first SQL file pays, or the warm-up does

    return check_sql(file.content, file.dialect, language)


def _most(file: SourceFile) -> int:
    has_tree = file.language == "javascript" or file.language in CHECKED
    return MAX_CHECKED_SCRIPT if has_tree else MAX_CHECKED_CHARACTERS


def stem_of(path: str) -> str:
    """A path without its ending: the markup and the script of a screen have it in common."""
    return splitext(path)[0]
