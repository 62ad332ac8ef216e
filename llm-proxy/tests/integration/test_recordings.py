"""What real servers sent, byte for byte, comes out in one form."""

import pytest

from ..conftest import StartProxy, StartServer, chat, engine, events_of, joined
from ..servers import recorded_request, recording, replay

TEXT = "Hello from a tiny llama, 안녕하세요 — deterministic answer number one."
REASONING = "Let me think step by step2 quietly"
CUTS = [0, 1, 7, 64]


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("kind", ["vllm", "llamacpp"])
def test_reasoning_and_text_come_under_one_name_however_the_stream_was_cut(
    start_proxy: StartProxy, start_server: StartServer, kind: str, cut: int
) -> None:  # R1.18
    server = start_server(replay(f"{kind}/chat_stream_reasoning_usage", cut=cut))
    proxy = start_proxy(engine(server, kind=kind))
    response = proxy.post("/v1/chat/completions", json=chat(stream=True))
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/event-stream")
    events = events_of(response)
    assert joined(events) == TEXT
    assert joined(events, "reasoning_content") == REASONING
    assert events[0]["choices"][0]["delta"] == {"role": "assistant", "content": ""}
    assert [item for item in events[1:-1] if item["choices"] and "role" in item["choices"][0]["delta"]] == []
    assert events[-3]["choices"][0]["finish_reason"] == "stop"
    assert events[-2]["choices"] == []
    assert events[-2]["usage"]["total_tokens"] == 52
    assert events[-1] == "[DONE]"
    assert len({item["id"] for item in events[:-1]}) == 1
    assert {item["model"] for item in events[:-1]} == {"tiny-bigram"}
    assert events[0]["framewright"] == {"engine": kind, "model": "tiny-bigram", "degraded": False}


@pytest.mark.parametrize(
    ("name", "text", "finish"),
    [
        ("vllm/chat_stream", None, "stop"),
        ("vllm/chat_stream_usage", None, None),
        ("vllm/chat_stream_continuous_usage", "Hello from a", "length"),
        ("vllm/chat_stream_include_reasoning_false", None, None),
        ("llamacpp/chat_stream", None, None),
        ("llamacpp/chat_stream_usage", None, None),
        ("llamacpp/chat_stream_stop_string", None, "stop"),
        ("llamacpp/chat_stream_timings_per_token", None, None),
        ("llamacpp/chat_tools_stream", None, "stop"),
    ],
)
def test_every_recorded_chat_stream_ends_with_reason_usage_and_done(
    start_proxy: StartProxy, start_server: StartServer, name: str, text: str | None, finish: str | None
) -> None:
    kind = name.partition("/")[0]
    proxy = start_proxy(engine(start_server(replay(name)), kind=kind))
    whole = proxy.post("/v1/chat/completions", json=chat()).json()
    events = events_of(proxy.post("/v1/chat/completions", json=chat(stream=True)))
    finishes = [item["choices"][0]["finish_reason"] for item in events[:-1] if item["choices"]]
    assert [reason for reason in finishes if reason] == [whole["choices"][0]["finish_reason"]]
    assert finish is None or whole["choices"][0]["finish_reason"] == finish
    assert joined(events) == whole["choices"][0]["message"]["content"]
    assert text is None or joined(events) == text
    assert events[-1] == "[DONE]"
    assert events[-2]["usage"]["completion_tokens"] > 0
    assert whole["usage"] == events[-2]["usage"]
    assert whole["object"] == "chat.completion"


@pytest.mark.parametrize("name", ["vllm/completions_stream", "llamacpp/completions_v1_stream"])
def test_text_completions_of_both_servers(start_proxy: StartProxy, start_server: StartServer, name: str) -> None:
    server = start_server(replay(name))
    proxy = start_proxy(engine(server, kind=name.partition("/")[0]))
    request = {"model": "default", "prompt": "abc", "max_tokens": 6}
    whole = proxy.post("/v1/completions", json=request).json()
    events = events_of(proxy.post("/v1/completions", json={**request, "stream": True}))
    texts = [item["choices"][0]["text"] for item in events[:-1] if item["choices"]]
    assert "".join(texts) == whole["choices"][0]["text"]
    assert whole["choices"][0]["text"].startswith("Hello from a tiny")
    assert whole["choices"][0]["finish_reason"] == "length"
    assert whole["object"] == "text_completion"
    assert whole["id"].startswith("cmpl-")
    assert events[-2]["usage"] == whole["usage"]
    upstream = server.exchanges[0]
    assert upstream.path == "/v1/completions"
    assert upstream.json()["stream"] is True
    assert upstream.json()["stream_options"] == {"include_usage": True}


