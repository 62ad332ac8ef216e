"""The job that runs an evaluation: case by case, patient while admin-service is away, over when another run works."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from app.core.clients.evaluations import EvaluationItem, EvaluationItems, EvaluationState, JudgeQuestion, Taken
from app.core.clients.llm import Chunk, StreamLimits
from app.db.tables import GenerationRow
from app.jobs.app import Attempt
from app.jobs.evaluations import EvaluationJob
from app.pipeline.draft import Order
from app.runs.rows import CALLER_BOUND
from app.storage.records import Event, now

from chassis.errors import Unprocessable, UpstreamFailed, UpstreamRejected

FIRST = Attempt(1, last=False)
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


class FakeOrders:
    """Generations that are completed at once, or refused."""

    def __init__(self) -> None:
        self.placed: list[Order] = []
        self.error: Exception | None = None

    async def place(self, order: Order) -> Event:
        self.placed.append(order)
        if self.error:
            raise self.error
        return Event(1, "created", now(), {})

    async def end_of(self, generation_id: str, *, user_id: str, created: Event | None = None) -> GenerationRow:
        members: dict[str, Any] = {
            "id": generation_id,
            "user_id": user_id,
            "status": "completed",
            "spec": {"version": "1"},
            "engine": "coder",
            "prompts": [
                {"messages": [], "templates": [{"id": "xf/spec", "version": "2", "source": "admin"}]},
                {"messages": [], "templates": [{"id": "xf/spec", "version": "2", "source": "admin"}]},
                {"messages": [], "fallback": "bare"},
            ],
        }
        row: dict[str, Any] = {**dict.fromkeys(GenerationRow.model_fields), **members}
        return GenerationRow(**row)


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


async def test_every_case_goes_through_the_pipeline_with_its_templates() -> None:  # R1.19
    evaluations, orders = FakeEvaluations(5), FakeOrders()
    await EvaluationJob(evaluations, orders, FakeEngines()).run(FIRST, **RUN)
    assert sorted(evaluations.taken) == [1, 2, 3, 4, 5]
    assert evaluations.taken[1]["spec"] == {"version": "1"}
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
    await EvaluationJob(evaluations, orders, FakeEngines()).run(FIRST, **RUN)
    assert evaluations.taken[1]["problem"]["code"] == "invalid_model"
    orders.error, evaluations = UpstreamFailed("broken"), FakeEvaluations(1)
    with pytest.raises(UpstreamFailed):
        await EvaluationJob(evaluations, orders, FakeEngines()).run(FIRST, **RUN)
    assert evaluations.taken == {}


async def test_it_waits_while_admin_service_is_away_and_not_for_ever() -> None:
    evaluations = FakeEvaluations(1)
    evaluations.errors = [UpstreamFailed("away")]
    await EvaluationJob(evaluations, FakeOrders(), FakeEngines()).run(FIRST, **RUN)
    assert list(evaluations.taken) == [1]
    evaluations = FakeEvaluations(1)
    evaluations.errors = [UpstreamFailed("away")] * 3
    with pytest.raises(UpstreamFailed):
        await EvaluationJob(evaluations, FakeOrders(), FakeEngines(), away_s=0).run(FIRST, **RUN)


@pytest.mark.parametrize("code", ["run_superseded", "evaluation_not_found"])
async def test_it_is_over_where_another_run_works_or_the_evaluation_is_gone(code: str) -> None:
    evaluations, orders = FakeEvaluations(1), FakeOrders()
    evaluations.errors = [UpstreamRejected("admin-service", 409, {"code": code})]
    await EvaluationJob(evaluations, orders, FakeEngines()).run(FIRST, **RUN)
    assert orders.placed == []
    evaluations.errors = [UpstreamRejected("admin-service", 422, {"code": "invalid_fields"})]
    with pytest.raises(UpstreamRejected):
        await EvaluationJob(evaluations, orders, FakeEngines()).run(FIRST, **RUN)


async def test_the_judge_is_asked_and_may_fail() -> None:
    evaluations = FakeEvaluations(1)
    evaluations.judge = JudgeQuestion(engine="judge", messages=[])
    await EvaluationJob(evaluations, FakeOrders(), FakeEngines()).run(FIRST, **RUN)
    assert evaluations.judged == {1: '{"mark": 7}'}
    evaluations.open = FakeEvaluations(1).open
    await EvaluationJob(evaluations, FakeOrders(), FakeEngines(UpstreamFailed("away"))).run(FIRST, **RUN)
    assert evaluations.judged == {1: ""}
