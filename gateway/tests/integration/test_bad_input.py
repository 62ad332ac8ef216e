"""Bad input gets an answer that says which field and why."""

from typing import Any

import httpx
import pytest

from ..conftest import FakeMesh, GatewayFactory
from ..fakes.admin import KEY
from ..samples import HITS
from .reading import STREAM, generate

GENERATIONS = "/api/v1/generations"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"prompt": ""}, "prompt"),
        ({"prompt": " \n"}, "prompt"),
        ({}, "prompt"),
        ({"prompt": "x" * 1_000_000}, "prompt"),
        ({"prompt": "a\x00b"}, "prompt"),
        ({"prompt": 7}, "prompt"),
        ({"prompt": "x", "framework": "nonesuch"}, "framework"),
        ({"prompt": "x", "mode": "fast"}, "mode"),
        ({"prompt": "x", "model": "gpt-9"}, "model"),
        ({"prompt": "x", "base_generation_id": "nope"}, "base_generation_id"),
        ({"prompt": "x", "options": {"speed": 9}}, "options.speed"),
        ({"prompt": "x", "surprise": 1}, "surprise"),
        ({"prompt": "바꿔줘"}, "base_generation_id"),
        ({"prompt": "x", "attachments": [{"name": "a", "content": "b" * 1_000_001}]}, "attachments.0.content"),
    ],
)
def test_a_wrong_field_is_a_422_that_names_it(client: httpx.Client, body: dict[str, Any], field: str) -> None:
    answer = client.post(GENERATIONS, json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [item["field"] for item in answer.json()["errors"]] == [field]
    assert "Traceback" not in answer.text


def test_an_unknown_framework_is_refused_before_a_stream_or_a_202(client: httpx.Client) -> None:
    body = {"prompt": "Task 화면", "framework": "nonesuch"}
    for headers in (STREAM, {"Prefer": "respond-async"}):
        answer = client.post(GENERATIONS, json=body, headers=headers)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "framework")
    assert generate(client, framework="demo")[-1]["type"] == "completed"


def test_invalid_json_is_a_400_and_a_huge_body_a_413(client: httpx.Client) -> None:
    headers = {"Content-Type": "application/json"}
    assert client.post(GENERATIONS, content=b"{", headers=headers).json()["code"] == "invalid_json"
    assert client.post(GENERATIONS, content=b"{", headers=headers).status_code == 400
    huge = b'{"prompt":"' + b"x" * 5_000_000 + b'"}'
    assert client.post(GENERATIONS, content=huge, headers=headers).status_code == 413
    surrogate = client.post(GENERATIONS, content=b'{"prompt":"\\ud800"}', headers=headers)
    assert surrogate.status_code == 400


@pytest.mark.parametrize("generation_id", ["nope", "%00", "0" * 36, "01890000-0000-7000-8000-000000000000"])
def test_an_unknown_generation_is_a_404(client: httpx.Client, generation_id: str) -> None:
    for method, path in (("GET", ""), ("GET", "/events"), ("DELETE", ""), ("GET", "/artifacts/x")):
        answer = client.request(method, f"{GENERATIONS}/{generation_id}{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "generation_not_found")


def test_without_postgres_the_gateway_is_unready_and_says_503(mesh: FakeMesh, start_gateway: GatewayFactory) -> None:
    url = start_gateway(database_url="postgresql://nobody:x@127.0.0.1:9/none")
    headers = {"Authorization": f"Bearer {KEY}"}
    assert httpx.get(f"{url}/readyz").status_code == 503
    for method, path in (("POST", GENERATIONS), ("GET", GENERATIONS)):
        answer = httpx.request(method, f"{url}{path}", json={"prompt": "x"}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (503, "store_unavailable")


def test_the_search_passes_to_the_knowledge_without_a_threshold(mesh: FakeMesh, client: httpx.Client) -> None:  # R1.3
    answer = client.post("/api/v1/search", json={"query": "그리드", "kind": "rule", "limit": 3})
    assert answer.json() == {"hits": HITS, "warnings": []}
    body = mesh.rag.bodies("/v1/search")[0]
    assert (body["kinds"], body["limit"], body["threshold"], body["model_class"]) == (["rule"], 3, None, None)
    assert client.post("/api/v1/search", json={"query": ""}).json()["errors"][0]["field"] == "query"
