"""The job that runs an evaluation: the cases through the pipeline, one after another, each told of when it is done.

admin-service says what is next. So a job that was broken off goes on at the first case that is not done.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from chassis.errors import ServiceError, UpstreamRejected
from chassis.logging import get_logger

from ..core.clients.evaluations import EvaluationItem, EvaluationItems, EvaluationState, JudgeQuestion, Taken
from ..core.clients.llm import Chunk, StreamLimits
from ..storage.identifiers import new_id
from .app import Attempt
from .evaluation_records import Generations, Orders, Record, Records
from .patience import Patience

AWAY_S = 600.0
"""admin-service, or the gateway's store, may be away for so long; then the job is tried again later."""
_JUDGE_LIMITS = StreamLimits(first_byte_s=90.0, gap_s=45.0)
_JUDGE_S = 300.0
_OVER = frozenset({"run_superseded", "evaluation_not_found", "not_found"})
_log = get_logger(__name__)


class Evaluations(Protocol):
    """What is needed of admin-service."""

    async def begin(self, evaluation_id: str, runner: str) -> EvaluationState: ...

    async def next_items(self, evaluation_id: str, runner: str, limit: int) -> EvaluationItems: ...

    async def take(
        self, evaluation_id: str, number: int, runner: str, *, generation_id: str | None, record: Record
    ) -> Taken: ...

    async def take_judgement(self, evaluation_id: str, number: int, runner: str, text: str) -> None: ...

    async def interrupt(self, evaluation_id: str, runner: str) -> None: ...


class Engines(Protocol):
    def chat(
        self, body: dict[str, Any], *, limits: StreamLimits, user_id: str, role: str
    ) -> AsyncIterator[Chunk]: ...  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of the job, by the id that admin-service knows it by, and for whom it generates."""

    evaluation_id: str
    runner: str
    user: dict[str, str]


class EvaluationJob:
    def __init__(
        self,
        evaluations: Evaluations,
        orders: Orders,
        generations: Generations,
        engines: Engines,
        *,
        away_s: float = AWAY_S,
    ) -> None:
        self._evaluations, self._engines, self._patience = evaluations, engines, Patience(away_s)
        self._records = Records(orders, generations, self._patience)

    async def run(self, job: Attempt, *, evaluation_id: str, user_id: str, role: str) -> None:
        """Ends when every case is done, or the evaluation is cancelled, deleted, or another run's.

        Raises:
            ServiceError: what it needs was away for too long. Of the last try, admin-service is told.
        """
        run = _Run(evaluation_id, new_id(), {"user_id": user_id, "role": role})
        try:
            await self._through(run, job)
        except Exception as error:
            if isinstance(error, UpstreamRejected) and error.code in _OVER:
                _log.info("evaluation_run_over", evaluation_id=evaluation_id, reason=error.code)
                return
            if job.last:
                await self._give_up(run, error)
            raise

    async def _through(self, run: _Run, job: Attempt) -> None:
        state = await self._patience(lambda: self._evaluations.begin(run.evaluation_id, run.runner))
        _log.info("evaluation_run", evaluation_id=run.evaluation_id, attempt=job.number, status=state.status)
        while state.status == "running":
            more = await self._patience(
                lambda: self._evaluations.next_items(run.evaluation_id, run.runner, state.concurrency)
            )  # fmt: skip
            if not more.items:
                return
            await self._together(run, more.items)

    async def _together(self, run: _Run, items: Sequence[EvaluationItem]) -> None:
        """Raises what the first of them failed with; the others are broken off."""
        try:
            async with asyncio.TaskGroup() as group:
                for item in items:
                    group.create_task(self._item(run, item))
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from failed

    async def _item(self, run: _Run, item: EvaluationItem) -> None:
        generation_id, record = item.generation_id, None
        if generation_id is None:
            generation_id, record = await self._records.made(item, **run.user)
        else:  # its judgement was lost with an earlier run
            record = await self._records.kept(generation_id)
        if record is None:
            _log.warning("judge_failed", evaluation_id=run.evaluation_id, reason="the generation was deleted")
            await self._tell_judgement(run, item.number, "")
            return
        question = await self._take(run, item.number, generation_id, record)
        if question is not None:
            await self._tell_judgement(run, item.number, await self._judged(question, run.user))

    async def _take(self, run: _Run, number: int, generation_id: str | None, record: Record) -> JudgeQuestion | None:
        taken = await self._patience(
            lambda: self._evaluations.take(
                run.evaluation_id, number, run.runner, generation_id=generation_id, record=record
            )
        )
        return taken.judge

    async def _tell_judgement(self, run: _Run, number: int, text: str) -> None:
        await self._patience(
            lambda: self._evaluations.take_judgement(run.evaluation_id, number, run.runner, text)
        )  # fmt: skip

    async def _judged(self, question: JudgeQuestion, user: dict[str, str]) -> str:
        """The judge's answer; empty where it gave none: then its mark is missing, and nothing else."""
        body = {"model": question.engine, "messages": question.messages, "stream": True, "temperature": 0}
        parts: list[str] = []
        try:
            async with asyncio.timeout(_JUDGE_S):
                parts.extend([chunk.text async for chunk in self._engines.chat(body, limits=_JUDGE_LIMITS, **user)])
        except (ServiceError, TimeoutError) as error:
            _log.warning("judge_failed", engine=question.engine, reason=str(error))
            return ""
        return "".join(parts)

    async def _give_up(self, run: _Run, error: Exception) -> None:
        """Nobody need wait for the evaluation any longer; a person resumes it."""
        _log.error("evaluation_given_up", evaluation_id=run.evaluation_id, reason=str(error))
        try:
            await self._patience(lambda: self._evaluations.interrupt(run.evaluation_id, run.runner))
        except ServiceError as untold:
            _log.warning("evaluation_not_interrupted", evaluation_id=run.evaluation_id, reason=str(untold))
