"""Evaluations as people see them: started, watched, cancelled, compared."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from chassis.errors import Conflict, NotFound, ServiceError, UpstreamFailed, UpstreamTimedOut
from chassis.logging import get_logger

from ...core.clock import Clock
from ...core.errors import invalid_field
from ...core.ids import new_id
from ...db.audit import Actor, record
from ...db.database import Database
from ...db.evaluation_tables import Evaluation
from ...db.mesh_settings import prices_of, read_document
from ...db.pages import Page, PageRequest, fetch_page
from ...db.pinned import pinned
from ...db.serving import serving_now
from ...quality.comparison import by_case, compare, figure_of
from ...quality.golden import Pack, UnreadableCases, read_cases
from ...quality.scoring import SCORING_VERSION
from . import repository
from .planning import MOST_ITEMS, chosen_cases, document_of, find_pack, items_of, named_variants, priced

_log = get_logger(__name__)
_OPEN = frozenset({"queued", "running"})


class Runners(Protocol):
    """What is needed of the gateway: a job that works on an evaluation."""

    async def run_evaluation(
        self, evaluation_id: str, models: Sequence[str], *, user_id: str, role: str
    ) -> None: ...  # fmt: skip


class EvaluationService:
    def __init__(
        self,
        database: Database,
        clock: Clock,
        runners: Callable[[], Runners],
        packs: Callable[[], Mapping[str, Pack]],
        framework: Callable[[], str],
    ) -> None:
        self._database, self._clock, self._runners = database, clock, runners
        self._packs, self._framework = packs, framework

    async def start(self, actor: Actor, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """Makes the evaluation and has the gateway's worker run it; while that is away, it is there to be resumed.

        Raises:
            Unprocessable: a case, pack, engine or template that nobody knows.
        """
        prices = prices_of(await read_document(self._database))
        evaluation, items = self._planned(actor, wanted, prices)
        async with self._database.transaction() as session:
            for variant in evaluation.variants:
                await self._check_templates(session, variant)
                variant["serving"] = await serving_now(session, variant["engine"])
            session.add(evaluation)
            await repository.add_items(session, evaluation.id, items)
            about = {"name": evaluation.name, "variants": [variant["name"] for variant in evaluation.variants]}
            record(session, actor, "evaluation.start", ("evaluation", evaluation.id), after=about)
        try:
            await self._queue(actor, evaluation)
        except ServiceError as error:
            if error.status < 500:
                await self._forget(evaluation.id)
            raise
        return await self.get(evaluation.id)

    async def resume(self, actor: Actor, evaluation_id: str) -> dict[str, Any]:
        """Queues it again: it goes on at the first case that is not done. A run that still works on it stops."""
        async with self._database.transaction() as session:
            evaluation = await repository.find(session, evaluation_id, lock=True)
            done, total = (await repository.progress(session, [evaluation_id])).get(evaluation_id, (0, 0))
            if done == total:
                raise Conflict("Every case is done.", code="evaluation_completed")
            evaluation.status, evaluation.ended_at = "queued", None
            record(session, actor, "evaluation.resume", ("evaluation", evaluation_id), after={"done": done})
        await self._queue(actor, evaluation)
        return await self.get(evaluation_id)

    async def cancel(self, actor: Actor, evaluation_id: str) -> dict[str, Any]:
        """What is under way is finished; nothing more is begun."""
        async with self._database.transaction() as session:
            await repository.find(session, evaluation_id, lock=True)
            await repository.end(session, evaluation_id, "cancelled", self._clock())
            record(session, actor, "evaluation.cancel", ("evaluation", evaluation_id))
        return await self.get(evaluation_id)

    async def delete(self, actor: Actor, evaluation_id: str) -> None:
        async with self._database.transaction() as session:
            evaluation = await repository.find(session, evaluation_id, lock=True)
            if evaluation.status in _OPEN:
                raise Conflict("It has not ended: cancel it first.", code="evaluation_open")
            record(session, actor, "evaluation.delete", ("evaluation", evaluation_id), before={"name": evaluation.name})
            await session.delete(evaluation)

    async def page(self, framework: str | None, page: PageRequest) -> dict[str, Any]:
        statement = select(Evaluation)
        if framework:
            statement = statement.where(col(Evaluation.framework) == framework)
        async with self._database.transaction() as session:
            found: Page[Evaluation] = await fetch_page(
                session, statement, key=col(Evaluation.id), key_of=lambda row: row.id, page=page
            )
            counts = await repository.progress(session, [row.id for row in found.items])
        lines = [_line(row, counts.get(row.id, (0, 0))) for row in found.items]
        return {"items": lines, "next_cursor": found.next_cursor}

    async def get(self, evaluation_id: str) -> dict[str, Any]:
        """The evaluation with the comparison of what is done."""
        async with self._database.transaction() as session:
            row = await repository.find(session, evaluation_id)
            counts = await repository.progress(session, [evaluation_id])
            results = await repository.results(session, evaluation_id)
        return {
            **_line(row, counts.get(row.id, (0, 0))),
            "pack": row.pack,
            "scoring_version": row.scoring_version,
            "judge": row.judge,
            "concurrency": row.concurrency,
            "case_ids": [case["id"] for case in row.cases],
            "comparison": compare(results, [variant["name"] for variant in row.variants], row.reference),
        }

    async def cases(self, evaluation_id: str) -> list[dict[str, Any]]:
        """Each case with the score of every variant."""
        async with self._database.transaction() as session:
            row = await repository.find(session, evaluation_id)
            results = await repository.results(session, evaluation_id)
        grouped = [by_case(results, number) for number in range(len(row.variants))]
        return [
            {**_brief(case), "scores": [figure_of(mine.get(case["id"], ()), "score") for mine in grouped]}
            for case in row.cases
        ]

    async def case(self, evaluation_id: str, case_id: str) -> dict[str, Any]:
        """One case, and what every variant made of it."""
        async with self._database.transaction() as session:
            row = await repository.find(session, evaluation_id)
            case = next((case for case in row.cases if case["id"] == case_id), None)
            if case is None:
                raise NotFound("The evaluation has no such case.", code="case_not_found")
            items = await repository.items_of_case(session, evaluation_id, case_id)
        return {"case": case, "items": items}

    async def results(self, evaluation_id: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """The variants, and every item that is done."""
        async with self._database.transaction() as session:
            row = await repository.find(session, evaluation_id)
            items = await repository.done_items(session, evaluation_id)
        return row.variants, [item.model_dump() for item in items]

    def golden(self, framework: str | None) -> dict[str, Any]:
        pack = find_pack(self._packs(), framework or self._framework())
        cases = [{**_brief(document_of(case, {})), "scores": []} for case in self._read(pack)]
        return {"framework": pack.name, "version": pack.version, "hash": pack.hash, "cases": cases}

    def _planned(
        self, actor: Actor, wanted: Mapping[str, Any], prices: Mapping[str, Mapping[str, float]]
    ) -> tuple[Evaluation, list[tuple[str, int, int]]]:
        pack = find_pack(self._packs(), wanted["framework"] or self._framework())
        variants = priced(named_variants(wanted["variants"]), prices)
        if wanted["reference"] >= len(variants):
            raise invalid_field("reference", "There is no such variant.", "unknown")
        try:
            cases = chosen_cases(pack, wanted)
        except UnreadableCases as error:
            raise invalid_field("framework", str(error)) from error
        items = items_of(cases, len(variants), wanted["repeats"])
        if len(items) > MOST_ITEMS:
            raise invalid_field("repeats", f"These are {len(items)} generations; {MOST_ITEMS} at most.", "too_many")
        now = self._clock()
        return Evaluation(
            id=new_id(), name=wanted["name"] or " / ".join(variant["name"] for variant in variants)[:200],
            framework=pack.name, status="queued", variants=variants, cases=cases, repeats=wanted["repeats"],
            reference=wanted["reference"], concurrency=wanted["concurrency"], judge=wanted["judge"],
            pack={"name": pack.name, "version": pack.version, "hash": pack.hash}, scoring_version=SCORING_VERSION,
            created_by=actor.user_id, created_at=now,
        ), items  # fmt: skip

    def _read(self, pack: Pack) -> Any:
        try:
            return read_cases(pack.folder)
        except UnreadableCases as error:
            raise invalid_field("framework", str(error)) from error

    async def _check_templates(self, session: AsyncSession, variant: Mapping[str, Any]) -> None:
        try:
            await pinned(session, variant["templates"])
        except NotFound as error:
            raise invalid_field("variants", error.detail, "unknown") from error

    async def _queue(self, actor: Actor, evaluation: Evaluation) -> None:
        models = sorted({str(variant["engine"]) for variant in evaluation.variants})
        try:
            await self._runners().run_evaluation(evaluation.id, models, user_id=actor.user_id, role=actor.role)
        except (UpstreamFailed, UpstreamTimedOut) as error:
            _log.warning("evaluation_not_queued", evaluation_id=evaluation.id, reason=error.detail)
            async with self._database.transaction() as session:
                await repository.end(session, evaluation.id, "interrupted", self._clock())

    async def _forget(self, evaluation_id: str) -> None:
        async with self._database.transaction() as session:
            await session.delete(await repository.find(session, evaluation_id))


def _line(row: Evaluation, counts: tuple[int, int]) -> dict[str, Any]:
    done, total = counts
    members = (
        "id", "name", "framework", "status", "variants", "repeats", "reference", "created_by", "created_at",
        "started_at", "ended_at",
    )  # fmt: skip
    return {**{name: getattr(row, name) for name in members}, "done": done, "total": total}


def _brief(case: Mapping[str, Any]) -> dict[str, Any]:
    return {name: case[name] for name in ("id", "language", "pattern", "prompt")}
