"""OpenAI's protocol: the pipeline as a model, and the engines passed on."""

import asyncio
import time

import httpx
import orjson
import pytest

from ..conftest import FakeMesh, SettingsFactory
from ..fakes.admin import KEY
from ..fakes.llm import Script
from .reading import STREAM
from .stopping import LONG, stopping_gateway

CHAT = "/v1/chat/completions"


def ask(prompt: str = "Task 관리 화면 만들어줘", **more: object) -> dict[str, object]:
    return {"model": "framewright", "messages": [{"role": "user", "content": prompt}], **more}


def data_lines(response: httpx.Response) -> list[str]:
    return [line.removeprefix("data: ") for line in response.iter_lines() if line.startswith("data: ")]


def test_the_models_are_the_pipeline_and_the_proxys(client: httpx.Client) -> None:
    models = client.get("/v1/models").json()
    assert [model["id"] for model in models["data"]] == ["framewright", "vllm"]
    for model in models["data"]:
        assert client.get(f"/v1/models/{model['id']}").json() == model
    unknown = client.get("/v1/models/meta/nope")
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (404, "model_not_found")


@pytest.mark.parametrize(
    ("method", "path", "content", "status", "type_"),
    [
        ("GET", "/v1/nope", b"", 404, "not_found_error"),
        ("DELETE", "/v1/models", b"", 405, "invalid_request_error"),
        ("POST", CHAT, b"x" * 5_000_000, 413, "invalid_request_error"),
    ],
)
def test_what_no_handler_sees_is_refused_in_openais_shape(
    client: httpx.Client, method: str, path: str, content: bytes, status: int, type_: str
) -> None:
    answer = client.request(method, path, content=content)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/json")
    assert (set(answer.json()), answer.json()["error"]["type"]) == ({"error"}, type_)


def test_the_pipeline_is_a_chat_completion(client: httpx.Client) -> None:
    answer = client.post(CHAT, json=ask()).json()
    message = answer["choices"][0]["message"]
    assert '**TaskList.xml**\n\n```xml\n<?xml version="1.0"' in message["content"]
    assert "[intent]" in message["reasoning_content"]
    assert answer["usage"]["total_tokens"] == 15
    assert answer["framewright"]["engine"] == "vllm"
    assert answer["id"].removeprefix("chatcmpl-") == answer["framewright"]["generation_id"]


def test_the_pipeline_streams_with_stages_as_reasoning(client: httpx.Client) -> None:
    with client.stream("POST", CHAT, json=ask(stream=True), headers=STREAM) as response:
        lines = data_lines(response)
    assert lines[-1] == "[DONE]"
    chunks = [orjson.loads(line) for line in lines[:-1]]
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks if chunk["choices"]]
    assert deltas[0]["role"] == "assistant"
    assert "[postprocess]" in "".join(delta.get("reasoning_content", "") for delta in deltas)
    assert "TaskList.xml" in "".join(delta.get("content", "") for delta in deltas)
    assert all(chunk["choices"] for chunk in chunks)
    assert chunks[-1]["choices"][0]["finish_reason"] == "stop"
    assert (chunks[-1]["framewright"]["engine"], chunks[-1]["framewright"]["degraded"]) == ("vllm", False)


def test_the_usage_of_a_stream_is_told_who_asks_for_it(client: httpx.Client) -> None:
    body = ask(stream=True, stream_options={"include_usage": True})
    lines = data_lines(client.post(CHAT, json=body, headers=STREAM))
    last = orjson.loads(lines[-2])
    assert (last["choices"], last["usage"]["prompt_tokens"]) == ([], 10)


@pytest.mark.parametrize("more", [{"n": 1}, {"stream": None}, {"tool_choice": "auto", "tools": []}, {"n": None}])
def test_what_changes_nothing_is_taken(client: httpx.Client, more: dict[str, object]) -> None:
    assert client.post(CHAT, json=ask() | more).status_code == 200


@pytest.mark.parametrize(
    "more",
    [{"n": 3}, {"tool_choice": "required"}, {"tool_choice": {"type": "function", "function": {"name": "x"}}}],
)
def test_what_the_pipeline_cannot_do_is_refused_by_name(client: httpx.Client, more: dict[str, object]) -> None:
    answer = client.post(CHAT, json=ask() | more)
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, next(iter(more)))
    assert client.post(CHAT, json={**ask(), **more, "model": "vllm"}).status_code == 200


@pytest.mark.parametrize("stream", [True, False])
async def test_a_gateway_that_stops_is_an_error_and_no_end(
    settings_with: SettingsFactory, mesh: FakeMesh, stream: bool
) -> None:  # R3.8
    mesh.llm.scripts = [LONG]
    headers = {"Authorization": f"Bearer {KEY}"}
    with stopping_gateway(settings_with(), settings_with(drain_s=0.5)) as gateways:
        async with httpx.AsyncClient(base_url=gateways.url, headers=headers, timeout=20, trust_env=False) as client:
            asking = asyncio.create_task(client.post(CHAT, json=ask(stream=stream)))
            await gateways.stop_while_it_generates()
            answer = await asking
        assert gateways.statuses() == ["failed"]
    told = answer.json() if not stream else orjson.loads(answer.text.strip().rpartition("data: ")[2])
    assert told["error"]["code"] == "gateway_stopped"
    assert "[DONE]" not in answer.text


