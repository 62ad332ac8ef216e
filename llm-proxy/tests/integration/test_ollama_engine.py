"""An Ollama server as an engine, by its native API; the server is a fake, built from the documented API."""

import threading
import time
from contextlib import ExitStack
from typing import Any

import httpx
import pytest

from ..conftest import StartProxy, chat, events_of, joined
from ..fake_ollama import FakeOllama
from ..servers import serving

ENGINE = {"id": "ollama", "kind": "ollama", "model": "qwen2.5-coder:7b", "context_window": 4096}
ALONE = {"allow_fallback": False}


@pytest.fixture
def ask(stack: ExitStack, start_proxy: StartProxy) -> object:
    def start(fake: FakeOllama, **changes: object) -> httpx.Client:
        server = stack.enter_context(serving(fake.server))
        return start_proxy(ENGINE | {"base_url": server.url} | changes)

    return start


def test_the_context_size_is_set_natively_and_nothing_may_be_cut(ask) -> None:  # R1.18
    fake = FakeOllama("Hello", " there", thinking="hm")
    body = chat("hi", max_tokens=9, top_k=3, stop="END", keep_alive="5m", reasoning_effort="minimal", stream=True)
    events = events_of(ask(fake).post("/v1/chat/completions", json=body))
    assert joined(events) == "Hello there"
    assert joined(events, "reasoning_content") == "hm"
    assert events[-2]["usage"] == {"prompt_tokens": 7, "completion_tokens": 2, "total_tokens": 9}
    sent = fake.asked()[0].json()
    assert fake.asked()[0].path == "/api/chat"
    assert (sent["truncate"], sent["shift"], sent["stream"]) == (False, False, True)
    assert sent["options"] == {"num_ctx": 4096, "num_predict": 9, "top_k": 3, "stop": ["END"]}
    assert (sent["keep_alive"], sent["think"]) == ("5m", "low")


