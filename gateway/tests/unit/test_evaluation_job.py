"""The job that runs an evaluation: case by case, patient while admin-service is away, over when another run works."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from app.core.clients.evaluations import EvaluationItem, EvaluationItems, EvaluationState, JudgeQuestion, Taken
from app.core.clients.llm import Chunk, StreamLimits
from app.db.tables import GenerationRow
from app.jobs.app import Attempt
from app.jobs.evaluations import EvaluationJob
from app.jobs.occupancy import Occupancy
from app.pipeline.draft import Order
from app.runs.rows import CALLER_BOUND
from app.storage.records import Event, StoreUnavailable, now

from chassis.errors import ServiceError, Unprocessable, UpstreamFailed, UpstreamRejected

FIRST, LAST = Attempt(1, last=False), Attempt(4, last=True)
AWAY = StoreUnavailable("The gateway's PostgreSQL can't be reached.")
PROMPTS = [
    {"messages": [], "templates": [{"id": "xf/spec", "version": "2", "source": "admin"}]},
    {"messages": [], "templates": [{"id": "xf/spec", "version": "2", "source": "admin"}]},
    {"messages": [], "fallback": "bare"},
]
RUN = {"evaluation_id": "e1", "user_id": "alice", "role": "operator"}


class FakeEvaluations:
    """admin-service with as many open items as told; `errors` come first."""

    def __init__(self, items: int) -> None:
        self.open = [
            EvaluationItem(
                number=number, prompt=f"screen {number}", framework="xf", engine="builtin", mode="spec",
                templates=[{"id": "xf/spec"}], request={"artifacts": ["server"]}, values={"examples": 0},
            )
            for number in range(1, items + 1)
        ]  # fmt: skip
        self.taken: dict[int, dict[str, Any]] = {}
        self.judged: dict[int, str] = {}
        self.errors: list[Exception] = []
        self.judge: JudgeQuestion | None = None
        self.interrupted = False

    def _fail(self) -> None:
        if self.errors:
            raise self.errors.pop(0)

    async def begin(self, evaluation_id: str, runner: str) -> EvaluationState:
        self._fail()
        return EvaluationState(status="running", concurrency=2)

    async def next_items(self, evaluation_id: str, runner: str, limit: int) -> EvaluationItems:
        self._fail()
        return EvaluationItems(status="running", items=self.open[:limit])

    async def take(
        self, evaluation_id: str, number: int, runner: str, *, generation_id: str | None, record: dict[str, Any]
    ) -> Taken:
        self._fail()
        self.open = [item for item in self.open if item.number != number]
        self.taken[number] = record
        return Taken(judge=self.judge)

    async def take_judgement(self, evaluation_id: str, number: int, runner: str, text: str) -> None:
        self.judged[number] = text
        self.open = [item for item in self.open if item.number != number]

    async def interrupt(self, evaluation_id: str, runner: str) -> None:
        self.interrupted = True


def row_of(generation_id: str, **members: Any) -> GenerationRow:
    row = {**dict.fromkeys(GenerationRow.model_fields), "id": generation_id, "status": "completed", **members}
    return GenerationRow(**row)


class FakeOrders:
    """Generations that are completed at once, or refused; `errors` come first, `ends` are how the first ones end."""

    def __init__(self) -> None:
        self.placed: list[Order] = []
        self.cancelled: list[str] = []
        self.error: Exception | None = None
        self.errors: list[Exception] = []
        self.end_errors: list[Exception] = []
        self.ends: list[dict[str, Any]] = []

    async def place(self, order: Order) -> Event:
        self.placed.append(order)
        if self.error or self.errors:
            raise self.error or self.errors.pop(0)
        return Event(1, "created", now(), {})

    async def end_of(self, generation_id: str, *, user_id: str, created: Event | None = None) -> GenerationRow:
        if self.end_errors:
            raise self.end_errors.pop(0)
        members = self.ends.pop(0) if self.ends else {"spec": {"version": "1"}, "engine": "coder", "prompts": PROMPTS}
        return row_of(generation_id, user_id=user_id, **members)

    async def cancel(self, generation_id: str) -> None:
        self.cancelled.append(generation_id)


class FakeGenerations:
    """The records by id."""

    def __init__(self, *rows: GenerationRow) -> None:
        self.rows = {row.id: row for row in rows}

    async def get(self, generation_id: str, *, user_id: str | None) -> GenerationRow | None:
        return self.rows.get(generation_id) if user_id is None else None


class FakeEngines:
    def __init__(self, error: Exception | None = None) -> None:
        self.error = error

    async def chat(
        self, body: dict[str, Any], *, limits: StreamLimits, user_id: str, role: str
    ) -> AsyncIterator[Chunk]:
        for part in ('{"mark":', " 7}"):
            if self.error:
                raise self.error
            yield Chunk(text=part)


def job(
    evaluations: FakeEvaluations,
    orders: FakeOrders | None = None,
    generations: FakeGenerations | None = None,
    engines: FakeEngines | None = None,
    away_s: float = 600.0,
) -> EvaluationJob:
    return EvaluationJob(
        evaluations, orders or FakeOrders(), generations or FakeGenerations(), engines or FakeEngines(), away_s=away_s
    )


async def test_every_case_goes_through_the_pipeline_with_its_templates() -> None:  # R1.19
    evaluations, orders = FakeEvaluations(5), FakeOrders()
    await job(evaluations, orders).run(FIRST, **RUN)
    assert sorted(evaluations.taken) == [1, 2, 3, 4, 5]
    assert evaluations.taken[1]["spec"] == {"version": "1"}
    assert 0 < evaluations.taken[1]["engine_share"] <= 1
    assert evaluations.taken[1]["engine"] == "coder", "who answered"
    assert evaluations.taken[1]["templates"] == [{"id": "xf/spec", "version": "2", "source": "admin"}]
    first = orders.placed[0]
    assert (first.channel, first.model, first.templates) == ("evaluation", "builtin", [{"id": "xf/spec"}])
    assert first.values == {"examples": 0}
    assert (first.user_id, first.interactive, first.artifacts) == ("alice", False, ["server"])
    assert first.channel in CALLER_BOUND, "a dead worker's generation ends: the case is generated anew"


async def test_a_refused_generation_is_a_result_and_a_failing_gateway_is_none() -> None:
    evaluations, orders = FakeEvaluations(1), FakeOrders()
    orders.error = Unprocessable("no such engine", code="invalid_model")
    await job(evaluations, orders).run(FIRST, **RUN)
    assert evaluations.taken[1]["problem"]["code"] == "invalid_model"
    orders.error, evaluations = ServiceError("broken"), FakeEvaluations(1)
    with pytest.raises(ServiceError):
        await job(evaluations, orders).run(FIRST, **RUN)
    assert evaluations.taken == {}


async def test_it_waits_while_admin_service_is_away_and_not_for_ever() -> None:
    evaluations = FakeEvaluations(1)
    evaluations.errors = [UpstreamFailed("away")]
    await job(evaluations).run(FIRST, **RUN)
    assert list(evaluations.taken) == [1]
    evaluations = FakeEvaluations(1)
    evaluations.errors = [UpstreamFailed("away")] * 3
    with pytest.raises(UpstreamFailed):
        await job(evaluations, away_s=0).run(FIRST, **RUN)


async def test_it_waits_for_admin_service_while_its_database_is_away() -> None:
    evaluations = FakeEvaluations(1)
    evaluations.errors = [UpstreamRejected("admin-service", 503, {"code": "database_unavailable"})]
    await job(evaluations).run(FIRST, **RUN)
    assert list(evaluations.taken) == [1]


async def test_it_waits_for_the_gateways_own_store() -> None:
    evaluations, orders = FakeEvaluations(1), FakeOrders()
    orders.errors, orders.end_errors = [AWAY], [AWAY]
    await job(evaluations, orders).run(FIRST, **RUN)
    assert evaluations.taken[1]["status"] == "completed"
    first, second = orders.placed
    assert first.id != second.id, "the first may be in the store all the same"
    assert orders.cancelled == []
    evaluations = FakeEvaluations(1)
    orders.end_errors = [AWAY]
    with pytest.raises(StoreUnavailable):
        await job(evaluations, orders, away_s=0).run(FIRST, **RUN)
    assert evaluations.taken == {}
    assert orders.cancelled == [orders.placed[-1].id], "nobody waits for it any more"


async def test_a_generation_that_its_process_left_is_no_failure_of_the_engine() -> None:
    evaluations, orders = FakeEvaluations(1), FakeOrders()
    left = {"status": "failed", "problem": {"code": "owner_lost"}}
    orders.ends = [left]
    await job(evaluations, orders).run(FIRST, **RUN)
    assert (len(orders.placed), evaluations.taken[1]["status"]) == (2, "completed")
    evaluations, orders.ends = FakeEvaluations(1), [left] * 3
    with pytest.raises(ServiceError, match="to its end"):
        await job(evaluations, orders).run(FIRST, **RUN)
    assert evaluations.taken == {}


async def test_the_last_try_says_that_it_gave_up() -> None:
    for attempt, told in ((FIRST, False), (LAST, True)):
        evaluations, orders = FakeEvaluations(1), FakeOrders()
        orders.error = ServiceError("broken")
        with pytest.raises(ServiceError, match="broken"):
            await job(evaluations, orders).run(attempt, **RUN)
        assert evaluations.interrupted is told


async def test_where_one_case_fails_the_others_are_broken_off() -> None:
    evaluations, orders = FakeEvaluations(2), OneIsSlow()
    with pytest.raises(ServiceError, match="broken"):
        await job(evaluations, orders).run(FIRST, **RUN)
    assert orders.placed[0].id in orders.cancelled
    assert evaluations.taken == {}


class OneIsSlow(FakeOrders):
    """The first generation does not end, the second one fails in our own hands."""

    async def end_of(self, generation_id: str, *, user_id: str, created: Event | None = None) -> GenerationRow:
        if generation_id == self.placed[0].id:
            await asyncio.Event().wait()
        raise ServiceError("broken")


@pytest.mark.parametrize("code", ["run_superseded", "evaluation_not_found"])
async def test_it_is_over_where_another_run_works_or_the_evaluation_is_gone(code: str) -> None:
    evaluations, orders = FakeEvaluations(1), FakeOrders()
    evaluations.errors = [UpstreamRejected("admin-service", 409, {"code": code})]
    await job(evaluations, orders).run(FIRST, **RUN)
    assert orders.placed == []
    evaluations.errors = [UpstreamRejected("admin-service", 422, {"code": "invalid_fields"})]
    with pytest.raises(UpstreamRejected):
        await job(evaluations, orders).run(FIRST, **RUN)


async def test_the_judge_is_asked_and_may_fail() -> None:
    evaluations = FakeEvaluations(1)
    evaluations.judge = JudgeQuestion(engine="judge", messages=[])
    await job(evaluations).run(FIRST, **RUN)
    assert evaluations.judged == {1: '{"mark": 7}'}
    evaluations.open = FakeEvaluations(1).open
    await job(evaluations, engines=FakeEngines(UpstreamFailed("away"))).run(FIRST, **RUN)
    assert evaluations.judged == {1: ""}


async def test_a_judgement_that_was_lost_is_asked_for_again_and_nothing_is_generated() -> None:
    evaluations, orders = FakeEvaluations(1), FakeOrders()
    evaluations.judge = JudgeQuestion(engine="judge", messages=[])
    evaluations.open[0].generation_id = "g1"
    kept = FakeGenerations(row_of("g1", user_id="bob", spec={"version": "7"}))
    await job(evaluations, orders, kept).run(FIRST, **RUN)
    assert orders.placed == []
    assert evaluations.taken[1]["spec"] == {"version": "7"}, "whoever resumes it, the record is the one scored"
    assert evaluations.judged == {1: '{"mark": 7}'}


async def test_the_judgement_of_a_deleted_generation_stays_missing() -> None:
    evaluations = FakeEvaluations(1)
    evaluations.judge = JudgeQuestion(engine="judge", messages=[])
    evaluations.open[0].generation_id = "gone"
    await job(evaluations).run(FIRST, **RUN)
    assert (evaluations.taken, evaluations.judged) == ({}, {1: ""})


def test_generations_at_once_share_their_engine_and_no_other() -> None:
    moment = [0.0]
    occupancy = Occupancy(lambda: moment[0])
    with occupancy.of("coder") as first, occupancy.of("other") as alone:
        with occupancy.of("coder") as second:
            moment[0] = 4.0
        moment[0] = 10.0
    assert (second.seconds, second.own_s, second.part) == (4.0, 2.0, 0.5)
    assert (first.seconds, first.own_s, first.part) == (10.0, 8.0, 0.8)
    assert (alone.seconds, alone.part) == (10.0, 1.0)
    assert first.own_s + second.own_s == 10.0, "as long as the engine was in use"
