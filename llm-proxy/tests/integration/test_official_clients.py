"""The official `openai` and `ollama` clients work unchanged: streaming, whole, and with errors."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import ollama
import openai
import pytest
from fastapi import FastAPI, Request

from chassis.testing import running, service_headers

from ..conftest import StartProxy, StartServer, engine
from ..servers import STREAM_HEAD, Exchange, delta, replay, response

HEADERS = service_headers("llm-proxy")
KEY = HEADERS["Authorization"].removeprefix("Bearer ")


@pytest.fixture
def proxy(start_proxy: StartProxy, start_server: StartServer) -> httpx.Client:
    server = start_server(replay("vllm/chat_stream_reasoning_usage"))
    return start_proxy(engine(server, id="gpu", model="tiny-bigram"))


def _openai(proxy: httpx.Client) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{str(proxy.base_url).rstrip('/')}/v1", api_key=KEY, max_retries=0)


def test_openai_whole_and_streamed(proxy: httpx.Client) -> None:  # R1.7
    with _openai(proxy) as client:
        assert "gpu" in [model.id for model in client.models.list()]
        whole = client.chat.completions.create(model="gpu", messages=[{"role": "user", "content": "hi"}])
        assert whole.choices[0].message.content
        assert whole.usage is not None
        chunks = list(client.chat.completions.create(
            model="default", messages=[{"role": "user", "content": "hi"}], stream=True
        ))  # fmt: skip
        text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
        assert text == whole.choices[0].message.content
        assert chunks[-1].usage is not None


def test_openai_errors(proxy: httpx.Client) -> None:
    with _openai(proxy) as client:
        with pytest.raises(openai.NotFoundError):
            client.chat.completions.create(model="nope", messages=[{"role": "user", "content": "x"}])
        with pytest.raises(openai.BadRequestError) as refused:
            client.chat.completions.create(model="gpu", messages=[], temperature=1)
        assert refused.value.param == "messages"
    with _openai(proxy).with_options(api_key="wrong") as stranger, pytest.raises(openai.AuthenticationError):
        stranger.models.list()


@contextmanager
def _ollama(proxy: httpx.Client) -> Iterator[ollama.Client]:
    client = ollama.Client(host=str(proxy.base_url).rstrip("/"), headers=HEADERS)
    try:
        yield client
    finally:
        client._client.close()  # it has no way of its own


def test_ollama_whole_and_streamed(proxy: httpx.Client) -> None:  # R4.4
    with _ollama(proxy) as client:
        assert "gpu" in [model.model for model in client.list().models]
        whole = client.generate(model="gpu", prompt="hi", options={"num_predict": 64})
        assert whole.response
        assert whole.done_reason == "stop"
        assert whole.eval_count
        parts = list(client.generate(model="gpu", prompt="hi", stream=True))
        assert "".join(part.response or "" for part in parts).strip()
        assert parts[-1].done
        talk = client.chat(model="gpu", messages=[{"role": "user", "content": "hi"}])
        assert talk.message.content
        assert talk.message.thinking
        lines = list(client.chat(model="gpu", messages=[{"role": "user", "content": "hi"}], stream=True))
        assert "".join(line.message.content or "" for line in lines).strip()


def test_ollama_cards_and_errors(proxy: httpx.Client) -> None:
    with _ollama(proxy) as client:
        shown = client.show("gpu")
        assert shown.modelinfo is not None
        assert any(name.endswith(".context_length") for name in shown.modelinfo)
        assert client.ps().models
        assert proxy.get("/api/version").json()["version"]
        with pytest.raises(ollama.ResponseError) as missing:
            client.generate(model="nope", prompt="x")
        assert missing.value.status_code == 404
        assert "nope" in missing.value.error
        with pytest.raises(ollama.ResponseError):
            list(client.chat(model="nope", messages=[{"role": "user", "content": "x"}], stream=True))
        assert client.generate(model="gpu", prompt="").done_reason == "load"
        assert proxy.post("/api/chat", json={"model": "gpu", "keep_alive": 0}).json()["done_reason"] == "unload"


def test_ollama_embeddings_come_from_the_embedding_service(start_proxy: StartProxy, stack: ExitStack) -> None:
    service = FastAPI()

    @service.post("/v1/embeddings")
    async def embeddings(request: Request) -> Any:
        texts = (await request.json())["input"]
        data = [{"index": at, "embedding": [float(at)], "truncated": "long" in text} for at, text in enumerate(texts)]
        return {"model": "mini", "data": data[::-1], "usage": {"prompt_tokens": 3, "total_tokens": 3}}

    client = stack.enter_context(_ollama(start_proxy(embedding_url=stack.enter_context(running(service)))))
    answer = client.embed(model="mini", input=["a", "b"])
    assert answer.embeddings == [[0.0], [1.0]]
    assert answer.prompt_eval_count == 3
    with pytest.raises(ollama.ResponseError, match="longer"):
        client.embed(model="mini", input="long", truncate=False)
    assert client.embeddings(model="mini", prompt="a").embedding == [0.0]


async def _breaks(_exchange: Exchange, writer: asyncio.StreamWriter) -> None:
    writer.write(STREAM_HEAD + delta("one "))
    await writer.drain()
    await asyncio.sleep(0.05)
    writer.close()


async def _busy(_exchange: Exchange, writer: asyncio.StreamWriter) -> None:
    error = b'{"error":{"message":"queue","code":503}}'
    writer.write(response("503 Service Unavailable", error, extra="retry-after: 9\r\n"))
    await writer.drain()


async def _too_long(_exchange: Exchange, writer: asyncio.StreamWriter) -> None:
    error = b'{"error":{"message":"too long","type":"exceed_context_size_error","n_prompt_tokens":900,"n_ctx":512}}'
    writer.write(response("400 Bad Request", error))
    await writer.drain()


def test_what_goes_wrong_is_an_error_of_the_official_clients(
    start_proxy: StartProxy, start_server: StartServer
) -> None:  # R3.8
    scripts = {"breaks": _breaks, "busy": _busy, "long": _too_long}
    proxy = start_proxy(*(engine(start_server(script), id=name, model=name) for name, script in scripts.items()))
    messages: list[Any] = [{"role": "user", "content": "hi"}]
    alone = {"framewright": {"allow_fallback": False}}
    with _openai(proxy) as client:
        stream = client.chat.completions.create(model="breaks", messages=messages, stream=True)
        assert next(iter(stream)).choices[0].delta.role == "assistant"
        with pytest.raises(openai.APIError, match="broke"):
            list(stream)
        with pytest.raises(openai.InternalServerError) as busy:
            client.chat.completions.create(model="busy", messages=messages, extra_body=alone)
        assert (busy.value.status_code, busy.value.response.headers["retry-after"]) == (503, "9")
        with pytest.raises(openai.BadRequestError) as long:
            client.chat.completions.create(model="long", messages=messages)
        assert long.value.code == "context_length_exceeded"
        assert isinstance(long.value.body, dict)
        assert (long.value.body["n_prompt_tokens"], long.value.body["n_ctx"]) == (900, 512)
    with _ollama(proxy) as client:
        with pytest.raises(ollama.ResponseError, match="broke"):
            list(client.chat(model="breaks", messages=messages, stream=True))
        with pytest.raises(ollama.ResponseError) as refused:
            client.generate(model="long", prompt="hi")
        assert refused.value.status_code == 400
