"""Bad input gets the error that DESIGN names; nothing hangs, no stack trace leaves."""

import time
from collections.abc import Iterator

import httpx
import pytest

from support.api import GENERATIONS, Api
from support.mesh import Mesh


@pytest.fixture(autouse=True)
def nothing_hangs() -> Iterator[None]:
    started = time.monotonic()
    yield
    assert time.monotonic() - started < 10


def assert_problem(response: httpx.Response, status: int, *words: str) -> None:
    assert response.status_code == status, response.text
    assert response.headers["content-type"].startswith("application/problem+json")
    document = response.json()
    assert {"type", "title", "status", "detail", "code", "trace_id"} <= set(document)
    assert "Traceback" not in response.text
    assert 'File "' not in response.text
    assert all(word in response.text for word in words)


@pytest.mark.parametrize("prompt", ["", "   ", "\n\t"])
@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_an_empty_prompt_is_named(http: httpx.Client, prompt: str, accept: str):
    assert_problem(http.post(GENERATIONS, json={"prompt": prompt}, headers={"Accept": accept}), 422, "prompt")


def test_a_prompt_of_a_megabyte_is_refused(http: httpx.Client):
    assert_problem(http.post(GENERATIONS, json={"prompt": "x" * 1_000_000}), 422, "prompt")
    assert_problem(http.post(GENERATIONS, json={"prompt": "가" * 5_000_000}), 413)


@pytest.mark.parametrize("body", [b"{", b"", b"[]", b'"x"', b"\xff\xfe", b'{"prompt": 1}', b'{"prompt": null}', b"{}"])
def test_a_wrong_body_is_refused(http: httpx.Client, body: bytes):
    response = http.post(GENERATIONS, content=body, headers={"Content-Type": "application/json"})
    assert response.status_code in {400, 422}
    assert_problem(response, response.status_code)


def test_invalid_json_is_a_400(http: httpx.Client):
    headers = {"Content-Type": "application/json"}
    assert_problem(http.post(GENERATIONS, content=b'{"prompt": ', headers=headers), 400, "invalid_json")


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_an_unknown_framework_is_named(http: httpx.Client, accept: str):
    body = {"prompt": "Task 관리 화면 만들어줘", "framework": "nonesuch"}
    assert_problem(http.post(GENERATIONS, json=body, headers={"Accept": accept}), 422, "framework")


@pytest.mark.parametrize("key", ["", "x", "Bearer", "Bearer fwk_x_y", "Basic eDp5"])
@pytest.mark.parametrize("path", [GENERATIONS, "/api/v1/search", "/api/admin/users", "/internal/generations"])
def test_a_wrong_key_is_refused(mesh: Mesh, key: str, path: str):
    response = httpx.get(f"{mesh.url}{path}", headers={"Authorization": key} if key else {}, trust_env=False)
    assert_problem(response, 401)
    assert response.headers["www-authenticate"].startswith("Bearer")


def test_what_is_not_there_is_a_404(http: httpx.Client):
    for path in ("nonesuch", "01a1fcd7-4992-706c-8cda-0dfe1713b48c", "%00", "../../etc/passwd"):
        response = http.get(f"{GENERATIONS}/{path}")
        assert response.status_code in {404, 422}, response.text
        assert_problem(response, response.status_code)
    assert_problem(http.get("/api/v1/nonesuch"), 404)


def test_a_file_outside_the_artifacts_is_not_there(api: Api):
    generation_id = api.generate("Task 관리 화면 만들어줘")[0]["generation_id"]
    for path in ("%2e%2e%2fspec", "%2e%2e/%2e%2e/etc/passwd", "/etc/passwd", "nonesuch.xml"):
        assert api.http.get(f"{GENERATIONS}/{generation_id}/artifacts/{path}").status_code in {404, 422}


def test_no_other_service_answers_without_a_token(mesh: Mesh):
    for service in ("rag-service", "embedding-service", "llm-proxy", "intent-service", "postprocess-service"):
        base = f"http://127.0.0.1:{mesh.port(service)}"
        for path in ("/health", "/metrics", "/v1/models", "/v1/search"):
            assert httpx.get(f"{base}{path}", trust_env=False).status_code in {401, 403}, (service, path)
            wrong = {"Authorization": f"Bearer {mesh.key}"}
            assert httpx.get(f"{base}{path}", headers=wrong, trust_env=False).status_code in {401, 403}
        for path in ("/livez", "/readyz", "/docs", "/openapi.json"):
            assert httpx.get(f"{base}{path}", trust_env=False).status_code == 200, (service, path)
