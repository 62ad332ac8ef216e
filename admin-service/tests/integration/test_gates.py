"""What may go into production by which evaluation, and who overruled it."""

import dataclasses
import shutil
from pathlib import Path
from typing import Any

import pytest
from app.core.context import Context
from app.quality.golden import Pack

from tests.conftest import Api
from tests.integration.gates import (
    BROKEN,
    CODER,
    LABEL,
    SETTINGS,
    TEMPLATE,
    evaluated,
    pins,
    with_engines,
    with_templates,
)
from tests.integration.test_evaluations import FakeGateway, Worker, record_of

PACK = "/api/admin/releases/pack/xframe5"
FAILED = {"degraded": True, "warnings": [{"code": "engine_failed"}], "engine": "builtin"}


@pytest.fixture
def gateway(context: Context) -> FakeGateway:
    fake = FakeGateway()
    context.__dict__["gateway"] = fake
    return fake


@pytest.fixture
def packs(context: Context) -> dict[str, Pack]:
    """The packs that are there, to be changed."""
    found = context.packs()
    context.__dict__["packs"] = lambda: found
    return found


async def refusal(operator: Api, version: int) -> str:
    """Why the version may not go into production."""
    answer = await operator("PUT", LABEL, {"version": version})
    assert answer.status_code == 409, answer.text
    return str(answer.json()["verdict"]["reason"])


async def test_a_template_made_worse_is_refused_and_a_better_one_passes(
    operator: Api, admin: Api, service: Api, gateway: FakeGateway
) -> None:  # R1.19
    await with_engines(operator, "coder")
    await with_templates(operator)
    assert await refusal(operator, 2) == "no_evaluation"
    evaluation = await evaluated(operator, service, pins(0, 1, 2))
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


async def test_failures_on_both_sides_are_no_evidence_and_hide_none(
    operator: Api, service: Api, gateway: FakeGateway
) -> None:
    await with_engines(operator, "coder")
    await with_templates(operator)
    await evaluated(operator, service, pins(0, 1), lambda _item: FAILED)
    assert await refusal(operator, 1) == "engine_failed"
    await evaluated(operator, service, pins(0, 1))
    assert await refusal(operator, 1) == "worse"
    await evaluated(operator, service, pins(0, 1), lambda _item: FAILED)
    assert await refusal(operator, 1) == "worse", "what was shown before"


@pytest.mark.parametrize(
    ("variants", "changes"),
    [
        (pins(0, 1, engine="builtin"), {}),
        (pins(0, 1, engine="default"), {"engine": "builtin"}),
        (pins(0, 1, mode="direct"), {}),
    ],
)
async def test_who_does_not_read_a_template_says_nothing_of_it(
    operator: Api, service: Api, gateway: FakeGateway, variants: list[dict[str, Any]], changes: dict[str, Any]
) -> None:
    await with_engines(operator, "coder")
    await with_templates(operator)
    await evaluated(operator, service, pins(0, 1, 2))
    await evaluated(operator, service, variants, lambda _item: changes)
    assert await refusal(operator, 1) == "worse", "of the evaluation before"
    await operator.post("/api/admin/templates/xframe5/spec/versions", {"content": "new", "base_version": 2})
    untried = [{**item, "templates": {"xframe5/spec": item["templates"]["xframe5/spec"] and 3}} for item in variants]
    await evaluated(operator, service, untried, lambda _item: changes)
    assert await refusal(operator, 3) == "not_exercised"


async def test_a_template_is_judged_beside_those_that_do_not_read_it(
    operator: Api, service: Api, gateway: FakeGateway
) -> None:
    await with_engines(operator, "coder")
    await with_templates(operator)
    await evaluated(operator, service, [*pins(0, 2, engine="builtin"), *pins(0, 2), *pins(0, 2, mode="direct")])
    assert (await operator("PUT", LABEL, {"version": 2})).status_code == 200


async def test_an_evaluation_of_another_pack_or_model_is_outdated(
    operator: Api, service: Api, gateway: FakeGateway, packs: dict[str, Pack]
) -> None:
    await with_engines(operator, "coder")
    await with_templates(operator)
    await evaluated(operator, service, pins(0, 2))
    present = packs["xframe5"]
    packs["xframe5"] = dataclasses.replace(present, hash="edited")
    assert await refusal(operator, 2) == "outdated"
    packs["xframe5"] = present
    assert (await operator.patch("/api/admin/engines/coder", {"model": "coder-14b"})).status_code == 200
    assert await refusal(operator, 2) == "outdated"
    await operator.patch("/api/admin/engines/coder", {"model": "coder-7b"})
    assert (await operator("PUT", LABEL, {"version": 2})).status_code == 200


