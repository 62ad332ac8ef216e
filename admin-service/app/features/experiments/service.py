"""Experiments: started, read by the gateway, judged, and ended in one call."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from hashlib import sha256
from typing import Any, Protocol

from sqlmodel import col, select

from chassis.errors import Conflict, NotFound

from ...core.clock import Clock
from ...core.errors import invalid_field
from ...core.ids import new_id
from ...db.audit import Actor, record
from ...db.database import Database
from ...db.evaluation_tables import Experiment
from ...db.models import Engine
from ...db.pages import Page, PageRequest, fetch_page
from ...db.pinned import pinned
from .outcomes import frameworks_of, judged

_PAGE = 200


class Outcomes(Protocol):
    """What is needed of the gateway."""

    async def experiment_outcomes(
        self,
        experiment_id: str,
        *,
        sticky: str,
        frameworks: Collection[str],
        after: str,
        limit: int,
        user_id: str,
        role: str,
    ) -> list[dict[str, Any]]: ...


class ExperimentService:
    def __init__(self, database: Database, clock: Clock, outcomes: Callable[[], Outcomes]) -> None:
        self._database, self._clock, self._outcomes = database, clock, outcomes

    async def start(self, actor: Actor, wanted: Mapping[str, Any]) -> Experiment:
        """Raises Conflict where one runs already, Unprocessable for what nobody knows."""
        names = [arm["name"] for arm in wanted["arms"]]
        if len(set(names)) < len(names):
            raise invalid_field("arms", "Two arms have the same name.", "taken")
        async with self._database.transaction() as session:
            running = await session.exec(select(Experiment.id).where(col(Experiment.status) == "running"))
            if running.first() is not None:
                raise Conflict("Another experiment runs: end it first.", code="experiment_running")
            for arm in wanted["arms"]:
                if arm["engine"] and await session.get(Engine, arm["engine"]) is None:
                    raise invalid_field("arms", f"There is no engine {arm['engine']}.", "unknown")
                try:
                    await pinned(session, arm["templates"])
                except NotFound as error:
                    raise invalid_field("arms", error.detail, "unknown") from error
            experiment = Experiment(
                id=new_id(), name=wanted["name"] or " / ".join(names), status="running", sticky=wanted["sticky"],
                arms=list(wanted["arms"]), planned_units=wanted["planned_units"], created_by=actor.user_id,
                created_at=self._clock(),
            )  # fmt: skip
            session.add(experiment)
            record(session, actor, "experiment.start", ("experiment", experiment.id), after={"arms": experiment.arms})
        return experiment

    async def roll_back(self, actor: Actor, experiment_id: str) -> Experiment:
        """From the next poll on every generation goes to what is in production; nothing else changes."""
        async with self._database.transaction() as session:
            experiment = await session.get(Experiment, experiment_id, with_for_update=True)
            if experiment is None:
                raise _unknown()
            if experiment.status == "running":
                experiment.status, experiment.ended_at = "ended", self._clock()
                record(session, actor, "experiment.roll_back", ("experiment", experiment_id))
        return experiment

    async def page(self, page: PageRequest) -> Page[Experiment]:
        async with self._database.transaction() as session:
            return await fetch_page(
                session, select(Experiment), key=col(Experiment.id), key_of=lambda row: row.id, page=page
            )

    async def detail(self, actor: Actor, experiment_id: str) -> dict[str, Any]:
        """The experiment with what came of its arms so far."""
        async with self._database.transaction() as session:
            experiment = await session.get(Experiment, experiment_id)
        if experiment is None:
            raise _unknown()
        rows = await self._read(actor, experiment)
        outcomes = await asyncio.to_thread(judged, rows, experiment.arms, experiment.planned_units)
        return {**experiment.model_dump(), "outcomes": outcomes}

    async def published(self) -> tuple[str, dict[str, Any]]:
        """What the gateway polls: the experiment that runs, with its templates' contents, and its tag."""
        async with self._database.transaction() as session:
            found = (await session.exec(select(Experiment).where(col(Experiment.status) == "running"))).first()
            if found is None:
                return "none", {"experiment": None}
            arms = [{**arm, "templates": await pinned(session, arm["templates"])} for arm in found.arms]
        document = {"experiment": {"id": found.id, "sticky": found.sticky, "arms": arms}}
        return sha256(found.id.encode()).hexdigest()[:16], document

    async def _read(self, actor: Actor, experiment: Experiment) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        while True:
            page = await self._outcomes().experiment_outcomes(
                experiment.id, sticky=experiment.sticky, frameworks=frameworks_of(experiment.arms),
                after=rows[-1]["generation_id"] if rows else "", limit=_PAGE,
                user_id=actor.user_id, role=actor.role,
            )  # fmt: skip
            rows += page
            if len(page) < _PAGE:
                return rows


def _unknown() -> NotFound:
    return NotFound("There is no such experiment.", code="experiment_not_found")
