"""Who executes a generation: creation, queueing, claims, renewal, handing over, and the end."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, literal, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from ..db.tables import GENERATIONS
from .events import append_events
from .jobs import RUN_GENERATION, Job, JobQueue
from .notices import ENDED, Notices
from .records import CHANNEL, QUEUED, Event, LeaseLost, made_once, now, store_errors
from .whole_commits import WholeCommits

_NOTIFY = text("SELECT pg_notify(:channel, :payload)")


class LeaseStore:
    """Leases of one process, `holder`, each `lease_s` long by the database's clock."""

    def __init__(self, engine: AsyncEngine, *, holder: str, lease_s: float, jobs: JobQueue) -> None:
        self._engine = engine
        self._holder = holder
        self._lease = timedelta(seconds=lease_s)
        self._jobs = jobs
        self._notices = Notices(jobs)
        self._whole = WholeCommits(engine, holder=holder, lease=self._lease)

    async def create(self, columns: Mapping[str, Any], first: Event) -> None:
        """A new generation of this process, epoch 1, with its first event."""
        await self._whole.create(columns, first)

    async def enqueue(self, queue: str, orders: Sequence[tuple[Mapping[str, Any], Event]]) -> None:
        """New generations that nobody holds yet, each with its first event and the job that runs it."""
        async with made_once(), store_errors(), self._engine.begin() as connection:
            await self.enqueue_in(connection, queue, orders)

    async def enqueue_in(
        self, connection: AsyncConnection, queue: str, orders: Sequence[tuple[Mapping[str, Any], Event]]
    ) -> None:
        """As `enqueue`, within the caller's transaction."""
        unheld = {"holder": "", "epoch": 0, "lease_until": func.now(), "status": QUEUED, "queue": queue}
        for columns, first in orders:
            await connection.execute(insert(GENERATIONS).values({**columns, **unheld}))
            await append_events(connection, columns["id"], 0, [first])
        job = Job(RUN_GENERATION, queue)
        await self._jobs.defer_each(
            connection, job, [{"generation_id": columns["id"], "attempt": 1} for columns, _ in orders]
        )

    async def claim(self, generation_id: str) -> int | None:
        """Takes a queued generation, or one whose lease ran out; gives its new epoch, None where that can't be."""
        statement = (
            update(GENERATIONS)
            .where(
                GENERATIONS.c.id == generation_id,
                GENERATIONS.c.ended_at.is_(None),
                or_(GENERATIONS.c.status == QUEUED, GENERATIONS.c.lease_until < func.now()),
            )
            .values(**self.lease(), status="running")
            .returning(GENERATIONS.c.epoch)
        )
        async with store_errors(), self._engine.begin() as connection:
            epoch: int | None = await connection.scalar(statement)
        return epoch

    def lease(self) -> dict[str, Any]:
        """The columns by which this process takes a generation over."""
        return {
            "holder": self._holder,
            "epoch": GENERATIONS.c.epoch + 1,
            "lease_until": func.now() + literal(self._lease),
        }

    async def renew(self, generation_ids: Collection[str]) -> dict[str, bool]:
        """Renews leases of this process: for each generation that it still holds, whether its cancel was asked for."""
        statement = (
            update(GENERATIONS)
            .where(
                GENERATIONS.c.holder == self._holder,
                GENERATIONS.c.ended_at.is_(None),
                GENERATIONS.c.id.in_(generation_ids),
            )
            .values(lease_until=func.now() + literal(self._lease))
            .returning(GENERATIONS.c.id, GENERATIONS.c.cancel_requested)
        )
        async with store_errors(), self._engine.begin() as connection:
            return {row[0]: row[1] for row in await connection.execute(statement)}

    async def finish(self, generation_id: str, epoch: int, events: Sequence[Event], columns: Mapping[str, Any]) -> None:
        """The last events and the whole record in one commit, with what the end sets off.

        Raises:
            LeaseLost: somebody else ended it, or took it over.
        """
        if await self._whole.finish(generation_id, epoch, events, columns):
            return
        async with store_errors(), self._engine.begin() as connection:
            await append_events(connection, generation_id, epoch, events)
            await self.end(connection, generation_id, columns)

    async def end(self, connection: AsyncConnection, generation_id: str, columns: Mapping[str, Any]) -> None:
        """Ends the row within the caller's transaction, which has written the terminal event."""
        ended = await connection.execute(
            update(GENERATIONS)
            .where(GENERATIONS.c.id == generation_id)
            .values(ended_at=now(), **columns)
            .returning(*ENDED)
        )
        row = ended.mappings().one()
        if row["webhook"] or row["batch_id"]:
            await self._notices.after_end(connection, dict(row))

    async def queue_again(
        self, generation_id: str, epoch: int, events: Sequence[Event], columns: Mapping[str, Any], job: Job | None
    ) -> None:
        """Lets a job's generation go, to be run by `job`; None: its own job will run again.

        Raises:
            LeaseLost: somebody else ended it, or took it over.
        """
        unheld = {"holder": "", "epoch": GENERATIONS.c.epoch + 1, "lease_until": func.now(), "status": QUEUED}
        async with store_errors(), self._engine.begin() as connection:
            await append_events(connection, generation_id, epoch, events)
            await connection.execute(
                update(GENERATIONS).where(GENERATIONS.c.id == generation_id).values({**columns, **unheld})
            )
            if job is not None:
                await self._jobs.defer(connection, job)

    async def hand_over(
        self, generation_id: str, epoch: int, events: Sequence[Event], columns: Mapping[str, Any]
    ) -> None:
        """Lets a generation go: the lease is over at once, and the others are told.

        Raises:
            LeaseLost: somebody else ended it, or took it over.
        """
        async with store_errors(), self._engine.begin() as connection:
            await append_events(connection, generation_id, epoch, events)
            released = await connection.execute(
                update(GENERATIONS)
                .where(GENERATIONS.c.id == generation_id, GENERATIONS.c.epoch == epoch)
                .values({**columns, "holder": "", "lease_until": func.now() - literal(timedelta(milliseconds=1))})
            )
            if released.rowcount != 1:
                raise LeaseLost(generation_id)
            await connection.execute(_NOTIFY, {"channel": CHANNEL, "payload": "o:"})

    async def holds(self, generation_id: str) -> bool:
        """Whether a live process runs the generation."""
        statement = select(
            (GENERATIONS.c.lease_until >= func.now()) & GENERATIONS.c.ended_at.is_(None) & (GENERATIONS.c.holder != "")
        ).where(GENERATIONS.c.id == generation_id)
        async with store_errors(), self._engine.connect() as connection:
            return bool(await connection.scalar(statement))