async def test_the_default_engine_has_to_be_as_good_as_the_one_before(
    operator: Api, service: Api, gateway: FakeGateway
) -> None:
    await with_engines(operator, "one", "two")
    first = await operator.patch(SETTINGS, {"default_engine": "one"})
    assert first.status_code == 200, "only builtin was there"
    refused = await operator.patch(SETTINGS, {"default_engine": "two"})
    assert refused.json()["code"] == "gate_refused"
    await evaluated(operator, service, [{"engine": "one"}, {"engine": "two"}])
    assert (await operator.patch(SETTINGS, {"default_engine": "two"})).json()["default_engine"] == "two"
    assert (await operator.post("/api/admin/releases/engine/default/rollback")).status_code == 200
    assert (await operator.get(SETTINGS)).json()["default_engine"] == "one"
    off = {"gates": {"enforced": False, "margin": 1.0, "min_cases": 5}}
    assert (await operator.patch(SETTINGS, off)).json()["gates"] == off["gates"]
    assert (await operator.post("/api/admin/templates", {**TEMPLATE, "labels": ["production"]})).status_code == 201


async def test_the_built_in_engine_in_between_lets_no_engine_by(
    operator: Api, service: Api, gateway: FakeGateway
) -> None:
    await with_engines(operator, "one", "two")
    assert (await operator.patch(SETTINGS, {"default_engine": "one"})).status_code == 200
    assert (await operator.patch(SETTINGS, {"default_engine": "builtin"})).status_code == 200, "the way back is open"
    refused = await operator.patch(SETTINGS, {"default_engine": "two"})
    assert refused.json()["verdict"]["reason"] == "no_evaluation"
    both = [{"engine": "one"}, {"engine": "two"}]
    await evaluated(operator, service, both, lambda item: BROKEN if item["engine"] == "two" else {})
    refused = await operator.patch(SETTINGS, {"default_engine": "two"})
    assert refused.json()["verdict"]["reason"] == "worse"
    assert (await operator.patch(SETTINGS, {"default_engine": "one"})).status_code == 200, "it was there"


async def test_another_model_is_another_engine(operator: Api, service: Api, gateway: FakeGateway) -> None:
    await with_engines(operator, "one", "two")
    await operator.patch(SETTINGS, {"default_engine": "one"})
    await evaluated(operator, service, [{"engine": "one"}, {"engine": "two"}])
    two = "/api/admin/engines/two"
    assert (await operator.patch(two, {"model": "other-1b", "temperature": 0.5})).status_code == 200, "nobody uses it"
    refused = await operator.patch(SETTINGS, {"default_engine": "two"})
    assert refused.json()["verdict"]["reason"] == "no_evaluation", "another model was measured"
    assert (await operator.patch(two, {"model": "two-7b"})).status_code == 200
    assert (await operator.patch(SETTINGS, {"default_engine": "two"})).status_code == 200


async def test_the_default_engine_serves_another_model_only_by_the_gate(
    operator: Api, admin: Api, service: Api, gateway: FakeGateway
) -> None:
    await with_engines(operator, "one", "next")
    await operator.patch(SETTINGS, {"default_engine": "one"})
    one = "/api/admin/engines/one"
    assert (await operator.patch(one, {"temperature": 0.2, "model": "one-7b"})).status_code == 200, "the same model"
    for change in ({"model": "next-7b"}, {"base_url": "http://10.0.0.9:8000"}, {"kind": "openai"}):
        refused = await operator.patch(one, change)
        assert (refused.status_code, refused.json()["code"]) == (409, "gate_refused")
    assert (await operator.get(one)).json()["model"] == "one-7b"
    await evaluated(operator, service, [{"engine": "one"}, {"engine": "next"}])
    assert (await operator.patch(one, {"model": "next-7b"})).status_code == 200, "the same was measured elsewhere"
    assert (await operator.patch(one, {"model": "one-7b"})).status_code == 200, "it was there"
    moved = await operator.patch(one, {"base_url": "http://10.0.0.9:8000", "overrule": "The server moves."})
    assert moved.json()["base_url"] == "http://10.0.0.9:8000"
    entries = (await admin.get("/api/admin/audit")).json()["items"]
    assert next(item for item in entries if item["action"] == "gate.overrule")["after"]["value"] == "one"


