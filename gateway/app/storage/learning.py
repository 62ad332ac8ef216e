"""What is learnt from: records with their feedback, the better first, and how engines' attempts ended."""

from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, case, cast, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from ..db.patch_tables import PATCH_ANSWERS, PATCHES, PLANS
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
_RANKS = (0, 1, 2)
LIKED = 4
"""Stars from which a screen counts as accepted where nobody sent its code."""
_EXAMPLE = "accepted-"
"""Before the generation's id, in the id of the knowledge entry that admin-service makes of an approved example."""


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
        """Generations and patches that ended well; `all_consent`: those too of which nobody said so.

        Those that somebody edited and took over come first, then those that somebody was content with, then the
        others; of each the oldest first. `example_withdrawn`: the prompt shows somebody's screen that may no longer
        be learnt from.
        """
        generations = select(*(GENERATIONS.c[name] for name in _GENERATION)).where(
            GENERATIONS.c.status == "completed",
            GENERATIONS.c.kind.in_(_GENERATED),
            GENERATIONS.c.channel != EVALUATION,
            _consent(GENERATIONS, all_of_it=all_consent),
        )
        patches = (
            select(*(PATCHES.c[name] for name in _PATCH), PLANS.c.framework)
            .outerjoin(PLANS, PLANS.c.id == PATCHES.c.plan_id)
            .where(PATCHES.c.status == "applied", _consent(PATCHES, all_of_it=all_consent))
        )
        for source, table, statement in (("generation", GENERATIONS, generations), ("patch", PATCHES, patches)):
            for rank in _RANKS:
                async for row in self._paged(statement.where(_rank(table) == rank), table.c.id):
                    withdrawn = bool(await self.withdrawn(_shown(row.get("prompts") or ())))
                    yield {**row, "source": source, "example_withdrawn": withdrawn}

    async def withdrawn(self, generation_ids: Collection[str]) -> list[str]:
        """Those of which nobody says, or no longer, that they may be learnt from; of those that are kept."""
        if not generation_ids:
            return []
        consent = func.coalesce(GENERATIONS.c.feedback.op("->>")("consent"), "")
        statement = select(GENERATIONS.c.id).where(GENERATIONS.c.id.in_(generation_ids), consent != "true")
        async with store_errors(), self._autocommit.connect() as connection:
            return list(await connection.scalars(statement.order_by(GENERATIONS.c.id)))

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


def _shown(prompts: Iterable[Mapping[str, Any]]) -> set[str]:
    """The generations whose screens stand in prompts as examples."""
    used = (hit for prompt in prompts for hit in prompt.get("hits_used") or ())
    return {hit.removeprefix(_EXAMPLE)[:36] for hit in used if hit.startswith(_EXAMPLE)}


def _rank(table: Any) -> ColumnElement[int]:
    """0: edited and taken over, 1: taken over or liked, 2: neither."""
    feedback = table.c.feedback
    edited = cast(feedback.op("->")("distance").op("->>")("lines"), Integer) > 0
    liked = or_(feedback.op("->>")("accepted").is_not(None), cast(feedback.op("->>")("rating"), Integer) >= LIKED)
    return case((edited, 0), (liked, 1), else_=2)
