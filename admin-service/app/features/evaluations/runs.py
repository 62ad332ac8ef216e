"""An evaluation as the gateway's worker runs it: what is next, and what came of it."""

from collections.abc import Mapping
from typing import Any

from chassis.errors import Conflict

from ...core.clock import Clock
from ...db.database import Database
from ...db.evaluation_tables import Evaluation, EvaluationItem
from ...db.pinned import pinned
from ...db.serving import serving_now
from ...quality import judge
from ...quality.scoring import Prices, score
from . import repository
from .planning import restored

_BEGUN = frozenset({"queued", "running", "interrupted"})
"""What a run of the job works on; anything else has ended for good, or was stopped."""
_NO_RECORD: Mapping[str, Any] = {"status": "failed"}
_ENGINE_CHANGED: Mapping[str, Any] = {"status": "failed", "problem": {"code": "engine_changed"}}
"""Its engine serves something else than at the start: no figure of what the variant names."""


class Superseded(Conflict):
    """409: another run of the job works on the evaluation by now."""

    default_code = "run_superseded"


class RunService:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    async def begin(self, evaluation_id: str, runner: str) -> dict[str, Any]:
        """From now on this run's results count, and no earlier one's."""
        async with self._database.transaction() as session:
            evaluation = await repository.find(session, evaluation_id, lock=True)
            if evaluation.status in _BEGUN:
                evaluation.status, evaluation.runner, evaluation.ended_at = "running", runner, None
                evaluation.started_at = evaluation.started_at or self._clock()
            done, total = (await repository.progress(session, [evaluation_id])).get(evaluation_id, (0, 0))
        members = {"status": evaluation.status, "concurrency": evaluation.concurrency}
        return {**members, "done": done, "total": total}

    async def next_items(self, evaluation_id: str, runner: str, limit: int) -> dict[str, Any]:
        """The first items that are not done, those that lack a judgement alone at last; none ends the evaluation."""
        async with self._database.transaction() as session:
            evaluation = await self._held(session, evaluation_id, runner)
            if evaluation.status != "running":
                return {"status": evaluation.status, "items": []}
            found = await repository.open_items(session, evaluation_id, limit)
            found = found or await repository.unjudged_items(session, evaluation_id, limit)
            if not found:
                await repository.end(session, evaluation_id, "completed", self._clock())
                return {"status": "completed", "items": []}
            cases = {case["id"]: case for case in evaluation.cases}
            templates = {
                number: await pinned(session, evaluation.variants[number]["templates"])
                for number in {item.variant for item in found}
            }
        items = [_next(evaluation, item, cases[item.case_id], templates[item.variant]) for item in found]
        return {"status": "running", "items": items}

    async def take(
        self, evaluation_id: str, number: int, runner: str, *, generation_id: str | None, record: Mapping[str, Any]
    ) -> dict[str, Any] | None:
        """Scores a generation; gives what the judge is to be asked, until it has answered.

        A result that is there already stays.
        """
        async with self._database.transaction() as session:
            evaluation = await self._held(session, evaluation_id, runner)
            item = await repository.find_item(session, evaluation_id, number)
            document = next(case for case in evaluation.cases if case["id"] == item.case_id)
            if item.measures is None:
                case = restored(document, evaluation.framework)
                variant = evaluation.variants[item.variant]
                if variant.get("serving") and variant["serving"] != await serving_now(session, variant["engine"]):
                    record = _ENGINE_CHANGED
                measures = score(case, record or _NO_RECORD, document["accepted_files"], _prices(variant))
                item.measures, item.generation_id, item.done_at = measures.document(), generation_id, self._clock()
            wanted = item.measures["own"] and item.judgement is None
        if evaluation.judge is None or not wanted:
            return None
        return {
            "engine": evaluation.judge["engine"],
            "messages": judge.messages(document["prompt"], judge.judged_part(record)),
        }

    async def take_judgement(self, evaluation_id: str, number: int, runner: str, text: str) -> None:
        found = judge.reading_of(text)
        async with self._database.transaction() as session:
            await self._held(session, evaluation_id, runner)
            item = await repository.find_item(session, evaluation_id, number)
            item.judgement = {"mark": found.mark, "reason": found.reason, "prompt_version": judge.PROMPT_VERSION}

    async def interrupt(self, evaluation_id: str, runner: str) -> None:
        """The job has given up; whoever resumes the evaluation goes on at the first item that is not done."""
        async with self._database.transaction() as session:
            await self._held(session, evaluation_id, runner)
            await repository.end(session, evaluation_id, "interrupted", self._clock())

    @staticmethod
    async def _held(session: Any, evaluation_id: str, runner: str) -> Evaluation:
        evaluation = await repository.find(session, evaluation_id)
        if evaluation.runner != runner:
            raise Superseded("Another run works on this evaluation.")
        return evaluation


def _next(
    evaluation: Evaluation, item: EvaluationItem, case: Mapping[str, Any], templates: list[dict[str, Any]]
) -> dict[str, Any]:
    chosen = evaluation.variants[item.variant]
    return {
        "number": item.number,
        "generation_id": item.generation_id if item.measures is not None else None,
        "prompt": case["prompt"],
        "framework": evaluation.framework,
        "engine": chosen["engine"],
        "mode": chosen["mode"],
        "templates": templates,
        "values": chosen.get("values") or {},
        "request": case["request"],
    }


def _prices(variant: Mapping[str, Any]) -> Prices:
    return Prices(
        input_per_million=variant["input_per_million"],
        output_per_million=variant["output_per_million"],
        gpu_hour=variant["gpu_hour"],
        gpus=variant["gpus"],
    )