async def test_results_of_a_model_that_came_in_between_are_none(
    operator: Api, service: Api, gateway: FakeGateway
) -> None:
    await with_engines(operator, "coder")
    started = (await operator.post("/api/admin/evaluations", {"variants": [{"engine": "coder"}], "limit": 2})).json()
    assert started["variants"][0]["serving"]["model"] == "coder-7b"
    assert CODER["base_url"] not in str(started), "it is shown and exported"
    worker = Worker(service, started["id"])
    await worker.begin()
    first, second = await worker.next(limit=2)
    await worker.give(first, record_of("list"))
    await operator.patch("/api/admin/engines/coder", {"model": "coder-14b"})
    await worker.give(second, record_of("list"))
    case = (await operator.get(f"/api/admin/evaluations/{started['id']}/cases/{started['case_ids'][1]}")).json()
    measures = case["items"][0]["measures"]
    assert (measures["own"], measures["score"], measures["problem"]) == (False, 0.0, "engine_changed")


async def test_a_pack_is_labelled_by_what_it_holds(operator: Api, service: Api, gateway: FakeGateway) -> None:
    first = await operator("PUT", PACK, {})
    assert first.json()["verdict"]["reason"] == "nothing_before"
    again = await operator("PUT", PACK, {})
    assert again.json()["verdict"]["reason"] == "rollback", "the same state as before"
    assert (await operator("PUT", "/api/admin/releases/pack/nothing", {})).status_code == 404
    assert (await operator.post(f"{PACK}/rollback")).json()["code"] == "pack_is_a_folder"
    assert (await operator.post("/api/admin/releases/engine/default/rollback")).status_code == 404


async def test_a_pack_that_expects_less_wins_nothing_by_that(
    operator: Api, service: Api, gateway: FakeGateway, packs: dict[str, Pack], tmp_path: Path
) -> None:
    await with_engines(operator, "coder")
    await operator("PUT", PACK, {})
    await evaluated(operator, service, [{"engine": "coder"}], lambda _item: BROKEN, limit=None)
    packs["xframe5"] = expecting_less(packs["xframe5"], tmp_path)
    await evaluated(operator, service, [{"engine": "coder"}], limit=None)
    refused = await operator("PUT", PACK, {})
    assert refused.json()["verdict"]["reason"] == "too_few_cases", "none of them is the same"


async def test_a_pack_is_judged_by_engines_that_read_it(
    operator: Api, service: Api, gateway: FakeGateway, packs: dict[str, Pack]
) -> None:
    await with_engines(operator, "coder")
    await operator.patch(SETTINGS, {"default_engine": "coder"})
    await operator("PUT", PACK, {})
    builtin, coder = {"engine": "builtin"}, {"engine": "coder"}
    await evaluated(operator, service, [builtin, coder])
    packs["xframe5"] = dataclasses.replace(packs["xframe5"], hash="edited")
    await evaluated(operator, service, [builtin])
    refused = await operator("PUT", PACK, {})
    assert refused.json()["verdict"]["reason"] == "not_exercised"
    assert (await operator.patch("/api/admin/engines/coder", {"model": "x", "overrule": "a test"})).status_code == 200
    await evaluated(operator, service, [coder])
    refused = await operator("PUT", PACK, {})
    assert refused.json()["verdict"]["reason"] == "not_exercised", "another model shows nothing of the pack"
    assert (await operator.patch("/api/admin/engines/coder", {"model": "coder-7b"})).status_code == 200
    await evaluated(operator, service, [coder])
    assert (await operator("PUT", PACK, {})).json()["verdict"]["reason"] == "not_worse"


def expecting_less(pack: Pack, folder: Path) -> Pack:
    """The pack with golden cases that expect neither entities nor fields."""
    weaker = folder / pack.name
    shutil.copytree(pack.folder, weaker)
    for file in (weaker / "golden").glob("*.yaml"):
        lines = file.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if not line.strip().startswith(("entities:", "fields:", "whole:"))]
        file.write_text("\n".join(kept), encoding="utf-8")
    return dataclasses.replace(pack, hash="weaker", folder=weaker)
