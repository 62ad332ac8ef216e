"""Plans and the ledger of patches in PostgreSQL."""

from typing import Any

from sqlalchemy import delete, literal, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

from ..db.patch_tables import PATCHES, PLANS, PatchAnswerRow, PatchRow, PlanRow
from .identifiers import new_id
from .records import now, store_errors

_LINE = [
    PATCHES.c[name] for name in ("id", "created_at", "plan_id", "intent", "status", "applied_at", "engine", "files")
]


class PatchStore:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add_plan(self, row: PlanRow) -> None:
        async with store_errors(), AsyncSession(self._engine) as session:
            session.add(row)
            await session.commit()

    async def plan(self, plan_id: str, *, user_id: str) -> PlanRow | None:
        async with store_errors(), AsyncSession(self._engine, expire_on_commit=False) as session:
            row = await session.get(PlanRow, plan_id)
        return row if row is not None and row.user_id == user_id else None

    async def plans(self, *, user_id: str, cursor: str | None, limit: int) -> list[dict[str, Any]]:
        """Newest first, one more than `limit` where there are more."""
        columns = [PLANS.c[name] for name in ("id", "created_at", "intent")]
        statement = select(*columns).where(PLANS.c.user_id == user_id).order_by(PLANS.c.id.desc()).limit(limit + 1)
        if cursor is not None:
            statement = statement.where(PLANS.c.id < cursor)
        async with store_errors(), self._engine.connect() as connection:
            return [dict(row) for row in (await connection.execute(statement)).mappings()]

    async def delete_plan(self, plan_id: str, *, user_id: str) -> bool:
        """False where the user has no such plan."""
        statement = delete(PLANS).where(PLANS.c.id == plan_id, PLANS.c.user_id == user_id).returning(literal(1))
        async with store_errors(), self._engine.begin() as connection:
            return (await connection.execute(statement)).first() is not None

    async def patch(self, patch_id: str, *, user_id: str) -> PatchRow | None:
        async with store_errors(), AsyncSession(self._engine, expire_on_commit=False) as session:
            row = await session.get(PatchRow, patch_id)
        return row if row is not None and row.user_id == user_id else None

    async def patches(self, *, user_id: str, cursor: str | None, limit: int) -> list[dict[str, Any]]:
        """Newest first, one more than `limit` where there are more."""
        statement = select(*_LINE).where(PATCHES.c.user_id == user_id).order_by(PATCHES.c.id.desc()).limit(limit + 1)
        if cursor is not None:
            statement = statement.where(PATCHES.c.id < cursor)
        async with store_errors(), self._engine.connect() as connection:
            return [dict(row) for row in (await connection.execute(statement)).mappings()]

    async def apply(self, row: PatchRow) -> tuple[str, bool]:
        """Writes a patch into the ledger, once for each user and key: its id, and whether it stood there as applied.

        A patch that was rolled back is applied again, as itself. One statement: of two callers at once one is first.
        """
        values = row.model_dump()
        statement = (
            upsert(PATCHES)
            .values(**values)
            .on_conflict_do_update(
                constraint="uq_patches_user_id_key",
                set_={"status": "applied", "applied_at": row.applied_at, "rolled_back_at": None},
                where=PATCHES.c.status != "applied",
            )
            .returning(PATCHES.c.id)
        )
        known = select(PATCHES.c.id).where(PATCHES.c.user_id == row.user_id, PATCHES.c.key == row.key)
        async with store_errors(), self._engine.begin() as connection:
            written = await connection.scalar(statement)
            if written is not None:
                return str(written), False
            return str(await connection.scalar(known)), True

    async def note_answer(self, *, model: str, edit_format: str, usable: bool) -> None:
        """For the figures of the model."""
        row = PatchAnswerRow(id=new_id(), created_at=now(), model=model, edit_format=edit_format, usable=usable)
        async with store_errors(), AsyncSession(self._engine) as session:
            session.add(row)
            await session.commit()

    async def rate(self, patch_id: str, feedback: dict[str, Any]) -> None:
        async with store_errors(), self._engine.begin() as connection:
            await connection.execute(update(PATCHES).where(PATCHES.c.id == patch_id).values(feedback=feedback))

    async def roll_back(self, patch_id: str) -> bool:
        """Marks a patch; False where it was rolled back already."""
        statement = (
            update(PATCHES)
            .where(PATCHES.c.id == patch_id, PATCHES.c.status == "applied")
            .values(status="rolled_back", rolled_back_at=now())
            .returning(literal(1))
        )
        async with store_errors(), self._engine.begin() as connection:
            return (await connection.execute(statement)).first() is not None
