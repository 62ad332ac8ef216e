"""The service over HTTP: contract, errors, health."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from app.core.settings import Settings
from app.main import create_app

from chassis.testing import TEST_SECRET, running, service_headers
from tests.conftest import FRAMEWORK, NAMES, PACKS, fixture

OPENAPI = Path(__file__).parents[2] / "openapi.json"


def settings(**members: Any) -> Settings:
    return Settings(mode="local", log_level="error", service_secret=TEST_SECRET, packs_dir=PACKS, **members)


def test_the_committed_contract_is_the_services() -> None:  # R5.5
    assert json.loads(OPENAPI.read_text(encoding="utf-8")) == create_app(settings()).openapi()


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_becomes_a_spec_and_a_spec_becomes_files(client: httpx.Client, name: str) -> None:  # R1.10 R1.12
    answer = f"<think>…</think>\n```json\n{json.dumps(fixture(name), ensure_ascii=False)}\n```"
    analysed = client.post(
        "/v1/analyses", json={"answer": answer, "mode": "spec", "language": "ko", "framework": FRAMEWORK}
    )
    assert analysed.json()["status"] == "ok"
    made = client.post("/v1/artifacts", json={"spec": analysed.json()["spec"], "framework": FRAMEWORK, "files": None})
    assert made.status_code == 200
    body = made.json()
    assert {"spec", "artifacts", "fixes", "diagnostics", "warnings", "failing"} == body.keys()
    assert body["spec"]["screen_id"] == fixture(name)["screen_id"]
    assert "validate" in body["spec"]["actions"][0]
    assert {"path", "kind", "language", "sha256", "size", "content", "fixes", "diagnostics"} == body["artifacts"][
        0
    ].keys()


def test_a_spec_becomes_a_picture(client: httpx.Client) -> None:
    drawn = client.post("/v1/previews", json={"spec": fixture("task_list_popup"), "theme": "dark"})
    assert drawn.status_code == 200
    assert drawn.json()["html"].startswith("<!DOCTYPE html>")
    refused = client.post("/v1/previews", json={"spec": {"title": "x"}})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_spec")


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"spec": fixture("task_multi_save"), "framework": "nothing"}, 422, "framework"),
        ({"spec": fixture("task_multi_save")}, 422, "framework"),
        ({"spec": {"screen_id": "A"}, "framework": FRAMEWORK}, 422, "spec.title"),
        ({"spec": [], "framework": FRAMEWORK}, 422, "spec"),
        ({"spec": fixture("task_multi_save"), "framework": FRAMEWORK, "artifacts": ["sever"]}, 422, "artifacts.0"),
        ({"framework": FRAMEWORK}, 422, "spec"),
    ],
)
def test_what_is_wrong_with_a_request_is_named(client: httpx.Client, body: Any, status: int, field: str) -> None:
    response = client.post("/v1/artifacts", json=body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert field in [item["field"] for item in response.json()["errors"]]


def test_an_answer_that_is_too_long_is_refused(client: httpx.Client) -> None:
    response = client.post("/v1/analyses", json={"answer": "x" * 1_000_001, "framework": FRAMEWORK})
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, "answer")


def test_nobody_comes_in_without_a_token(client: httpx.Client) -> None:
    response = httpx.post(f"{client.base_url}/v1/analyses", json={"answer": "", "framework": FRAMEWORK})
    assert response.status_code == 401


def test_ready_with_the_names_of_its_packs(client: httpx.Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert FRAMEWORK in response.json()["dependencies"]["packs"]["state"]


def test_not_ready_without_packs(tmp_path: Path) -> None:
    bare = Settings(mode="local", log_level="error", service_secret=TEST_SECRET, packs_dir=tmp_path)
    with running(create_app(bare)) as url:
        assert httpx.get(f"{url}/readyz").status_code == 503


def test_more_packs_are_found_and_a_broken_one_harms_no_other(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "pack.yaml").write_text("name: [", encoding="utf-8")
    with running(create_app(settings(more_packs=str(tmp_path)))) as url:
        headers = service_headers("postprocess-service")
        spec = fixture("task_multi_save")
        good = httpx.post(f"{url}/v1/artifacts", json={"spec": spec, "framework": FRAMEWORK}, headers=headers)
        bad = httpx.post(f"{url}/v1/artifacts", json={"spec": spec, "framework": "broken"}, headers=headers)
    assert good.status_code == 200
    assert (bad.status_code, bad.json()["code"]) == (500, "broken_pack")