@pytest.mark.parametrize(
    ("name", "choices", "finish"),
    [
        ("vllm/chat_nonstream_reasoning", 1, "stop"),
        ("vllm/chat_nonstream_logprobs", 1, "length"),
        ("vllm/chat_nonstream_stop", 1, "stop"),
        ("llamacpp/chat_nonstream", 1, "stop"),
        ("llamacpp/chat_nonstream_n2", 2, "length"),
        ("llamacpp/chat_nonstream_logprobs", 1, "length"),
        ("llamacpp/chat_nonstream_reasoning", 1, "stop"),
        ("llamacpp/chat_nonstream_ctx_exhausted", 1, "length"),
    ],
)
def test_a_server_that_answers_whole_though_asked_to_stream(
    start_proxy: StartProxy, start_server: StartServer, name: str, choices: int, finish: str
) -> None:
    proxy = start_proxy(engine(start_server(replay(name)), kind=name.partition("/")[0]))
    whole = proxy.post("/v1/chat/completions", json=chat()).json()
    assert len(whole["choices"]) == choices
    assert {item["finish_reason"] for item in whole["choices"]} == {finish}
    assert all(isinstance(item["message"]["content"], str) for item in whole["choices"])
    assert bool(whole["choices"][0]["logprobs"]) is name.endswith("logprobs")
    if name.endswith("reasoning"):
        assert whole["choices"][0]["message"]["reasoning_content"] == REASONING
    events = events_of(proxy.post("/v1/chat/completions", json=chat(stream=True)))
    assert events[-1] == "[DONE]"


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("vllm/err_context", 400, "context_length_exceeded"),
        ("vllm/err_context_stream", 400, "context_length_exceeded"),
        ("vllm/err_context_completions", 400, "context_length_exceeded"),
        ("llamacpp/err_context_stream", 400, "context_length_exceeded"),
        ("llamacpp/err_context_nonstream", 400, "context_length_exceeded"),
        ("vllm/max_tokens_over_context", 400, "invalid_request"),
        ("vllm/chat_structured_two_kinds_err", 400, "invalid_request"),
        ("vllm/err_bad_json", 400, "invalid_request"),
        ("vllm/err_type", 400, "invalid_request"),
        ("llamacpp/err_bad_json", 400, "invalid_request"),
        ("llamacpp/err_bad_schema", 400, "invalid_request"),
        ("llamacpp/err_bad_grammar", 400, "invalid_request"),
        ("vllm/err_model", 404, "model_not_found"),
        ("vllm/err_404", 404, "model_not_found"),
        ("vllm/err_405", 502, "engine_failed"),
        ("llamacpp/err_auth_wrong", 502, "engine_unauthorized"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_every_recorded_error_has_one_shape_and_a_sensible_status(
    start_proxy: StartProxy, start_server: StartServer, name: str, status: int, code: str, stream: bool
) -> None:
    proxy = start_proxy(engine(start_server(replay(name)), kind=name.partition("/")[0]))
    request = chat(stream=stream, framewright={"allow_fallback": False})
    response = proxy.post("/v1/chat/completions", json=request)
    assert response.status_code == status
    error = response.json()["error"]
    assert error["code"] == code
    assert error["message"]
    assert error["type"] == {400: "invalid_request_error", 404: "not_found_error", 502: "server_error"}[status]
    if code == "context_length_exceeded":
        assert error["n_ctx"] == 512
        assert error["n_prompt_tokens"] > 512


@pytest.mark.parametrize("kind", ["vllm", "llamacpp"])
def test_an_answer_that_breaks_off_ends_in_an_error_frame_without_done(
    start_proxy: StartProxy, start_server: StartServer, kind: str
) -> None:  # R3.8
    proxy = start_proxy(engine(start_server(replay(f"{kind}/chat_stream_client_disconnect")), kind=kind))
    events = events_of(proxy.post("/v1/chat/completions", json=chat(stream=True)))
    assert joined(events[:-1]).startswith("Hello from a tiny")
    assert events[-1]["error"]["type"] == "server_error"
    assert "choices" not in events[-1]
    response = proxy.post("/v1/chat/completions", json=chat())
    assert response.status_code == 502
    assert response.json()["error"]["code"].startswith("engine_")


@pytest.mark.parametrize(
    ("kind", "gets"),
    [
        ("vllm", {"v1__models": "vllm/v1_models"}),
        ("llamacpp", {"health": "llamacpp/health", "props": "llamacpp/props"}),
    ],
)
def test_the_context_window_is_learned_from_the_server(
    start_proxy: StartProxy, start_server: StartServer, kind: str, gets: dict[str, str]
) -> None:  # R1.14
    server = start_server(replay("vllm/chat_stream"), **{path: recording(name) for path, name in gets.items()})
    proxy = start_proxy(engine(server, kind=kind, context_window=8192))
    found = _engine_when(proxy, kind, "ready")
    assert found["context_window"] == 512
    assert found["kind"] == kind


def _engine_when(proxy, engine_id: str, state: str):
    import time

    deadline = time.monotonic() + 5
    while True:
        engines = {item["id"]: item for item in proxy.get("/v1/engines").json()["engines"]}
        if engines[engine_id]["state"] == state:
            return engines[engine_id]
        assert time.monotonic() < deadline, engines
        time.sleep(0.05)


def test_what_the_caller_sent_reaches_the_engine(start_proxy: StartProxy, start_server: StartServer) -> None:
    server = start_server(replay("llamacpp/chat_stream_usage"))
    proxy = start_proxy(engine(server, kind="llamacpp", api_key="k-1", temperature=0.7, max_output_tokens=99))
    request = recorded_request("llamacpp/chat_stream_usage")
    assert proxy.post("/v1/chat/completions", json={**request, "top_k": 5, "model": "tiny-bigram"}).is_success
    sent = server.exchanges[0]
    assert sent.headers["authorization"] == "Bearer k-1"
    body = sent.json()
    assert body["messages"] == request["messages"]
    assert body["top_k"] == 5
    assert body["temperature"] == 0.7
    assert "framewright" not in body
    assert body["max_tokens"] == request.get("max_tokens", 99)
