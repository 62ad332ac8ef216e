"""The service as its callers see it: its API document, its errors, its health."""

import time
from pathlib import Path

import httpx
import orjson
import pytest
from app.main import create_app

from chassis.testing import TEST_METRICS_TOKEN

from ..conftest import StartProxy, chat, events_of, make_settings
from ..unit.samples import block, fenced


def test_the_committed_api_document_is_that_of_the_code() -> None:  # R5.5
    committed = orjson.loads((Path(__file__).parents[2] / "openapi.json").read_bytes())
    assert create_app(make_settings()).openapi() == committed


def test_a_fresh_proxy_answers_with_the_builtin_engine(start_proxy: StartProxy) -> None:  # R1.7
    proxy = start_proxy()
    engines = proxy.get("/v1/engines").json()
    assert engines["default"] == "builtin"
    assert engines["engines"][0]["builtin"] is True
    answer = proxy.post("/v1/chat/completions", json=chat(fenced(block()))).json()
    assert answer["framewright"] == {"engine": "builtin", "model": "builtin", "degraded": False}
    assert "```json" in answer["choices"][0]["message"]["content"]
    events = events_of(proxy.post("/v1/chat/completions", json=chat(fenced(block()), stream=True)))
    assert len(events) > 5
    assert events[-1] == "[DONE]"
    text = proxy.post("/v1/completions", json={"prompt": "Hello"}).json()
    assert "No LLM engine" in text["choices"][0]["text"]


@pytest.mark.parametrize(
    ("path", "body", "status", "code", "param"),
    [
        ("/v1/chat/completions", {"messages": []}, 400, "invalid_fields", "messages"),
        (
            "/v1/chat/completions",
            {"messages": [{"role": "king", "content": "x"}]},
            400,
            "invalid_fields",
            "messages.0.role",
        ),
        ("/v1/chat/completions", chat(temperature=9), 400, "invalid_fields", "temperature"),
        (
            "/v1/chat/completions",
            chat(response_format={"type": "x"}),
            400,
            "invalid_response_format",
            "response_format.type",
        ),
        ("/v1/chat/completions", chat("```framewright-request\n{\n```"), 400, "malformed_request_block", "block"),
        ("/v1/completions", {}, 400, "invalid_fields", "prompt"),
        ("/v1/completions", {"prompt": "x", "model": "nope"}, 404, "model_not_found", None),
    ],
)
def test_a_callers_mistake_is_an_error_in_openais_shape(
    start_proxy: StartProxy, path: str, body: dict[str, object], status: int, code: str, param: str | None
) -> None:
    proxy = start_proxy()
    for stream in (False, True):
        answer = proxy.post(path, json={**body, "stream": stream})
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/json"
        error = answer.json()["error"]
        assert set(error) == {"message", "type", "param", "code"}
        assert (error["code"], error["param"]) == (code, param)
        assert error["message"]


def test_what_the_framework_and_the_guard_refuse_has_the_same_shape(start_proxy: StartProxy) -> None:
    proxy = start_proxy()
    json_type = {"content-type": "application/json"}
    broken = proxy.post("/v1/chat/completions", content=b"{bad", headers=json_type)
    assert (broken.status_code, broken.json()["error"]["code"]) == (400, "invalid_json")
    large = proxy.post("/v1/chat/completions", content=b"x" * 5_000_000, headers=json_type)
    assert (large.status_code, large.json()["error"]["type"]) == (413, "invalid_request_error")
    stranger = httpx.post(str(proxy.base_url).rstrip("/") + "/v1/chat/completions", json=chat(), trust_env=False)
    assert (stranger.status_code, stranger.json()["error"]["type"]) == (401, "authentication_error")
    assert stranger.headers["www-authenticate"] == "Bearer"
    assert proxy.get("/v1/chat/completions").json()["error"]["code"] == "method_not_allowed"
    assert proxy.get("/v1/models/none").json()["error"]["code"] == "model_not_found"
    elsewhere = httpx.get(str(proxy.base_url).rstrip("/") + "/v1/engines", trust_env=False)
    assert elsewhere.headers["content-type"] == "application/problem+json"


def test_health_metrics_and_readiness(start_proxy: StartProxy) -> None:
    proxy = start_proxy()
    proxy.post("/v1/chat/completions", json=chat())
    assert proxy.get("/readyz").status_code == 200
    health = proxy.get("/health").json()
    assert health["default_engine"] == "builtin"
    metrics = proxy.get("/metrics", headers={"Authorization": f"Bearer {TEST_METRICS_TOKEN}"}).text
    labels = 'engine="builtin",gen_ai_operation_name="chat",gen_ai_response_model="builtin"'
    for name in ("server_time_to_first_token_seconds", "server_time_per_output_token_seconds"):
        assert f"gen_ai_{name}_count{{{labels}}} 1.0" in metrics
    assert f'gen_ai_client_token_usage_count{{{labels},gen_ai_token_type="output"}} 1.0' in metrics
    assert 'gen_ai_server_request_duration_seconds_count{engine="builtin",error_type=""' in metrics
    assert 'framewright_llm_proxy_engine_ready{engine="builtin"} 1.0' in metrics


def test_the_application_is_made_within_a_second() -> None:  # R2.1
    started = time.perf_counter()
    create_app(make_settings())
    assert time.perf_counter() - started < 1
