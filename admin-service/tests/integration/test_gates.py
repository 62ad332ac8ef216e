"""What may go into production, who overruled it, and the way back."""

import copy
from typing import Any

import pytest
from app.core.context import Context

from tests.conftest import Api
from tests.integration.test_evaluations import PATH, FakeGateway, Worker, record_of

LABEL = "/api/admin/templates/xframe5/spec/labels/production"
TEMPLATE = {"framework": "xframe5", "task": "spec", "content": "worse"}


@pytest.fixture
def gateway(context: Context) -> FakeGateway:
    fake = FakeGateway()
    context.__dict__["gateway"] = fake
    return fake


async def evaluated(operator: Api, service: Api, variants: list[dict[str, Any]], worse: Any) -> str:
    """An evaluation of 24 cases in which those items are worse that `worse` names."""
    started = (await operator.post(PATH, {"variants": variants, "limit": 24})).json()
    worker = Worker(service, started["id"])
    await worker.begin()
    while items := await worker.next(limit=64):
        for item in items:
            record = record_of("list_popup")
            if worse(item):
                record = copy.deepcopy(record)
                record["diagnostics"] = [{"severity": "error"}]
            await worker.give(item, record)
    return str(started["id"])


async def test_a_template_made_worse_is_refused_and_a_better_one_passes(
    operator: Api, admin: Api, service: Api, gateway: FakeGateway
) -> None:  # R1.19
    await operator.post("/api/admin/templates", TEMPLATE)
    await operator.post("/api/admin/templates/xframe5/spec/versions", {"content": "better", "base_version": 1})
    unknown = await operator("PUT", LABEL, {"version": 2})
    assert unknown.json()["verdict"]["reason"] == "no_evaluation"
    pins = [{"engine": "builtin", "templates": {"xframe5/spec": version}} for version in (0, 1, 2)]
    bad = "worse"
    evaluation = await evaluated(operator, service, pins, lambda item: item["templates"][0]["content"] == bad)
    refused = await operator("PUT", LABEL, {"version": 1})
    assert (refused.status_code, refused.json()["code"]) == (409, "gate_refused")
    verdict = refused.json()["verdict"]
    assert (verdict["reason"], verdict["evaluation_id"], verdict["difference"]["mean"]) == ("worse", evaluation, -25.0)
    assert (await operator("PUT", LABEL, {"version": 2})).json()["labels"] == {"production": 2}
    overruled = await operator("PUT", LABEL, {"version": 1, "overrule": "The customer insists."})
    assert overruled.json()["labels"] == {"production": 1}
    entries = (await admin.get("/api/admin/audit")).json()["items"]
    entry = next(item for item in entries if item["action"] == "gate.overrule")
    assert (entry["actor_id"], entry["after"]["reason"]) == ("operator-1", "The customer insists.")
    back = await operator.post("/api/admin/releases/template/xframe5/spec/rollback")
    assert (back.json()["value"], back.json()["before"]) == ("2", "1")
    assert (await operator.get("/api/admin/templates/xframe5/spec")).json()["labels"] == {"production": 2}
    kept = (await operator.get("/api/admin/releases?kind=template")).json()["items"]
    assert [(item["value"], item["overruled"]) for item in kept] == [
        ("2", ""), ("1", "The customer insists."), ("2", ""),
    ]  # fmt: skip


async def test_the_default_engine_has_to_be_as_good_as_the_one_before(
    operator: Api, service: Api, gateway: FakeGateway
) -> None:
    for name in ("one", "two"):
        body = {"id": name, "kind": "vllm", "base_url": "http://10.0.0.1:8000", "model": "coder-7b"}
        assert (await operator.post("/api/admin/engines", body)).status_code == 201
    path = "/api/admin/settings"
    assert (await operator.patch(path, {"default_engine": "one"})).status_code == 200, "only builtin was there"
    refused = await operator.patch(path, {"default_engine": "two"})
    assert refused.json()["code"] == "gate_refused"
    await evaluated(operator, service, [{"engine": "one"}, {"engine": "two"}], lambda _item: False)
    assert (await operator.patch(path, {"default_engine": "two"})).json()["default_engine"] == "two"
    assert (await operator.post("/api/admin/releases/engine/default/rollback")).status_code == 200
    assert (await operator.get(path)).json()["default_engine"] == "one"
    off = {"gates": {"enforced": False, "margin": 1.0, "min_cases": 5}}
    assert (await operator.patch(path, off)).json()["gates"] == off["gates"]
    assert (await operator.post("/api/admin/templates", {**TEMPLATE, "labels": ["production"]})).status_code == 201


async def test_a_pack_is_labelled_by_what_it_holds(operator: Api, service: Api, gateway: FakeGateway) -> None:
    path = "/api/admin/releases/pack/xframe5"
    first = await operator("PUT", path, {})
    assert first.json()["verdict"]["reason"] == "nothing_before"
    again = await operator("PUT", path, {})
    assert again.json()["verdict"]["reason"] == "rollback", "the same state as before"
    assert (await operator("PUT", "/api/admin/releases/pack/nothing", {})).status_code == 404
    assert (await operator.post(f"{path}/rollback")).json()["code"] == "pack_is_a_folder"
    assert (await operator.post("/api/admin/releases/engine/default/rollback")).status_code == 404
