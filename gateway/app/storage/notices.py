"""What the end of a generation sets off, in the same commit: its webhook, and the end of its batch."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from ..db.job_tables import BATCHES, WEBHOOK_DELIVERIES
from ..db.tables import GENERATIONS
from .identifiers import new_id
from .jobs import DELIVER_WEBHOOK, WEBHOOKS, Job, JobQueue
from .records import moment, now

_SAID = ("status", "kind", "engine", "degraded", "duration_ms", "problem")
ENDED = tuple(
    GENERATIONS.c[name]
    for name in ("id", "user_id", "created_at", "status", "webhook", "batch_id", "batch_row", "artifacts")
) + tuple(GENERATIONS.c[name] for name in ("kind", "engine", "degraded", "duration_ms", "problem"))
"""What `after_end` has to know of the row that has ended."""


class Notices:
    def __init__(self, jobs: JobQueue) -> None:
        self._jobs = jobs

    async def after_end(self, connection: AsyncConnection, row: Mapping[str, Any]) -> None:
        """`row`: the columns `ENDED` of a generation that this transaction ends."""
        if row["webhook"]:
            data = _generation(row)
            await self.deliver(connection, row["user_id"], row["webhook"]["url"], f"generation.{row['status']}", data)
        if row["batch_id"]:
            await self._after_row(connection, row["batch_id"])

    async def deliver(
        self, connection: AsyncConnection, user_id: str, url: str, event: str, data: Mapping[str, Any]
    ) -> str:
        """Queues a webhook; gives the delivery's id."""
        delivery_id = new_id()
        await connection.execute(
            insert(WEBHOOK_DELIVERIES).values(
                id=delivery_id, created_at=now(), user_id=user_id, url=url, event=event, data=dict(data)
            )
        )
        await self._jobs.defer(connection, Job(DELIVER_WEBHOOK, WEBHOOKS, {"delivery_id": delivery_id}))
        return delivery_id

    async def _after_row(self, connection: AsyncConnection, batch_id: str) -> None:
        """The lock lets one row end at a time: the last one sees that all the others have."""
        await connection.execute(select(BATCHES.c.id).where(BATCHES.c.id == batch_id).with_for_update())
        is_open = exists().where(GENERATIONS.c.batch_id == batch_id, GENERATIONS.c.ended_at.is_(None))
        ended = await connection.execute(
            update(BATCHES)
            .where(BATCHES.c.id == batch_id, BATCHES.c.ended_at.is_(None), ~is_open)
            .values(ended_at=func.now())
            .returning(BATCHES.c.id, BATCHES.c.user_id, BATCHES.c.name, BATCHES.c.total, BATCHES.c.webhook)
        )
        batch = ended.mappings().first()
        if batch is not None and batch["webhook"]:
            counts = await self._counts(connection, batch_id)
            data = {"batch_id": batch_id, "name": batch["name"], "total": batch["total"], "counts": counts}
            await self.deliver(connection, batch["user_id"], batch["webhook"]["url"], "batch.completed", data)

    @staticmethod
    async def _counts(connection: AsyncConnection, batch_id: str) -> dict[str, int]:
        statement = (
            select(GENERATIONS.c.status, func.count())
            .where(GENERATIONS.c.batch_id == batch_id)
            .group_by(GENERATIONS.c.status)
        )
        return {row[0]: row[1] for row in await connection.execute(statement)}


def _generation(row: Mapping[str, Any]) -> dict[str, Any]:
    created: datetime = row["created_at"]
    return {
        "generation_id": row["id"],
        "created_at": moment(created),
        "batch_id": row["batch_id"],
        "batch_row": row["batch_row"],
        "artifacts": [
            {name: artifact.get(name) for name in ("path", "language", "sha256", "size")}
            for artifact in row["artifacts"] or ()
        ],
        **{name: row[name] for name in _SAID},
    }
