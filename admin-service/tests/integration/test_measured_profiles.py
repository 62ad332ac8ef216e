"""Evaluations flow into the values of models: what was compared side by side is suggested, with its figures."""

import copy
from typing import Any

import pytest
from app.core.context import Context

from tests.conftest import Api
from tests.integration.test_engines_and_settings import VLLM
from tests.integration.test_evaluations import PATH, FakeGateway, Worker, record_of

MODEL = "my-model"


class FakeGatewayWithoutFigures(FakeGateway):
    async def figures(self, days: int, *, user_id: str, role: str) -> dict[str, Any]:
        return {"since": "2026-10-29T00:00:00Z", "records": 0, "models": [], "edit_formats": []}


@pytest.fixture
def gateway(context: Context) -> FakeGatewayWithoutFigures:
    fake = FakeGatewayWithoutFigures()
    context.__dict__["gateway"] = fake
    return fake


@pytest.fixture
async def engine(admin: Api, gateway: FakeGateway) -> None:
    assert (await admin.post("/api/admin/engines", VLLM | {"id": "own", "model": MODEL})).status_code == 201


async def profile(operator: Api) -> dict[str, Any]:
    items = (await operator.get("/api/admin/profiles")).json()["items"]
    found: dict[str, Any] = next(item for item in items if item["model"] == MODEL)
    return found


async def evaluated(
    operator: Api, service: Api, variants: list[dict[str, Any]], changes: dict[str, dict[str, Any]], cases: int = 24
) -> str:
    """`changes` of the record by the variant's value or mode."""
    started = await operator.post(PATH, {"variants": variants, "limit": cases, "name": "by hand"})
    assert started.status_code == 201, started.text
    worker = Worker(service, started.json()["id"])
    await worker.begin()
    while items := await worker.next(limit=64):
        for item in items:
            mark = str(next(iter(item["values"].values()), item["mode"]))
            await worker.give(item, copy.deepcopy(record_of("list_popup")) | changes.get(mark, {}))
    return str(started.json()["id"])


BROKEN = {"diagnostics": [{"severity": "error"}]}


@pytest.mark.usefixtures("engine")
async def test_the_better_value_is_suggested_with_the_evaluation_that_says_so(  # R1.19
    operator: Api, service: Api
) -> None:
    variants = [{"engine": "own", "values": {"examples": number}} for number in (0, 2)]
    variants.append({"engine": "own"})
    evaluation_id = await evaluated(operator, service, variants, {"0": BROKEN, "spec": BROKEN})
    names = [item["name"] for item in (await operator.get(f"{PATH}/{evaluation_id}")).json()["variants"]]
    assert names == ["own · examples 0", "own · examples 2", "own"]
    found = await profile(operator)
    suggested = {item["name"]: item for item in found["suggestions"]}
    assert suggested["examples"]["value"] == 2
    assert suggested["examples"]["evaluation_id"] == evaluation_id
    assert "+25.0 [25.0, 25.0]" in suggested["examples"]["reason"]["en"]
    assert "사례 24개" in suggested["examples"]["reason"]["ko"]
    assert found["evaluated"]["evaluation_id"] == evaluation_id
    assert found["evaluated"]["variant"] == "own"
    body = {"model": MODEL, "names": ["examples"]}
    taken = (await operator.post("/api/admin/profiles/suggestions", body)).json()
    value = next(item for item in taken["values"] if item["name"] == "examples")
    assert (value["value"], value["origin"]) == (2, "measured")
    assert "by hand" in value["reason"]["ko"]
    assert "examples" not in {item["name"] for item in taken["suggestions"]}
    assert (await service.get("/internal/profiles")).json()["profiles"] == {MODEL: {"examples": 2}}


@pytest.mark.usefixtures("engine")
async def test_modes_are_compared_too_and_few_cases_or_no_difference_suggest_nothing(
    operator: Api, service: Api
) -> None:
    modes = [{"engine": "own", "mode": mode} for mode in ("spec", "auto")]
    await evaluated(operator, service, modes, {"spec": BROKEN}, cases=10)
    assert (await profile(operator))["suggestions"] == []
    await evaluated(operator, service, modes, {})
    assert (await profile(operator))["suggestions"] == []
    await evaluated(operator, service, modes, {"spec": BROKEN})
    assert [(item["name"], item["value"]) for item in (await profile(operator))["suggestions"]] == [("mode", "auto")]


@pytest.mark.usefixtures("engine")
async def test_answers_that_had_to_be_asked_for_again_suggest_what_daily_use_would(operator: Api, service: Api) -> None:
    twice = {"raw_answers": [{}, {}], "fixes": [{"code": "x"}]}
    evaluation_id = await evaluated(operator, service, [{"engine": "own"}], {"spec": twice})
    found = await profile(operator)
    suggested = {item["name"]: item for item in found["suggestions"]}
    assert (suggested["mode"]["value"], suggested["repair_budget"]["value"]) == ("auto", 2)
    assert suggested["mode"]["reason"]["en"].startswith("Evaluation 'by hand': 100 % of the answers were unusable")
    assert suggested["mode"]["evaluation_id"] == evaluation_id
    assert (found["evaluated"]["cases"], found["evaluated"]["failed"]) == (24, 0)
    assert found["evaluated"]["unusable"]["count"] == 24
    foreign = {"degraded": True, "warnings": [{"code": "engine_answer_unusable"}]}
    await evaluated(operator, service, [{"engine": "own"}], {"spec": foreign})
    assert (await profile(operator))["evaluated"]["failed"] == 24


@pytest.mark.usefixtures("engine")
async def test_an_engines_figures_stay_with_the_model_that_it_served(
    operator: Api, admin: Api, service: Api
) -> None:  # R1.18
    variants = [{"engine": "own", "values": {"examples": number}} for number in (0, 2)]
    variants.append({"engine": "own"})
    await evaluated(operator, service, variants, {"0": BROKEN, "spec": BROKEN})
    assert (await admin.patch("/api/admin/engines/own", {"model": "next-model"})).status_code == 200
    items = {item["model"]: item for item in (await operator.get("/api/admin/profiles")).json()["items"]}
    assert (items["next-model"]["suggestions"], items["next-model"]["evaluated"]) == ([], None)
    assert (await admin.post("/api/admin/engines", VLLM | {"id": "again", "model": MODEL})).status_code == 201
    found = await profile(operator)
    assert [item["name"] for item in found["suggestions"]] == ["examples"], "whatever engine serves it by now"


async def test_values_out_of_bounds_are_refused(operator: Api, gateway: FakeGateway) -> None:
    body = {"variants": [{"engine": "builtin", "values": {"examples": 9}}]}
    assert (await operator.post(PATH, body)).status_code == 422
