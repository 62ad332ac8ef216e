"""Experiments: started, read by the gateway, judged, and ended in one call."""

from collections.abc import Callable, Mapping
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
from ...quality.distance import files_distance
from ...quality.significance import Arm, compare_arms
from ...quality.statistics import percentile

_LIKED = 4
"""A rating from here on is an acceptance, where no code was sent back."""
_PAGE = 200


class Outcomes(Protocol):
    """What is needed of the gateway."""

    async def experiment_outcomes(
        self, experiment_id: str, *, after: str, limit: int, user_id: str, role: str
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
                arms=list(wanted["arms"]), created_by=actor.user_id, created_at=self._clock(),
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
        rows = await self._read(actor, experiment_id)
        arms = [_counted(arm["name"], [row for row in rows if row["arm"] == arm["name"]]) for arm in experiment.arms]
        control = arms[0][0]
        outcomes = [
            {**shown, **(compare_arms(control, arm) if number else _NOT_COMPARED)}
            for number, (arm, shown) in enumerate(arms)
        ]
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

    async def _read(self, actor: Actor, experiment_id: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        while True:
            page = await self._outcomes().experiment_outcomes(
                experiment_id, after=rows[-1]["generation_id"] if rows else "", limit=_PAGE,
                user_id=actor.user_id, role=actor.role,
            )  # fmt: skip
            rows += page
            if len(page) < _PAGE:
                return rows


_NOT_COMPARED = {"accepted_p": None, "distance_p": None, "significant": False}


def _unknown() -> NotFound:
    return NotFound("There is no such experiment.", code="experiment_not_found")


def _counted(name: str, rows: list[dict[str, Any]]) -> tuple[Arm, dict[str, Any]]:
    distances = [distance for row in rows if (distance := _distance(row)) is not None]
    accepted = sum(_accepted(row.get("feedback") or {}) for row in rows)
    arm = Arm(name, len(rows), accepted, distances)
    times = [float(row["duration_ms"]) for row in rows if row.get("duration_ms") is not None]
    return arm, {
        "name": name,
        "generations": len(rows),
        "failed": sum(row["status"] != "completed" for row in rows),
        "degraded": sum(bool(row.get("degraded")) for row in rows),
        "accepted": accepted,
        "accepted_rate": arm.rate,
        "distance_mean": sum(distances) / len(distances) if distances else None,
        "duration_ms_p50": percentile(times, 50),
    }


def _accepted(feedback: Mapping[str, Any]) -> bool:
    return bool(feedback.get("accepted")) or (feedback.get("rating") or 0) >= _LIKED


def _distance(row: Mapping[str, Any]) -> float | None:
    """How far people edited what they accepted."""
    accepted = (row.get("feedback") or {}).get("accepted") or ()
    generated = {str(item["path"]): str(item.get("content") or "") for item in row.get("artifacts") or ()}
    return files_distance({str(item["path"]): str(item["content"]) for item in accepted}, generated)
