"""Jobs put into PostgreSQL within the transaction that makes them necessary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from chassis.tracing import current_trace

from .records import store_errors

if TYPE_CHECKING:
    from procrastinate import App
    from procrastinate.jobs import JobDeferrer

GENERATIONS, BATCHES, INDEXING, WEBHOOKS, MAINTENANCE = "generations", "batches", "indexing", "webhooks", "maintenance"
EVALUATIONS = "evaluations"
"""Queues by kind of work: each has workers of its own, so that none waits for another."""

RUN_GENERATION = "run_generation"
DELIVER_WEBHOOK = "deliver_webhook"
INDEX_REPOSITORY = "index_repository"
RUN_EVALUATION = "run_evaluation"


@dataclass(frozen=True, slots=True)
class Job:
    """A task by its name, for a queue, after a delay; `arguments` are JSON."""

    task: str
    queue: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    delay_s: int = 0


TRACE = "traceparent"
"""The argument of every job that carries the trace of the request that made it necessary."""


def _traced(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {**arguments, TRACE: current_trace().header()}


class JobQueue:
    """Defers; workers fetch. Importing procrastinate takes a while, so that is put off until the first job."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @cached_property
    def _app(self) -> "App":
        from procrastinate import App, PsycopgConnector

        return App(connector=PsycopgConnector())

    async def defer(self, connection: AsyncConnection, job: Job) -> None:
        """Queues a job where the connection's transaction is committed."""
        await (await self._deferrer(connection, job)).defer_async(**_traced(job.arguments))

    async def defer_each(self, connection: AsyncConnection, job: Job, arguments: Sequence[Mapping[str, Any]]) -> None:
        """Queues the job once for each of the arguments, in one statement."""
        if arguments:
            await (await self._deferrer(connection, job)).batch_defer_async(*map(_traced, arguments))

    async def put(self, job: Job) -> None:
        """Queues a job in a transaction of its own."""
        async with store_errors(), self._engine.begin() as connection:
            await self.defer(connection, job)

    async def _deferrer(self, connection: AsyncConnection, job: Job) -> "JobDeferrer":
        raw = (await connection.get_raw_connection()).driver_connection
        schedule: dict[str, Any] = {"schedule_in": {"seconds": job.delay_s}} if job.delay_s else {}
        return self._app.configure_task(job.task, queue=job.queue, connection=raw, **schedule)
