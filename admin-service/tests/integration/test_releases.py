"""The record of releases, and the way back: one call, which may be repeated."""

import asyncio

import pytest
from app.core.context import Context

from tests.conftest import Api
from tests.integration.gates import LABEL, SETTINGS, evaluated, pins, with_engines, with_templates
from tests.integration.test_evaluations import FakeGateway

RELEASES = "/api/admin/releases?kind=template"
BACK = "/api/admin/releases/template/xframe5/spec/rollback"
ENGINE_BACK = "/api/admin/releases/engine/default/rollback"


@pytest.fixture
def gateway(context: Context) -> FakeGateway:
    fake = FakeGateway()
    context.__dict__["gateway"] = fake
    return fake


@pytest.fixture
async def released(operator: Api, service: Api, gateway: FakeGateway) -> None:
    """Version 2 by its evaluation, then version 1, which is worse, by overruling."""
    await with_engines(operator, "coder")
    await with_templates(operator)
    await evaluated(operator, service, pins(0, 1, 2))
    assert (await operator("PUT", LABEL, {"version": 2})).status_code == 200
    assert (await operator("PUT", LABEL, {"version": 1, "overrule": "The customer insists."})).status_code == 200


async def label(operator: Api) -> int | None:
    labels = (await operator.get("/api/admin/templates/xframe5/spec")).json()["labels"]
    return labels.get("production")  # type: ignore[no-any-return]


@pytest.mark.usefixtures("released")
async def test_a_rollback_that_is_repeated_changes_nothing_more(operator: Api) -> None:  # R1.19
    newest = (await operator.get(RELEASES)).json()["items"][0]
    back = await operator.post(BACK)
    assert (back.json()["value"], back.json()["before"], back.json()["undoes"]) == ("2", "1", newest["id"])
    assert await label(operator) == 2
    for again in (BACK, f"{BACK}?release={newest['id']}"):
        assert (await operator.post(again)).json()["id"] == back.json()["id"]
    assert await label(operator) == 2
    kept = (await operator.get(RELEASES)).json()["items"]
    assert [(item["value"], item["overruled"]) for item in kept] == [
        ("2", ""), ("1", "The customer insists."), ("2", ""),
    ]  # fmt: skip
    assert (await operator("PUT", LABEL, {"version": 1, "overrule": "Again."})).status_code == 200
    stale = await operator.post(f"{BACK}?release={kept[2]['id']}")
    assert (stale.status_code, stale.json()["code"]) == (409, "version_conflict"), "not what this call meant"
    late = await operator.post(f"{BACK}?release={newest['id']}")
    assert late.json()["id"] == back.json()["id"], "it was done long ago"
    assert await label(operator) == 1
    assert (await operator.post(BACK)).status_code == 200
    assert await label(operator) == 2


@pytest.mark.usefixtures("released")
async def test_of_two_calls_at_once_one_is_the_others_repetition(operator: Api) -> None:
    answers = await asyncio.gather(*(operator.post(BACK) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await label(operator) == 2


@pytest.mark.usefixtures("released")
async def test_what_was_overruled_once_has_no_free_pass(operator: Api) -> None:
    assert (await operator.post(BACK)).status_code == 200
    refused = await operator("PUT", LABEL, {"version": 1})
    assert refused.json()["verdict"]["reason"] == "worse"
    assert (await operator("PUT", LABEL, {"version": 1, "overrule": "Again."})).status_code == 200
    assert (await operator("PUT", LABEL, {"version": 2})).status_code == 200, "it was there by its own merit"


async def test_what_came_in_while_the_gate_was_off_has_none_either(
    operator: Api, service: Api, gateway: FakeGateway
) -> None:
    await with_engines(operator, "coder")
    await with_templates(operator)
    await evaluated(operator, service, pins(0, 1, 2))
    rules = {"margin": 2.0, "min_cases": 20}
    await operator.patch(SETTINGS, {"gates": {**rules, "enforced": False}})
    assert (await operator("PUT", LABEL, {"version": 1})).status_code == 200
    await operator.patch(SETTINGS, {"gates": {**rules, "enforced": True}})
    assert (await operator("PUT", LABEL, {"version": 2})).status_code == 200
    assert (await operator("PUT", LABEL, {"version": 1})).json()["verdict"]["reason"] == "worse"


@pytest.mark.usefixtures("released")
async def test_a_label_taken_away_is_a_release_with_a_way_back(operator: Api) -> None:
    assert (await operator("DELETE", LABEL)).status_code == 200
    newest = (await operator.get(RELEASES)).json()["items"][0]
    assert (newest["value"], newest["before"], newest["verdict"]["reason"]) == ("0", "1", "rollback")
    assert (await operator.post(BACK)).json()["value"] == "1"
    assert await label(operator) == 1


async def test_an_engine_comes_back_only_as_it_was(operator: Api, service: Api, gateway: FakeGateway) -> None:
    await with_engines(operator, "one", "two")
    await operator.patch(SETTINGS, {"default_engine": "one"})
    await operator.patch(SETTINGS, {"default_engine": "two", "overrule": "a test"})
    assert (await operator.patch("/api/admin/engines/one", {"model": "other"})).status_code == 200
    assert (await operator.post(ENGINE_BACK)).json()["code"] == "engine_changed"
    assert (await operator.patch("/api/admin/engines/one", {"model": "one-7b"})).status_code == 200
    back = (await operator.post(ENGINE_BACK)).json()
    assert (back["value"], back["before"]) == ("one", "two")
    assert (await operator.post(ENGINE_BACK)).json()["id"] == back["id"]
    assert (await operator.get(SETTINGS)).json()["default_engine"] == "one"
    await operator.patch("/api/admin/engines/one", {"model": "other", "overrule": "a test"})
    assert (await operator.post(ENGINE_BACK)).json()["code"] == "engine_changed", "its model is no release's"
