"""Data models from DDL: statements are cut apart, sqlglot reads each, and our own reader takes what it can't."""

from .ddl_comments import apply_comment, is_comment
from .ddl_fallback import read_create_table, without_tail
from .declared import DeclaredModel, Problem, Unreadable
from .sql_statements import Statement, guess_dialect, split_statements

MAX_STATEMENTS = 2_000


def read_ddl(text: str, source: str = "") -> DeclaredModel:
    """The tables of a script. What can't be read is named with its line; the rest is used."""
    model = DeclaredModel()
    dialect = guess_dialect(text)
    for statement in split_statements(text)[:MAX_STATEMENTS]:
        _read(statement, dialect, model, source)
    return model


def _read_by_parser(text: str, dialect: str, model: DeclaredModel) -> bool:
    """Tries the statement as it is, then without what stands behind its column list (storage clauses)."""
    from .ddl_sqlglot import read_statement  # here: the parser is loaded after the start

    for candidate in (text, without_tail(text)):
        try:
            read_statement(candidate, dialect, model)
        except Unreadable:
            continue
        return True
    return False


def _read(statement: Statement, dialect: str, model: DeclaredModel, source: str) -> None:
    kind = statement.first_words(2)
    if is_comment(kind):
        if not apply_comment(statement.text, model):
            model.problems.append(Problem("ddl_unreadable", statement.line, source, statement.head()))
        return
    if not statement.declares_tables():
        return
    if not _read_by_parser(statement.text, dialect, model):
        table, lines = read_create_table(statement.text)
        if table is None or not table.fields:
            model.problems.append(Problem("ddl_unreadable", statement.line, source, statement.head()))
            return
        model.extend(DeclaredModel([table]))
        model.problems += [
            Problem("ddl_column_unreadable", statement.line + line, source, part) for line, part in lines
        ]
