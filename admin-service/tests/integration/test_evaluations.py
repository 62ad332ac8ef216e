"""Evaluations over the real database: started, run as the gateway's worker runs them, resumed, compared."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from app.core.context import Context

from chassis.errors import Unprocessable, UpstreamFailed
from tests.conftest import Api

EXAMPLES = Path(__file__).parents[3] / "libs" / "screenspec" / "examples"
PATH = "/api/admin/evaluations"
CASES = ["list-tasks-accepted-ko", "multi-task-ko", "popup-task-ko"]
TWO = {"variants": [{"engine": "builtin"}, {"engine": "other"}], "cases": CASES}


class FakeGateway:
    """Notes what it was asked to run; refuses or is away on demand."""

    def __init__(self) -> None:
        self.queued: list[tuple[str, list[str]]] = []
        self.error: Exception | None = None

    async def run_evaluation(self, evaluation_id: str, models: Sequence[str], *, user_id: str, role: str) -> None:
        if self.error:
            raise self.error
        self.queued.append((evaluation_id, list(models)))

    async def aclose(self) -> None: ...


@pytest.fixture
def gateway(context: Context) -> FakeGateway:
    fake = FakeGateway()
    context.__dict__["gateway"] = fake
    return fake


def record_of(spec_name: str | None) -> dict[str, Any]:
    """A generation's record with one of the example specs; without one, the engine failed."""
    if spec_name is None:
        return {"status": "completed", "degraded": True, "warnings": [{"code": "engine_failed"}]}
    spec = json.loads((EXAMPLES / f"{spec_name}.json").read_text(encoding="utf-8"))
    files = [{"path": "TaskList.xml", "content": "<x/>"}]
    return {
        "status": "completed", "degraded": False, "spec": spec, "artifacts": files, "raw_answers": [{}],
        "timings": {"engine": 100.0}, "duration_ms": 200.0, "usage": {"prompt_tokens": 1},
    }  # fmt: skip


class Worker:
    """Runs items as the gateway's job does: builtin answers with the right example, the other engine fails."""

    def __init__(self, service: Api, evaluation_id: str, runner: str = "run-1") -> None:
        self.service, self.path, self.runner = service, f"/internal/evaluations/{evaluation_id}", runner

    async def begin(self) -> dict[str, Any]:
        answer: dict[str, Any] = (await self.service.post(f"{self.path}/begin", {"runner": self.runner})).json()
        return answer

    async def next(self, limit: int = 1) -> list[dict[str, Any]]:
        answer = await self.service.post(f"{self.path}/next", {"runner": self.runner, "limit": limit})
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

    async def give(self, item: dict[str, Any], record: dict[str, Any] | None = None) -> Any:
        name = "multi_save" if "관리" in item["prompt"] else "list_popup" if "팝업" in item["prompt"] else "list"
        default = record_of(name if item["engine"] == "builtin" else None)
        body = {"runner": self.runner, "generation_id": f"g{item['number']}", "record": record or default}
        return await self.service.post(f"{self.path}/items/{item['number']}", body)

    async def run(self, most: int = 1000) -> int:
        done = 0
        while done < most and (items := await self.next()):
            assert (await self.give(items[0])).status_code == 200
            done += 1
        return done


async def test_an_evaluation_ranks_goes_on_after_a_crash_and_reports(  # R1.19
    operator: Api, service: Api, gateway: FakeGateway
) -> None:
    started = (await operator.post(PATH, TWO)).json()
    assert (started["status"], started["total"], started["done"]) == ("queued", 6, 0)
    assert gateway.queued == [(started["id"], ["builtin", "other"])]
    first = Worker(service, started["id"])
    assert (await first.begin())["status"] == "running"
    assert await first.run(most=2) == 2
    (lost,) = await first.next()
    second = Worker(service, started["id"], "run-2")
    assert (await second.begin())["done"] == 2
    assert (await second.next())[0] == lost, "the first case that is not done"
    late = await first.give(lost)
    assert (late.status_code, late.json()["code"]) == (409, "run_superseded")
    assert await second.run() == 4
    found = (await operator.get(f"{PATH}/{started['id']}")).json()
    assert (found["status"], found["done"]) == ("completed", 6)
    good, bad = found["comparison"]
    assert good["relative"]["mean"] == 100.0
    assert (bad["relative"]["mean"], bad["failed"]) == (0.0, 3)
    assert good["distance"]["mean"] < bad["distance"]["mean"] == 1.0
    await check_files(operator, started["id"])


