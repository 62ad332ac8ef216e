"""Generations in PostgreSQL: the record, and the marks that other replicas leave on it."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import func, insert, literal, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

from ..db.tables import ANSWERS, GENERATIONS, SPEC_VERSIONS, GenerationRow
from .generation_log import narrowed
from .records import CHANNEL, GenerationFilter, GenerationSummary, now, store_errors

_SUMMARY = [
    GENERATIONS.c[name]
    for name in (
        "id", "created_at", "user_id", "prompt", "kind", "status", "framework", "engine", "degraded", "duration_ms",
        "engine_model",
    )
]  # fmt: skip
_CANCEL = text(
    """
    WITH marked AS (
        UPDATE gateway.generations SET cancel_requested = true WHERE id = :id AND ended_at IS NULL
    )
    SELECT pg_notify(:channel, :payload)
    """
)
"""One statement: the engine has to hear of it within 200 ms."""
_NOTIFY = text("SELECT pg_notify(:channel, :payload)")
_SEARCHED = 200
"""Of a user's generations the latest, among which the one is looked for that made a file."""


class GenerationStore:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._autocommit = engine.execution_options(isolation_level="AUTOCOMMIT")

    async def probe(self) -> str:
        """Raises where the schema can't be read."""
        async with self._autocommit.connect() as connection:
            await connection.execute(text("SELECT 1 FROM gateway.generations LIMIT 1"))
        return "up"

    async def get(self, generation_id: str, *, user_id: str | None) -> GenerationRow | None:
        """The whole record; None where there is none, or it is another user's. `user_id` None: anybody's."""
        async with store_errors(), AsyncSession(self._engine, expire_on_commit=False) as session:
            row = await session.get(GenerationRow, generation_id)
        return row if row is not None and user_id in {None, row.user_id} else None

    async def with_file(self, hashes: Collection[str], *, user_id: str) -> GenerationRow | None:
        """The newest of a user's latest generations with a spec that made a file of one of these SHA-256 hashes."""
        latest = (
            select(GENERATIONS.c.id, GENERATIONS.c.artifacts)
            .where(GENERATIONS.c.user_id == user_id, GENERATIONS.c.spec.is_not(None))
            .order_by(GENERATIONS.c.id.desc())
            .limit(_SEARCHED)
            .subquery()
        )
        file = func.json_array_elements(latest.c.artifacts).column_valued("file", joins_implicitly=True)
        found = (
            select(latest.c.id)
            .select_from(latest)
            .where(file.op("->>")("sha256").in_(hashes))
            .order_by(latest.c.id.desc())
            .limit(1)
        )
        async with store_errors(), self._autocommit.connect() as connection:
            generation_id = await connection.scalar(found)
        return await self.get(str(generation_id), user_id=user_id) if generation_id else None

    async def list(self, wanted: GenerationFilter) -> list[GenerationSummary]:
        """Newest first, one more than `limit` where there are more."""
        statement = narrowed(select(*_SUMMARY), wanted).limit(wanted.limit + 1)
        async with store_errors(), self._autocommit.connect() as connection:
            return [GenerationSummary(*row) for row in await connection.execute(statement)]

    async def request_cancel(self, generation_id: str) -> None:
        """Marks a running generation and tells its owner, on whatever replica."""
        parameters = {"id": generation_id, "channel": CHANNEL, "payload": f"c:{generation_id}"}
        async with store_errors(), self._autocommit.connect() as connection:
            await connection.execute(_CANCEL, parameters)

    async def add_answer(self, generation_id: str, question_id: str, value: str) -> bool:
        """Keeps the first answer to a question and tells the generation's owner; False where one was there."""
        statement = (
            upsert(ANSWERS)
            .values(generation_id=generation_id, question_id=question_id, value=value, at=now())
            .on_conflict_do_nothing()
            .returning(literal(1))
        )
        async with store_errors(), self._engine.begin() as connection:
            added = (await connection.execute(statement)).first() is not None
            await connection.execute(_NOTIFY, {"channel": CHANNEL, "payload": f"a:{generation_id}"})
        return added

    async def answer(self, generation_id: str, question_id: str) -> str | None:
        statement = select(ANSWERS.c.value).where(
            ANSWERS.c.generation_id == generation_id, ANSWERS.c.question_id == question_id
        )
        async with store_errors(), self._autocommit.connect() as connection:
            value: str | None = await connection.scalar(statement)
        return value

    async def set_feedback(self, generation_id: str, feedback: Mapping[str, Any]) -> None:
        async with store_errors(), self._engine.begin() as connection:
            await connection.execute(
                update(GENERATIONS).where(GENERATIONS.c.id == generation_id).values(feedback=dict(feedback))
            )

    async def replace_spec(self, current: GenerationRow, columns: Mapping[str, Any]) -> bool:
        """Puts a new version of spec and artifacts in place, keeps the old; False where another came first."""
        async with store_errors(), self._engine.begin() as connection:
            changed = await connection.execute(
                update(GENERATIONS)
                .where(GENERATIONS.c.id == current.id, GENERATIONS.c.spec_version == current.spec_version)
                .values(spec_version=current.spec_version + 1, **columns)
            )
            if changed.rowcount != 1:
                return False
            await connection.execute(
                insert(SPEC_VERSIONS).values(
                    generation_id=current.id,
                    version=current.spec_version,
                    replaced_at=now(),
                    spec=current.spec,
                    artifacts=current.artifacts or [],
                )
            )
        return True

    async def spec_version(self, generation_id: str, version: int) -> dict[str, Any] | None:
        """The spec of an earlier version."""
        statement = select(SPEC_VERSIONS.c.spec).where(
            SPEC_VERSIONS.c.generation_id == generation_id, SPEC_VERSIONS.c.version == version
        )
        async with store_errors(), self._autocommit.connect() as connection:
            spec: dict[str, Any] | None = await connection.scalar(statement)
        return spec
