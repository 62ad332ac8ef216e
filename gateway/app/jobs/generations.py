"""The job that runs a queued generation."""

from ..runs.executor import Executor
from ..runs.keeper import failed_end
from ..storage.generations import GenerationStore
from ..storage.orphans import OrphanStore
from .app import Attempt, Busy


class GenerationJob:
    """A generation that failed for a passing reason is queued again by its own run; this is about broken runs."""

    def __init__(self, *, executor: Executor, generations: GenerationStore, orphans: OrphanStore) -> None:
        self._executor, self._generations, self._orphans = executor, generations, orphans

    async def run(self, job: Attempt, *, generation_id: str, attempt: int) -> None:
        """`attempt` counts the tries of the generation, `job` the runs of this job.

        Raises:
            Busy: a live process has it.
        """
        if job.broken_too_often:
            await self._give_up(generation_id)
            return
        outcome = await self._executor.run_job(generation_id, attempt=attempt, first_try=job.number == 1)
        if outcome == "busy":
            raise Busy(generation_id)

    async def _give_up(self, generation_id: str) -> None:
        """Each process that ran it died: it is not given to another one."""
        row = await self._generations.get(generation_id, user_id=None)
        if row is not None and row.ended_at is None:
            await self._orphans.end(generation_id, failed_end(generation_id, row.prompt, {}))
