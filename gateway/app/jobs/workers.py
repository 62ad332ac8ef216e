"""Keeps the workers of all queues running, whatever happens to PostgreSQL, and rescues the jobs of the dead."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress

from procrastinate import App
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from psycopg_pool import PoolTimeout
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from chassis.logging import get_logger
from chassis.metrics import ServiceMetrics

from ..storage.records import StoreUnavailable, store_errors

HEARTBEAT_S = 2.0
STALLED_S = 8.0
"""A worker that was not heard of for so long is dead: its jobs go to others, within 15 s of its death."""
RESCUE_S = 2.0
POLL_S = 2.0
"""Notifications wake the workers; this finds what a lost one hid, and what was put off."""
FORGOTTEN_H = 24 * 7
_RESTART_S = 1.0
_RESCUE_LOCK = 0x72657363
WORKER = "gateway-worker"
_WAITING = text(
    """
    SELECT queue_name, CAST(count(*) AS float8) / greatest(1, (
        SELECT count(*) FROM gateway.processes
        WHERE kind = :kind AND seen_at > now() - make_interval(secs => :seconds)))
    FROM gateway.procrastinate_jobs
    WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now()) GROUP BY queue_name
    """
)
_log = get_logger(__name__)


class Workers:
    """One worker for each queue, so that no kind of job waits for another; `concurrency` by queue."""

    def __init__(
        self, app: App, engine: AsyncEngine, *, concurrency: Mapping[str, int], grace_s: float, metrics: ServiceMetrics
    ) -> None:
        """`grace_s`: how long running jobs may take to end when the process stops; then they are put back."""
        self._app, self._engine = app, engine
        self._waiting = metrics.gauge(
            "jobs_waiting", "Jobs that could be run now: this worker's share, so that all workers' add up.", ("queue",)
        )
        self._rescued = metrics.counter("jobs_rescued_total", "Jobs taken back from dead workers.")
        self._concurrency, self._grace_s = concurrency, grace_s
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = False
        self.running: dict[str, bool] = dict.fromkeys(concurrency, False)

    def start(self) -> None:
        self._tasks = [asyncio.create_task(self._keep(queue), name=f"worker-{queue}") for queue in self._concurrency]
        self._tasks.append(asyncio.create_task(self._rescue_for_ever(), name="rescue"))

    async def stop(self) -> None:
        """Fetches nothing more; running jobs end, or are put back."""
        self._stopping = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(ConnectorException):
            await self._app.close_async()

    async def waiting(self) -> dict[str, float]:
        """Jobs that could be run now, by queue: this worker's share of them.

        An autoscaler takes the average over the workers: were each to say the whole number, it would never be enough.
        """
        async with store_errors(), self._engine.connect() as connection:
            rows = await connection.execute(_WAITING, {"kind": WORKER, "seconds": STALLED_S})
            found = {row[0]: row[1] for row in rows}
        return {queue: found.get(queue, 0.0) for queue in self._concurrency}

    async def forget(self) -> None:
        """Deletes jobs that ended in vain long ago; what succeeded goes at once."""
        await self._app.job_manager.delete_old_jobs(
            nb_hours=FORGOTTEN_H, include_failed=True, include_cancelled=True, include_aborted=True
        )

    async def _keep(self, queue: str) -> None:
        while not self._stopping:
            try:
                await self._app.open_async()
                self.running[queue] = True
                await self._app.run_worker_async(
                    queues=[queue],
                    name=queue,
                    concurrency=self._concurrency[queue],
                    fetch_job_polling_interval=POLL_S,
                    shutdown_graceful_timeout=self._grace_s,
                    update_heartbeat_interval=HEARTBEAT_S,
                    stalled_worker_timeout=STALLED_S,
                    delete_jobs="successful",
                    install_signal_handlers=False,
                )
            except (ConnectorException, PoolTimeout) as error:
                _log.warning("worker_restarts", queue=queue, reason=type(error).__name__)
            except Exception as error:  # noqa: BLE001 - an outermost loop: the worker is started again
                _log.error("worker_failed", queue=queue, exc_info=error)
            finally:
                self.running[queue] = False
            await asyncio.sleep(_RESTART_S)

    async def _rescue_for_ever(self) -> None:
        while True:
            await asyncio.sleep(RESCUE_S)
            try:
                await self.rescue()
                for queue, count in (await self.waiting()).items():
                    self._waiting.labels(queue).set(count)
            except (ConnectorException, PoolTimeout, StoreUnavailable) as error:
                _log.warning("rescue_skipped", reason=type(error).__name__)
            except Exception as error:  # noqa: BLE001 - an outermost loop: the next round may succeed
                _log.error("rescue_failed", exc_info=error)

    async def rescue(self) -> int:
        """Puts the jobs of dead workers back into their queues; one process at a time does."""
        async with store_errors(), self._engine.begin() as connection:
            if not await connection.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": _RESCUE_LOCK}):
                return 0
            stalled = list(await self._app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_S))
            for job in stalled:
                await self._put_back(job)
        return len(stalled)

    async def _put_back(self, job: Job) -> None:
        _log.warning("job_rescued", job_id=job.id, task=job.task_name, queue=job.queue)
        await self._app.job_manager.retry_job(job)
        self._rescued.inc()
