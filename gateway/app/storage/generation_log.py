"""The log of generations as it is looked through: filtered, searched, paged by key, read whole for an export."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from ..core.grams import needed, words_of
from ..db.tables import GENERATIONS
from .identifiers import first_id_at
from .records import GenerationFilter, store_errors

_HAS_WORDS = text(
    "(SELECT bool_and(position(word IN generations.search_text) > 0) FROM unnest(CAST(:words AS text[])) AS word)"
)
_NOT_EXPORTED = frozenset({
    "cancel_requested", "holder", "epoch", "lost_owners", "lease_until", "resumption", "deadline_at", "queue",
    "webhook", "batch_id", "batch_row", "search_text", "grams",
})  # fmt: skip
_EXPORTED = [column for column in GENERATIONS.c if column.name not in _NOT_EXPORTED]
_AT_ONCE = 100
"""Whole records of one read: a long export never holds many in memory, nor a transaction open."""


def narrowed(statement: Any, wanted: GenerationFilter) -> Any:
    """A select over generations: those that are wanted, the newest first."""
    words = words_of(wanted.query or "")
    if words:
        statement = statement.where(GENERATIONS.c.grams.contains(needed(words)), _HAS_WORDS.bindparams(words=words))
    return statement.where(*_conditions(wanted)).order_by(GENERATIONS.c.id.desc())


def _conditions(wanted: GenerationFilter) -> list[ColumnElement[bool]]:
    columns = GENERATIONS.c
    equal = {name: getattr(wanted, name) for name in ("user_id", "status", "kind", "engine", "framework", "degraded")}
    found = [columns[name] == value for name, value in equal.items() if value is not None]
    if wanted.cursor is not None:
        found.append(columns.id < wanted.cursor)
    if wanted.since is not None:
        found.append(columns.id >= first_id_at(wanted.since))
    if wanted.until is not None:
        found.append(columns.id < first_id_at(wanted.until))
    return found


class LogExport:
    def __init__(self, engine: AsyncEngine) -> None:
        self._autocommit = engine.execution_options(isolation_level="AUTOCOMMIT")

    async def rows(self, wanted: GenerationFilter) -> AsyncIterator[RowMapping]:
        """Whole records, the newest first; what comes in meanwhile is not among them."""
        while True:
            statement = narrowed(select(*_EXPORTED), wanted).limit(_AT_ONCE)
            async with store_errors(), self._autocommit.connect() as connection:
                rows = (await connection.execute(statement)).mappings().all()
            for row in rows:
                yield row
            if len(rows) < _AT_ONCE:
                return
            wanted = replace(wanted, cursor=rows[-1]["id"])