async def check_files(operator: Api, evaluation_id: str) -> None:
    one = f"{PATH}/{evaluation_id}"
    case = (await operator.get(f"{one}/cases/{CASES[1]}")).json()
    assert [item["generation_id"] for item in case["items"]] == ["g3", "g4"]
    lines = (await operator.get(f"{one}/cases")).json()["items"]
    assert [line["scores"][1] for line in lines] == [0.0, 0.0, 0.0]
    for language, word in {"ko": "보정 후 유효", "en": "Valid after repair"}.items():
        page = (await operator.get(f"{one}/report?lang={language}")).text
        assert word in page
        assert "<script" not in page
        assert "http://" not in page.replace("http://www.w3.org", "")
    assert len((await operator.get(f"{one}/results.csv")).text.splitlines()) == 7
    assert len((await operator.get(f"{one}/comparison.csv")).text.splitlines()) == 3
    assert (await operator.get(f"{one}/cases/nothing")).status_code == 404


async def test_what_nobody_knows_is_refused_before_anything_is_kept(operator: Api, gateway: FakeGateway) -> None:
    one = {"engine": "builtin"}
    for body, field in (
        ({"variants": [one], "framework": "nothing"}, "framework"),
        ({"variants": [one], "cases": ["nothing"]}, "cases"),
        ({"variants": [one], "patterns": ["nothing"]}, "cases"),
        ({"variants": [one, one]}, "variants"),
        ({"variants": [one], "reference": 1}, "reference"),
        ({"variants": [{**one, "templates": {"xframe5/spec": 7}}]}, "variants"),
        ({"variants": [one], "own_cases": [{"id": "a", "prompt": "x", "fields": "odd"}]}, "own_cases"),
        ({"variants": [one], "own_cases": [{"id": "a", "prompt": "x"}] * 2}, "own_cases"),
    ):
        answer = await operator.post(PATH, body)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field), answer.text
    gateway.error = Unprocessable("There is no engine 'x'.", code="invalid_model")
    assert (await operator.post(PATH, {"variants": [one]})).status_code == 422
    assert (await operator.get(PATH)).json()["items"] == []


async def test_while_the_gateway_is_away_an_evaluation_is_there_to_be_resumed(
    operator: Api, service: Api, gateway: FakeGateway
) -> None:
    gateway.error = UpstreamFailed("gateway could not be reached.")
    started = (await operator.post(PATH, {"variants": [{"engine": "builtin"}], "limit": 3})).json()
    assert (started["status"], started["total"]) == ("interrupted", 3)
    gateway.error = None
    one = f"{PATH}/{started['id']}"
    assert (await operator.post(f"{one}/resume")).json()["status"] == "queued"
    worker = Worker(service, started["id"])
    await worker.begin()
    await worker.run(most=1)
    assert (await operator("DELETE", one)).json()["code"] == "evaluation_open"
    assert (await operator.post(f"{one}/cancel")).json()["status"] == "cancelled"
    assert await worker.next() == []
    assert (await operator.post(f"{one}/resume")).json()["done"] == 1
    await worker.begin()
    assert await worker.run() == 2
    assert (await operator.post(f"{one}/resume")).json()["code"] == "evaluation_completed"
    assert (await operator("DELETE", one)).status_code == 204
    assert (await operator.get(one)).status_code == 404


async def test_own_cases_templates_and_the_judge(operator: Api, service: Api, gateway: FakeGateway) -> None:
    template = {"framework": "xframe5", "task": "spec", "content": "Answer with JSON."}
    assert (await operator.post("/api/admin/templates", template)).status_code == 201
    own = {"id": "mine", "prompt": "Task 관리", "fields": "title:string", "accepted_files": {"TaskList.xml": "<x/>"}}
    pins = [{"engine": "builtin", "templates": {"xframe5/spec": version}} for version in (1, 0)]
    started = (await operator.post(PATH, {"variants": pins, "own_cases": [own], "judge": {"engine": "judge"}})).json()
    assert [variant["name"] for variant in started["variants"]] == [
        "builtin · xframe5/spec@1", "builtin · xframe5/spec@pack",
    ]  # fmt: skip
    worker = Worker(service, started["id"])
    await worker.begin()
    items = await worker.next(limit=5)
    assert [item["templates"][0]["content"] for item in items] == ["Answer with JSON.", None]
    taken = (await worker.give(items[0])).json()
    assert taken["judge"]["engine"] == "judge"
    answer = {"runner": worker.runner, "text": '{"mark": 8, "reason": "good"}'}
    assert (await service.post(f"{worker.path}/items/1/judgement", answer)).status_code == 204
    assert (await service.post(f"{worker.path}/items/9/judgement", answer)).status_code == 404
    assert (await worker.give(items[0])).json() == {"judge": None}, "what was taken stays"
    await worker.give(items[1], record_of(None))
    await worker.next()
    found = (await operator.get(f"{PATH}/{started['id']}")).json()
    assert found["comparison"][0]["judged"]["mean"] == 80.0
    assert found["comparison"][0]["distance"]["mean"] == 0.0


