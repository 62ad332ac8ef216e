"""What is learnt from: records with their feedback, oldest first, and how engines' attempts ended."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from ..db.patch_tables import PATCH_ANSWERS, PATCHES
from ..db.tables import GENERATIONS, SPEC_VERSIONS
from .records import EVALUATION, store_errors

_PAGE = 50
"""Records that are in memory at once: one may hold megabytes."""
_GENERATION = (
    "id", "prompt", "framework", "status", "spec", "data_model", "artifacts", "prompts", "raw_answers", "engine",
    "engine_model", "feedback",
)  # fmt: skip
_PATCH = ("id", "intent", "status", "edits", "files", "engine", "feedback")
_LINE = ("id", "created_at", "user_id", "prompt", "framework", "engine", "engine_model", "spec_version", "feedback")
_FIGURE = ("created_at", "attempts", "fixes", "diagnostics", "feedback", "timings", "engine_model", "status")
_GENERATED = ("generate", "modify")


class LearningStore:
    def __init__(self, engine: AsyncEngine) -> None:
        self._autocommit = engine.execution_options(isolation_level="AUTOCOMMIT")

    async def emitted(self, generation_id: str) -> dict[str, str]:
        """The files of the first emission by path: what the engine made, before anybody edited its spec."""
        first = select(SPEC_VERSIONS.c.artifacts).where(
            SPEC_VERSIONS.c.generation_id == generation_id, SPEC_VERSIONS.c.version == 1
        )
        current = select(GENERATIONS.c.artifacts).where(GENERATIONS.c.id == generation_id)
        async with store_errors(), self._autocommit.connect() as connection:
            found = await connection.scalar(first)
            files = found if found is not None else await connection.scalar(current)
        return {item["path"]: item["content"] for item in files or ()}

    async def records(self, *, all_consent: bool) -> AsyncIterator[dict[str, Any]]:
        """Generations and patches that ended well, oldest first; `all_consent`: those too of which nobody said so."""
        generations = select(*(GENERATIONS.c[name] for name in _GENERATION)).where(
            GENERATIONS.c.status == "completed",
            GENERATIONS.c.kind.in_(_GENERATED),
            _consent(GENERATIONS, all_of_it=all_consent),
        )
        patches = select(*(PATCHES.c[name] for name in _PATCH)).where(
            PATCHES.c.status == "applied", _consent(PATCHES, all_of_it=all_consent)
        )
        async for row in self._paged(generations, GENERATIONS.c.id):
            yield {**row, "source": "generation"}
        async for row in self._paged(patches, PATCHES.c.id):
            yield {**row, "source": "patch"}

    async def candidates(self, *, after: str | None, limit: int) -> list[dict[str, Any]]:
        """Generations whose code was accepted, newest first, one more than `limit` where there are more."""
        statement = (
            select(*(GENERATIONS.c[name] for name in _LINE))
            .where(GENERATIONS.c.feedback.is_not(None), GENERATIONS.c.status == "completed")
            .where(GENERATIONS.c.feedback.op("->>")("accepted").is_not(None))
            .order_by(GENERATIONS.c.id.desc())
            .limit(limit + 1)
        )
        if after is not None:
            statement = statement.where(GENERATIONS.c.id < after)
        async with store_errors(), self._autocommit.connect() as connection:
            return [dict(row) for row in (await connection.execute(statement)).mappings()]

    async def figures(self, *, since: datetime, limit: int) -> list[dict[str, Any]]:
        """How the last `limit` generations of screens since then went, newest first; without those of evaluations."""
        statement = (
            select(*(GENERATIONS.c[name] for name in _FIGURE))
            .where(GENERATIONS.c.created_at >= since, GENERATIONS.c.ended_at.is_not(None))
            .where(GENERATIONS.c.kind.in_(_GENERATED), GENERATIONS.c.attempts.is_not(None))
            .where(GENERATIONS.c.channel != EVALUATION)
            .order_by(GENERATIONS.c.created_at.desc())
            .limit(limit)
        )
        async with store_errors(), self._autocommit.connect() as connection:
            return [dict(row) for row in (await connection.execute(statement)).mappings()]

    async def edit_formats(self, *, since: datetime) -> list[dict[str, Any]]:
        """How many first answers to plans came since then, and how many could not be applied, by model and form."""
        columns = PATCH_ANSWERS.c
        statement = (
            select(
                columns.model,
                columns.edit_format,
                func.count().label("answers"),
                func.count().filter(columns.usable.is_(False)).label("unusable"),
            )
            .where(columns.created_at >= since)
            .group_by(columns.model, columns.edit_format)
            .order_by(columns.model, columns.edit_format)
        )
        async with store_errors(), self._autocommit.connect() as connection:
            return [dict(row) for row in (await connection.execute(statement)).mappings()]

    async def _paged(self, statement: Select[Any], key: ColumnElement[str]) -> AsyncIterator[dict[str, Any]]:
        last = ""
        while True:
            page = statement.where(key > last).order_by(key).limit(_PAGE)
            async with store_errors(), self._autocommit.connect() as connection:
                rows = [dict(row) for row in (await connection.execute(page)).mappings()]
            for row in rows:
                yield row
            if len(rows) < _PAGE:
                return
            last = rows[-1]["id"]


def _consent(table: Any, *, all_of_it: bool) -> ColumnElement[bool]:
    said = table.c.feedback.op("->>")("consent")
    agreed: ColumnElement[bool] = and_(table.c.feedback.is_not(None), said == "true")
    return or_(table.c.feedback.is_(None), said.is_(None), said == literal("true")) if all_of_it else agreed