def test_a_schema_is_ollamas_format_and_messages_are_translated(ask) -> None:
    fake = FakeOllama('{"a":1}')
    fake.tool_call = {"name": "find", "arguments": {"q": 1}}
    schema = {"type": "object", "properties": {"a": {"type": "integer"}}}
    parts = [
        {"type": "text", "text": "look"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
    ]
    call = {"id": "c", "type": "function", "function": {"name": "f", "arguments": '{"x": 2}'}}
    messages = [
        {"role": "developer", "content": "be brief"},
        {"role": "assistant", "content": None, "tool_calls": [call], "reasoning_content": "so"},
        {"role": "tool", "content": "2", "tool_call_id": "c"},
        {"role": "user", "content": parts},
    ]
    wanted = {"type": "json_schema", "json_schema": {"name": "n", "schema": schema}}
    answer = ask(fake).post("/v1/chat/completions", json={"messages": messages, "response_format": wanted}).json()
    choice = answer["choices"][0]
    assert choice["finish_reason"] == "tool_calls"
    assert choice["message"]["tool_calls"][0]["function"] == {"name": "find", "arguments": '{"q":1}'}
    sent = fake.asked()[0].json()
    assert sent["format"] == schema
    assert [message["role"] for message in sent["messages"]] == ["system", "assistant", "tool", "user"]
    assert sent["messages"][1]["tool_calls"] == [{"function": {"name": "f", "arguments": {"x": 2}}}]
    assert sent["messages"][1]["thinking"] == "so"
    assert sent["messages"][3] == {"role": "user", "content": "look", "images": ["AAAA"]}


def test_a_completion_goes_to_generate(ask) -> None:
    fake = FakeOllama("one", " two")
    proxy = ask(fake)
    answer = proxy.post("/v1/completions", json={"prompt": "count", "response_format": {"type": "json_object"}}).json()
    assert answer.get("choices"), answer
    assert answer["choices"][0]["text"] == "one two"
    assert fake.asked()[0].path == "/api/generate"
    assert (fake.asked()[0].json()["prompt"], fake.asked()[0].json()["format"]) == ("count", "json")
    refused = proxy.post("/v1/completions", json={"prompt": ["a", "b"]})
    assert (refused.status_code, refused.json()["error"]["param"]) == (400, "prompt")
    assert proxy.post("/v1/completions", json={"prompt": "a", "guided_regex": "a+"}).status_code == 400


@pytest.mark.parametrize(
    ("ending", "code"), [("error", "engine_failed"), ("cut", "engine_failed"), ("none", "engine_truncated")]
)
def test_an_answer_without_its_end_is_an_error(ask, ending: str, code: str) -> None:
    proxy = ask(FakeOllama("some", " text", ending=ending))
    events = events_of(proxy.post("/v1/chat/completions", json=chat(stream=True, framewright=ALONE), timeout=10))
    assert events[-1]["error"]["code"] in {code, "engine_timed_out"}
    assert joined(events[:-1]) == "some text"


def test_silent_truncation_is_found_out_by_the_count(ask) -> None:  # R1.18
    """The complaint: Ollama reads the end of a long prompt, and answers as if nothing had happened."""
    proxy = ask(FakeOllama("confident", prompt_tokens=900), context_window=9000)
    body = chat("word " * 6000, framewright=ALONE)
    refused = proxy.post("/v1/chat/completions", json=body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "prompt_truncated")
    assert refused.json()["error"]["n_prompt_tokens"] == 3000


@pytest.mark.parametrize(
    ("refusal", "status", "code"),
    [
        (("400 Bad Request", "the prompt is longer than the context length currently available"), 400, None),
        (("404 Not Found", "model 'x' not found"), 404, "model_not_found"),
        (("503 Service Unavailable", "server busy, maximum pending requests exceeded"), 503, "engine_busy"),
    ],
)
def test_errors_before_the_answer(ask, refusal: tuple[str, str], status: int, code: str | None) -> None:
    fake = FakeOllama()
    fake.refusal = refusal
    answer = ask(fake).post("/v1/chat/completions", json=chat(framewright=ALONE))
    assert answer.status_code == status
    assert answer.json()["error"]["code"] == (code or "context_length_exceeded")


def test_ollama_is_stopped_when_the_client_leaves(ask) -> None:
    fake = FakeOllama("one", ending="silent")
    proxy = ask(fake)
    with proxy.stream("POST", "/v1/chat/completions", json=chat(stream=True)) as answer:
        next(answer.iter_lines())
    left = time.perf_counter()
    deadline = time.monotonic() + 3
    while fake.asked()[0].left_at is None and time.monotonic() < deadline:
        time.sleep(0.01)
    left_at = fake.asked()[0].left_at
    assert left_at is not None
    assert left_at - left < 0.5


def test_the_window_is_the_smaller_of_the_models_and_ours(ask) -> None:
    proxy = ask(FakeOllama("x"), context_window=100_000)
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        engine = proxy.get("/v1/engines").json()["engines"][0]
        if engine["state"] == "ready":
            break
        time.sleep(0.02)
    assert engine["context_window"] == 8192


def _ready(proxy: httpx.Client, engine_id: str = "ollama") -> dict[str, Any]:
    deadline = time.monotonic() + 5
    while True:
        found = next(item for item in proxy.get("/v1/engines").json()["engines"] if item["id"] == engine_id)
        if found["state"] == "ready":
            return dict(found)
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize(("loaded", "status"), [("another", 200), ("qwen2.5-coder:7b", 504)])
def test_a_model_that_is_not_loaded_yet_has_longer_for_its_first_word(
    start_proxy: StartProxy, stack: ExitStack, loaded: str, status: int
) -> None:  # R2.3
    fake = FakeOllama("late")
    fake.first_after_s = 0.8
    fake.load(loaded)
    server = stack.enter_context(serving(fake.server))
    proxy = start_proxy(ENGINE | {"base_url": server.url}, first_byte_s=0.3, load_s=5.0)
    _ready(proxy)
    assert proxy.post("/v1/chat/completions", json=chat(framewright=ALONE)).status_code == status


def test_what_its_model_can_do_is_learned_from_it(ask) -> None:
    proxy = ask(FakeOllama("x"))
    assert _ready(proxy)["capabilities"] == ["json", "reasoning", "tools"]
    assert proxy.post("/api/show", json={"model": "ollama"}).json()["capabilities"] == [
        "completion", "tools", "thinking",
    ]  # fmt: skip
    answer = proxy.post("/v1/chat/completions", json=chat() | {"model": "capability:reasoning"})
    assert answer.json()["framewright"]["engine"] == "ollama"


def test_a_server_that_swaps_its_models_is_not_made_to_swap_with_every_call(
    start_proxy: StartProxy, stack: ExitStack
) -> None:
    """The complaint: two people with two models, and the server does nothing but load them."""
    fake = FakeOllama("word")
    fake.first_after_s = 0.4
    server = stack.enter_context(serving(fake.server))
    engines = [ENGINE | {"base_url": server.url, "id": name, "model": f"model-{name}"} for name in ("a", "b")]
    proxy = start_proxy(*engines, heartbeat_s=0.1)
    answers: dict[int, httpx.Response] = {}

    def call(number: int, model: str) -> None:
        body = chat(stream=True, framewright=ALONE) | {"model": model}
        answers[number] = proxy.post("/v1/chat/completions", json=body)

    threads = [threading.Thread(target=call, args=item) for item in enumerate(("a", "b", "a"))]
    for thread in threads:
        thread.start()
        time.sleep(0.1)
    for thread in threads:
        thread.join()
    assert [exchange.json()["model"] for exchange in fake.asked()] == ["model-a", "model-a", "model-b"]
    assert all(joined(events_of(answer)) == "word" for answer in answers.values())
    assert ": queued, place 1" in answers[1].text