async def test_a_judgement_that_was_lost_is_made_up_for_without_generating_again(  # R1.19
    operator: Api, service: Api, gateway: FakeGateway
) -> None:
    body = {**TWO, "cases": CASES[:1], "judge": {"engine": "judge"}}
    started = (await operator.post(PATH, body)).json()
    first = Worker(service, started["id"])
    await first.begin()
    (good, bad) = await first.next(limit=2)
    asked = (await first.give(good)).json()["judge"]
    await first.give(bad)  # another engine answered: there is nothing to judge
    second = Worker(service, started["id"], "run-2")
    assert (await second.begin())["done"] == 1, "the worker died before the judge answered"
    assert (await operator.post(f"{PATH}/{started['id']}/resume")).status_code == 200
    await second.begin()
    (again,) = await second.next(limit=2)
    assert (again["number"], again["generation_id"]) == (good["number"], f"g{good['number']}")
    measures = await measures_of(operator, started["id"])
    assert (await second.give(again)).json()["judge"] == asked
    assert await measures_of(operator, started["id"]) == measures, "what was taken stays"
    answer = {"runner": second.runner, "text": '{"mark": 8, "reason": "good"}'}
    await service.post(f"{second.path}/items/{good['number']}/judgement", answer)
    assert await second.next() == []
    found = (await operator.get(f"{PATH}/{started['id']}")).json()
    assert (found["status"], found["done"], found["comparison"][0]["judged"]["mean"]) == ("completed", 2, 80.0)


async def measures_of(operator: Api, evaluation_id: str) -> list[Any]:
    case = (await operator.get(f"{PATH}/{evaluation_id}/cases/{CASES[0]}")).json()
    return [item["measures"] for item in case["items"]]


async def test_a_job_that_gives_up_says_so_and_the_evaluation_can_be_resumed(
    operator: Api, service: Api, gateway: FakeGateway
) -> None:
    started = (await operator.post(PATH, TWO)).json()
    worker = Worker(service, started["id"])
    await worker.begin()
    await worker.run(most=2)
    other = {"runner": "another run"}
    assert (await service.post(f"{worker.path}/interrupt", other)).json()["code"] == "run_superseded"
    assert (await service.post(f"{worker.path}/interrupt", {"runner": worker.runner})).status_code == 204
    one = f"{PATH}/{started['id']}"
    found = (await operator.get(one)).json()
    assert (found["status"], found["done"], found["ended_at"] is None) == ("interrupted", 2, False)
    assert await worker.next() == []
    assert (await operator.post(f"{one}/resume")).json()["status"] == "queued"
    assert (await worker.begin())["status"] == "running"
    assert await worker.run() == 4
    assert (await operator.get(one)).json()["status"] == "completed"


async def test_an_engine_costs_what_the_settings_say_unless_the_request_says_more(
    operator: Api, service: Api, gateway: FakeGateway
) -> None:  # R1.19
    price = {"gpu_hour": 3600.0, "prompt_million": 1_000_000.0, "completion_million": 0.0}
    assert (await operator.patch("/api/admin/settings", {"prices": {"coder": price}})).status_code == 200
    variants = [
        {"engine": "coder"},
        {"engine": "coder", "name": "two", "gpus": 2, "gpu_hour": 0},
        {"engine": "builtin"},
    ]
    started = (await operator.post(PATH, {"variants": variants, "cases": CASES, "concurrency": 4})).json()
    kept = [[variant[name] for name in ("gpus", "gpu_hour", "input_per_million")] for variant in started["variants"]]
    assert kept == [[1.0, 3600.0, 1_000_000.0], [2.0, 0.0, 1_000_000.0], [0.0, 0.0, 0.0]]
    worker = Worker(service, started["id"])
    await worker.begin()
    while items := await worker.next(limit=4):
        for item in items:
            await worker.give(item, {**record_of("list"), "engine_share": 0.25})
    coder, two, builtin = (await operator.get(f"{PATH}/{started['id']}")).json()["comparison"]
    assert coder["gpu_s_total"] == pytest.approx(3 * 0.1 * 0.25), "a quarter of 0.1 s: three others ran beside it"
    assert coder["cost_total"] == pytest.approx(3 * (1.0 + 0.1 * 0.25))
    assert (two["gpu_s_total"], two["cost_total"]) == (pytest.approx(0.15), 3.0)
    assert (builtin["gpu_s_total"], builtin["cost_total"]) == (0.0, 0.0)
    page = (await operator.get(f"{PATH}/{started['id']}/report")).text
    assert "(n = 3)" in page, "three cases have no interval"
    assert "[" not in page.split("<table>")[1].split("</table>")[0]


async def test_developers_see_no_evaluations_and_golden_cases_are_listed(developer: Api, operator: Api) -> None:
    assert (await developer.get(PATH)).status_code == 403
    golden = (await operator.get("/api/admin/golden")).json()
    assert golden["framework"] == "xframe5"
    assert len(golden["cases"]) >= 60