def test_questions_and_refusals_are_text(mesh: FakeMesh, client: httpx.Client) -> None:
    mesh.llm.default = "builtin"
    answer = client.post(CHAT, json=ask("그리드가 뭐예요?")).json()
    assert answer["choices"][0]["message"]["content"] == "그리드는 조회 결과를 보여 줍니다."
    refusal = client.post(CHAT, json=ask("날씨 알려줘")).json()
    assert "- 목록 화면 만들어줘" in refusal["choices"][0]["message"]["content"]


def test_earlier_messages_are_the_history_and_parts_are_joined(mesh: FakeMesh, client: httpx.Client) -> None:
    messages = [
        {"role": "system", "content": "be nice"},
        {"role": "user", "content": "안녕"},
        {"role": "assistant", "content": "네"},
        {"role": "user", "content": [{"type": "text", "text": "Task 화면"}, {"type": "image_url", "image_url": {}}]},
    ]
    assert client.post(CHAT, json={"model": "framewright", "messages": messages}).status_code == 200
    body = mesh.intent.bodies("/v1/intents")[0]
    assert body["prompt"] == "Task 화면"
    assert body["history"] == [{"role": "user", "content": "안녕"}, {"role": "assistant", "content": "네"}]


@pytest.mark.parametrize("stream", [True, False])
def test_a_failed_pipeline_is_an_error_in_openais_shape(mesh: FakeMesh, client: httpx.Client, stream: bool) -> None:
    answer = client.post(CHAT, json=ask("제목을 바꿔줘", stream=stream))
    if stream:
        lines = data_lines(answer)
        assert "[DONE]" not in lines
        error = orjson.loads(lines[-1])["error"]
    else:
        assert answer.status_code == 400
        error = answer.json()["error"]
    assert error["code"] == "nothing_to_modify"


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize("model", ["framewright", "vllm"])
def test_a_caller_that_leaves_cancels(mesh: FakeMesh, client: httpx.Client, model: str, stream: bool) -> None:
    mesh.llm.scripts = [Script(parts=["SPEC", *"x" * 200], pause_s=0.05)]
    body = {**ask(stream=stream), "model": model}
    if stream:
        with client.stream("POST", CHAT, json=body):
            time.sleep(1.0)
    else:
        with pytest.raises(httpx.ReadTimeout):
            client.post(CHAT, json=body, timeout=1.0)
    left_at = time.monotonic()
    while mesh.llm.left_at is None and time.monotonic() < left_at + 3:
        time.sleep(0.02)
    assert mesh.llm.left_at is not None
    assert mesh.llm.left_at - left_at < 1


@pytest.mark.parametrize("path", [CHAT, "/v1/completions"])
def test_other_models_are_the_proxys_streaming_and_not(mesh: FakeMesh, client: httpx.Client, path: str) -> None:
    body = {"model": "vllm", "messages": [{"role": "user", "content": "hi"}], "prompt": "hi", "temperature": 0}
    whole = client.post(path, json=body)
    assert whole.json()["choices"][0]["message"]["content"].startswith("```json")
    assert mesh.llm.calls[-1] == (path, body)
    with client.stream("POST", path, json={**body, "stream": True}) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        assert data_lines(response)[-1] == "[DONE]"
    mesh.llm.scripts = [Script(status=503)]
    refused = client.post(path, json=body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "busy")


@pytest.mark.parametrize(
    ("content", "param"),
    [(b"{", None), (b"[]", None), (b'{"model":"framewright"}', "messages"),
     (b'{"model":"framewright","messages":[]}', "messages"),
     (b'{"model":"framewright","messages":[{"role":"user","content":" "}]}', "messages")],
)  # fmt: skip
def test_bad_requests_are_said_in_openais_shape(client: httpx.Client, content: bytes, param: str | None) -> None:
    answer = client.post(CHAT, content=content)
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["type"], error["param"]) == ("invalid_request_error", param)


def test_the_pipeline_is_no_completions_model(client: httpx.Client) -> None:
    answer = client.post("/v1/completions", json={"model": "framewright", "prompt": "x"})
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "model")


def test_responses_are_passed_on_to_the_engines(client: httpx.Client, mesh: FakeMesh) -> None:
    answer = client.post("/v1/responses", json={"model": "vllm", "input": "hello"})
    assert answer.json()["object"] == "response"
    assert mesh.llm.calls[-1] == ("/v1/responses", {"model": "vllm", "input": "hello"})
    refused = client.post("/v1/responses", json={"model": "framewright", "input": "hello"})
    assert refused.status_code == 400
