"""The proxy in front of a real llama-server and a real vLLM, with a tiny model. Run by `make test-engines`."""

import time

import httpx
import openai
import orjson
import pytest

from chassis.testing import service_headers

from ..conftest import StartProxy, chat, events_of, joined
from .conftest import WINDOW

KINDS = ("llamacpp", "vllm")
ALONE = {"allow_fallback": False}
SCHEMA = {
    "type": "object",
    "properties": {"ok": {"type": "boolean"}},
    "required": ["ok"],
    "additionalProperties": False,
}
pytestmark = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def proxy(kind: str, request: pytest.FixtureRequest, start_proxy: StartProxy) -> httpx.Client:
    url = request.getfixturevalue({"llamacpp": "llama_server", "vllm": "vllm_server"}[kind])
    client = start_proxy(
        {"id": "real", "kind": kind, "base_url": url, "model": "tiny", "max_output_tokens": 32},
        first_byte_s=120.0, between_bytes_s=60.0, total_s=200.0,
    )  # fmt: skip
    client.timeout = httpx.Timeout(200)
    deadline = time.monotonic() + 20
    while client.get("/v1/engines").json()["engines"][0]["state"] != "ready":
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return client


def test_chat_streamed_and_whole(proxy: httpx.Client) -> None:  # R1.8
    body = chat("안녕하세요", max_tokens=12, temperature=0, seed=1, framewright=ALONE)
    events = events_of(proxy.post("/v1/chat/completions", json=body | {"stream": True}))
    assert events[-1] == "[DONE]"
    usage = events[-2]["usage"]
    assert usage["prompt_tokens"] > 0
    assert 0 < usage["completion_tokens"] <= 12
    whole = proxy.post("/v1/chat/completions", json=body).json()
    assert whole["framewright"] == {"engine": "real", "model": "tiny", "degraded": False}
    message = whole["choices"][0]["message"]
    assert message["content"] == joined(events)
    assert (message.get("reasoning_content") or "") == joined(events, "reasoning_content")


def test_completions(proxy: httpx.Client) -> None:
    answer = proxy.post("/v1/completions", json={"prompt": "one two", "max_tokens": 5, "framewright": ALONE}).json()
    assert answer["object"] == "text_completion"
    assert answer["usage"]["completion_tokens"] <= 5


def test_the_window_is_the_servers_own_and_a_longer_prompt_is_a_400_with_numbers(proxy: httpx.Client) -> None:  # R1.18
    assert proxy.get("/v1/engines").json()["engines"][0]["context_window"] == WINDOW
    for stream in (False, True):
        refused = proxy.post("/v1/chat/completions", json=chat("word " * 3000, stream=stream, framewright=ALONE))
        assert refused.status_code == 400
        error = refused.json()["error"]
        assert error["code"] == "context_length_exceeded"
        assert error["n_ctx"] == WINDOW
        assert error["n_prompt_tokens"] > WINDOW


def test_sections_make_a_prompt_fit(proxy: httpx.Client) -> None:  # R1.18
    messages = [{"role": "user", "content": "word " * 3000}, {"role": "user", "content": "short"}]
    ours = ALONE | {"sections": [{"message": 0, "priority": 1}]}
    answer = proxy.post("/v1/chat/completions", json={"messages": messages, "framewright": ours, "max_tokens": 4})
    assert answer.json()["framewright"]["cut"] == [0]


def test_an_answer_is_held_to_a_schema(proxy: httpx.Client) -> None:
    wanted = {"type": "json_schema", "json_schema": {"name": "answer", "schema": SCHEMA}}
    body = chat("ok?", response_format=wanted, max_tokens=64, temperature=0, framewright=ALONE | {"stop_at_json": True})
    body["chat_template_kwargs"] = {"enable_thinking": False}
    answer = proxy.post("/v1/chat/completions", json=body).json()
    choice = answer["choices"][0]
    text = choice["message"]["content"]
    if choice["finish_reason"] == "length":  # an untrained model may write blanks, which the schema allows, to the end
        assert text.lstrip().startswith("{")
    else:
        assert orjson.loads(text)["ok"] in {True, False}


def test_ollamas_protocol_over_it(proxy: httpx.Client) -> None:  # R4.4
    answer = proxy.post("/api/generate", json={"model": "real", "prompt": "hi", "stream": False, "think": False}).json()
    assert answer["done"] is True
    assert answer["eval_count"] <= 24


def test_errors_are_openais(proxy: httpx.Client) -> None:
    url = f"{str(proxy.base_url).rstrip('/')}/v1"
    key = service_headers("llm-proxy")["Authorization"].removeprefix("Bearer ")
    with openai.OpenAI(base_url=url, api_key=key, max_retries=0) as client, pytest.raises(openai.BadRequestError):
        client.chat.completions.create(
            model="real", messages=[{"role": "user", "content": "x"}],
            extra_body={"grammar": "root ::= (", "framewright": ALONE},
        )  # fmt: skip


def test_responses_by_the_official_client(proxy: httpx.Client) -> None:  # R1.8
    url = f"{str(proxy.base_url).rstrip('/')}/v1"
    key = service_headers("llm-proxy")["Authorization"].removeprefix("Bearer ")
    with openai.OpenAI(base_url=url, api_key=key, max_retries=0, timeout=200) as client:
        whole = client.responses.create(model="real", input="안녕하세요", max_output_tokens=24, temperature=0)
        assert whole.status in {"completed", "incomplete"}
        assert whole.model == "tiny"
        assert whole.usage is not None
        assert 0 < whole.usage.output_tokens <= 24
        events = list(client.responses.create(model="real", input="hi", max_output_tokens=24, stream=True))
        assert [event.sequence_number for event in events] == list(range(len(events)))
        assert events[0].type == "response.created"
        assert events[-1].type in {"response.completed", "response.incomplete"}
        with pytest.raises(openai.BadRequestError) as refused:
            client.responses.create(model="real", input="word " * 3000)
        assert refused.value.code == "context_length_exceeded"


def test_a_class_and_a_capability_find_it(proxy: httpx.Client) -> None:  # R1.14
    for name in ("class:small,capability:json", "tiny"):
        body = chat("hi", max_tokens=4, framewright=ALONE) | {"model": name}
        assert proxy.post("/v1/chat/completions", json=body).json()["framewright"]["engine"] == "real"


def test_the_server_is_free_again_after_its_client_has_left(proxy: httpx.Client) -> None:
    """The complaint: an answer that nobody reads goes on, and the next one waits for it."""
    body = chat("tell", max_tokens=900, stream=True, framewright=ALONE)
    for _ in range(4):
        with proxy.stream("POST", "/v1/chat/completions", json=body | {"ignore_eos": True}) as answer:
            next(answer.iter_lines())
    started = time.perf_counter()
    assert proxy.post("/v1/chat/completions", json=chat("hi", max_tokens=2, framewright=ALONE)).status_code == 200
    assert time.perf_counter() - started < 10
