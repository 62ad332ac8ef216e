"""The job that runs an evaluation: the cases through the pipeline, one after another, each told of when it is done.

admin-service says what is next. So a job that was broken off goes on at the first case that is not done.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Protocol, TypeVar

from chassis.errors import ServiceError, UpstreamFailed, UpstreamRejected, UpstreamTimedOut
from chassis.logging import get_logger

from ..core.clients.evaluations import EvaluationItem, EvaluationItems, EvaluationState, JudgeQuestion, Taken
from ..core.clients.llm import Chunk, StreamLimits
from ..db.tables import GenerationRow
from ..pipeline.draft import Order
from ..storage.identifiers import new_id
from ..storage.records import EVALUATION, Event, now
from .app import Attempt

AWAY_S = 600.0
"""admin-service may be away for so long; then the job is tried again later."""
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 15.0
_JUDGE_LIMITS = StreamLimits(first_byte_s=90.0, gap_s=45.0)
_JUDGE_S = 300.0
_SCORED = (
    "status", "spec", "data_model", "artifacts", "raw_answers", "fixes", "diagnostics", "usage", "timings",
    "degraded", "duration_ms", "warnings", "problem", "engine",
)  # fmt: skip
"""The members of a record that scores are made of, beside the templates of its prompts."""
_OVER = frozenset({"run_superseded", "evaluation_not_found", "not_found"})
_log = get_logger(__name__)
T = TypeVar("T")


class Evaluations(Protocol):
    """What is needed of admin-service."""

    async def begin(self, evaluation_id: str, runner: str) -> EvaluationState: ...

    async def next_items(self, evaluation_id: str, runner: str, limit: int) -> EvaluationItems: ...

    async def take(
        self, evaluation_id: str, number: int, runner: str, *, generation_id: str | None, record: dict[str, Any]
    ) -> Taken: ...

    async def take_judgement(self, evaluation_id: str, number: int, runner: str, text: str) -> None: ...


class Orders(Protocol):
    """What is needed of the generations' way in."""

    async def place(self, order: Order) -> Event: ...

    async def end_of(
        self, generation_id: str, *, user_id: str, created: Event | None = ...
    ) -> GenerationRow: ...  # fmt: skip


class Engines(Protocol):
    def chat(
        self, body: dict[str, Any], *, limits: StreamLimits, user_id: str, role: str
    ) -> AsyncIterator[Chunk]: ...  # fmt: skip


class EvaluationJob:
    def __init__(self, evaluations: Evaluations, orders: Orders, engines: Engines, *, away_s: float = AWAY_S) -> None:
        self._evaluations, self._orders, self._engines, self._away_s = evaluations, orders, engines, away_s

    async def run(self, job: Attempt, *, evaluation_id: str, user_id: str, role: str) -> None:
        """Ends when every case is done, or the evaluation is cancelled, deleted, or another run's.

        Raises:
            UpstreamFailed, UpstreamTimedOut: admin-service was away for too long.
        """
        runner = new_id()
        user = {"user_id": user_id, "role": role}
        try:
            state = await self._patient(lambda: self._evaluations.begin(evaluation_id, runner))
            _log.info("evaluation_run", evaluation_id=evaluation_id, attempt=job.number, status=state.status)
            while state.status == "running":
                more = await self._patient(
                    lambda: self._evaluations.next_items(evaluation_id, runner, state.concurrency)
                )  # fmt: skip
                if not more.items:
                    return
                await asyncio.gather(*(self._item(evaluation_id, runner, item, user) for item in more.items))
        except UpstreamRejected as error:
            if error.code not in _OVER:
                raise
            _log.info("evaluation_run_over", evaluation_id=evaluation_id, reason=error.code)

    async def _item(self, evaluation_id: str, runner: str, item: EvaluationItem, user: dict[str, str]) -> None:
        generation_id, record = await self._generated(item, user)
        taken = await self._patient(
            lambda: self._evaluations.take(
                evaluation_id, item.number, runner, generation_id=generation_id, record=record
            )
        )
        if taken.judge is not None:
            text = await self._judged(taken.judge, user)
            await self._patient(
                lambda: self._evaluations.take_judgement(evaluation_id, item.number, runner, text)
            )  # fmt: skip

    async def _generated(self, item: EvaluationItem, user: dict[str, str]) -> tuple[str | None, dict[str, Any]]:
        """The generation and what of its record is scored; a refusal is a record, too."""
        order = order_of(item, **user)
        try:
            created = await self._orders.place(order)
            row = await self._orders.end_of(order.id, user_id=order.user_id, created=created)
        except ServiceError as error:
            if error.status >= 500:
                raise
            return None, {"status": "failed", "problem": {"code": error.code, "detail": error.detail}}
        return row.id, {name: getattr(row, name) for name in _SCORED} | {"templates": templates_of(row)}

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

    async def _patient(self, call: Callable[[], Awaitable[T]]) -> T:
        """Asks again while admin-service is away."""
        loop = asyncio.get_running_loop()
        until, pause = loop.time() + self._away_s, _FIRST_PAUSE_S
        while True:
            try:
                return await call()
            except (UpstreamFailed, UpstreamTimedOut):
                if loop.time() + pause > until:
                    raise
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE_S)


def templates_of(row: GenerationRow) -> list[dict[str, Any]]:
    """Those that its prompts were made with, each once: what a version is judged by has to have used it."""
    used = [template for prompt in row.prompts or () for template in prompt.get("templates") or ()]
    return [template for place, template in enumerate(used) if template not in used[:place]]


def order_of(item: EvaluationItem, *, user_id: str, role: str) -> Order:
    """The order of a case; nobody can be asked back."""
    options = item.request.get("options") or {}
    return Order(
        id=new_id(),
        created_at=now(),
        prompt=item.prompt,
        user_id=user_id,
        role=role,
        mode=item.mode,
        mode_given=True,
        framework=item.framework,
        model=item.engine,
        channel=EVALUATION,
        artifacts=item.request.get("artifacts"),
        emission=dict(options),
        request=item.model_dump(include={"prompt", "framework", "mode", "request", "values"}),
        templates=item.templates,
        values=item.values,
    )
