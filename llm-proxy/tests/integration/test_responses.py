"""`/v1/responses`: passed through with the guards of all other paths, and refused in words where there is none."""

import asyncio
from typing import Any

import httpx
import openai
import pytest

from chassis.testing import service_headers

from ..conftest import StartProxy, StartServer, engine, events_of
from ..servers import NOT_FOUND, STREAM_HEAD, Exchange, chunked, delta, replay, response

KEY = service_headers("llm-proxy")["Authorization"].removeprefix("Bearer ")
TEXT = "Hello from a tiny llama, 안녕하세요 — deterministic answer number one."


def _client(proxy: httpx.Client) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{str(proxy.base_url).rstrip('/')}/v1", api_key=KEY, max_retries=0)


@pytest.mark.parametrize("kind", ["vllm", "llamacpp"])
def test_the_official_client_streamed_and_whole(
    start_proxy: StartProxy, start_server: StartServer, kind: str
) -> None:  # R1.8
    server = start_server(replay(f"{kind}/responses_stream"))
    proxy = start_proxy(engine(server, id="gpu", kind=kind, model="tiny", max_output_tokens=99))
    with _client(proxy) as client:
        whole = client.responses.create(model="gpu", input="hi", instructions="be brief")
        assert whole.output_text == TEXT
        assert (whole.status, whole.model) == ("completed", "tiny")
        assert whole.usage is not None
        assert whole.usage.output_tokens > 10
        events = list(client.responses.create(model="tiny", input=[{"role": "user", "content": "hi"}], stream=True))
    assert [event.sequence_number for event in events] == list(range(len(events)))
    assert events[0].type == "response.created"
    assert events[-1].type == "response.completed"
    text = "".join(event.delta for event in events if event.type == "response.output_text.delta")
    assert text == TEXT
    sent = server.exchanges[0]
    assert sent.path == "/v1/responses"
    assert sent.json() == {
        "input": "hi", "instructions": "be brief", "max_output_tokens": 99, "model": "tiny", "stream": True,
    }  # fmt: skip


def test_what_is_counted_and_named(start_proxy: StartProxy, start_server: StartServer) -> None:
    proxy = start_proxy(engine(start_server(replay("vllm/responses_stream", cut=50)), id="gpu"))
    answer = proxy.post("/v1/responses", json={"input": "hi"}).json()
    assert answer["framewright"] == {"engine": "gpu", "model": "tiny-bigram", "degraded": False}
    assert answer["usage"]["input_tokens"] == 23


async def _has_none(_exchange: Exchange, writer: asyncio.StreamWriter) -> None:
    writer.write(NOT_FOUND)
    writer.close()


def test_an_engine_without_the_api_is_a_400_that_says_what_to_do(
    start_proxy: StartProxy, start_server: StartServer
) -> None:
    proxy = start_proxy(
        engine(start_server(_has_none), id="old"),
        {"id": "o", "kind": "ollama", "base_url": "http://127.0.0.1:9", "model": "m"},
        engine(start_server(_has_none), id="set", capabilities=["json"]),
    )
    with _client(proxy) as client:
        for model in ("builtin", "o", "old", "set"):
            with pytest.raises(openai.BadRequestError) as refused:
                client.responses.create(model=model, input="hi")
            assert refused.value.code == "responses_not_supported"
            assert "/v1/chat/completions" in str(refused.value)
        with pytest.raises(openai.BadRequestError):
            client.responses.create(model="set", input="hi", background=True)
        with pytest.raises(openai.NotFoundError):
            client.responses.create(model="nope", input="hi")


def test_a_fault_before_any_content_goes_to_the_next_engine_that_has_the_api(
    start_proxy: StartProxy, start_server: StartServer
) -> None:  # R2.3
    async def begins_and_breaks(_exchange: Exchange, writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM_HEAD + chunked(b'data: {"type":"response.created","response":{"id":"r"}}\n\n'))
        await writer.drain()
        writer.transport.abort()

    broken, fine = start_server(begins_and_breaks), start_server(replay("vllm/responses_stream"))
    proxy = start_proxy(engine(broken, id="a", fallbacks=["b"]), engine(fine, id="b", model="other"))
    for stream in (False, True):
        answer = proxy.post("/v1/responses", json={"model": "a", "input": "hi", "stream": stream})
        document = events_of_named(answer)[-1]["response"] if stream else answer.json()
        assert document["framewright"]["engine"] == "b"
        assert document["framewright"]["degraded"] is True


FAILURES = {
    "cut": b"",
    "failed": b'data: {"type":"response.failed","response":{"error":{"code":"server_error","message":"gone"}}}\n\n',
    "error": b'data: {"type":"error","code":"x","message":"gone"}\n\n',
    "no type": b'data: {"delta":"x"}\n\n',
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_fault_after_content_is_one_error_event(
    start_proxy: StartProxy, start_server: StartServer, name: str
) -> None:  # R3.8
    async def breaks(_exchange: Exchange, writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM_HEAD + chunked(b'data: {"type":"response.output_text.delta","delta":"one"}\n\n'))
        await writer.drain()
        await asyncio.sleep(0.05)
        if FAILURES[name]:
            writer.write(chunked(FAILURES[name]))
        writer.close()

    proxy = start_proxy(engine(start_server(breaks)))
    events = events_of_named(proxy.post("/v1/responses", json={"input": "hi", "stream": True}))
    assert [event["type"] for event in events] == ["response.output_text.delta", "error"]
    assert proxy.post("/v1/responses", json={"input": "hi"}).status_code == 502


def test_a_server_that_answers_something_else(start_proxy: StartProxy, start_server: StartServer) -> None:
    async def chats(_exchange: Exchange, writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM_HEAD + delta("hm"))
        writer.close()

    async def refuses(_exchange: Exchange, writer: asyncio.StreamWriter) -> None:
        writer.write(response("400 Bad Request", b'{"error":{"message":"bad input","param":"input","code":400}}'))
        await writer.drain()

    proxy = start_proxy(engine(start_server(chats), id="a"), engine(start_server(refuses), id="b"))
    assert proxy.post("/v1/responses", json={"model": "a", "input": "hi"}).status_code == 502
    refused = proxy.post("/v1/responses", json={"model": "b", "input": "hi"})
    assert (refused.status_code, refused.json()["error"]["param"]) == (400, "input")


def events_of_named(answer: httpx.Response) -> list[dict[str, Any]]:
    blocks = answer.text.replace("\n\nevent: ", "\n\n\x00event: ").split("\x00")
    parsed = [event for block in blocks for event in events_of(_Text(block.partition("\n")[2]))]
    assert all(f"event: {event['type']}\n" in answer.text for event in parsed)
    return parsed


class _Text(httpx.Response):
    def __init__(self, text: str) -> None:
        super().__init__(200, text=text)
