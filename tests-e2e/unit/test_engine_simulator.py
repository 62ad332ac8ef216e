"""The simulated engine speaks vLLM's protocol and keeps the pace that it was given. No mesh."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from prometheus_client.parser import text_string_to_metric_families

from engine_simulator.answers import Answer, Answers, prompt_tokens, read_answers, tokens_of
from engine_simulator.server import EngineServer
from engine_simulator.settings import Pace

TEXT = "가나다라 abcd " * 20


class Client:
    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session, self.url = session, url

    async def json(self, path: str, body: dict[str, Any] | None = None, method: str = "") -> tuple[int, Any]:
        verb = method or ("POST" if body is not None else "GET")
        async with self.session.request(verb, self.url + path, json=body) as response:
            return response.status, await response.json(content_type=None)

    async def chat(self, **more: Any) -> tuple[int, Any]:
        return await self.json("/v1/chat/completions", {"messages": [{"role": "user", "content": "hello"}], **more})

    async def frames(self, path: str = "/v1/chat/completions", **more: Any) -> list[Any]:
        body = {"messages": [{"role": "user", "content": "hello"}], "prompt": "hello", "stream": True, **more}
        async with self.session.post(self.url + path, json=body) as response:
            assert response.content_type == "text/event-stream"
            raw = (await response.read()).decode()
        parts = [part.removeprefix("data: ") for part in raw.split("\n\n") if part]
        return [part if part == "[DONE]" else json.loads(part) for part in parts]


@asynccontextmanager
async def engine(answers: Answers | None = None, **pace: Any) -> AsyncIterator[Client]:
    server = EngineServer(Pace(**{"first_token_s": 0.0, **pace}), answers or Answers([Answer("", TEXT)]))
    runner = web.AppRunner(server.application(), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        async with aiohttp.ClientSession() as session:
            yield Client(session, f"http://127.0.0.1:{runner.addresses[0][1]}")
    finally:
        await runner.cleanup()


def text_of(frames: list[Any]) -> str:
    return "".join(
        choice["delta"].get("content", "") if "delta" in choice else choice["text"]
        for frame in frames if frame != "[DONE]" for choice in frame["choices"]
    )  # fmt: skip


@pytest.mark.asyncio
@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/completions"])
async def test_both_protocols_stream_the_answer_with_its_usage(path: str):  # R1.18, R1.20
    async with engine(tokens_per_s=5_000) as client:
        frames = await client.frames(path, stream_options={"include_usage": True})
        assert text_of(frames) == TEXT
        assert frames[-1] == "[DONE]"
        usage = frames[-2]["usage"]
        assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]
        assert frames[-3]["choices"][0]["finish_reason"] == "stop"


@pytest.mark.asyncio
async def test_max_tokens_ends_an_answer_in_both_forms():
    async with engine(tokens_per_s=5_000) as client:
        status, whole = await client.chat(max_tokens=3)
        assert status == 200
        assert whole["choices"][0]["message"]["content"] == "".join(tokens_of(TEXT, 0)[:3])
        assert whole["choices"][0]["finish_reason"] == "length"
        assert whole["usage"]["completion_tokens"] == 3


@pytest.mark.asyncio
async def test_one_request_takes_its_time_and_a_batch_slows_all_of_it():  # R1.20
    async with engine(tokens_per_s=100, output_tokens=50, slower_each=0.5) as client:
        started = time.monotonic()
        await client.frames()
        alone = time.monotonic() - started
        started = time.monotonic()
        await asyncio.gather(*(client.frames() for _ in range(3)))
        three = time.monotonic() - started
        assert alone == pytest.approx(0.5, rel=0.3)
        assert three / alone == pytest.approx(2.0, rel=0.25), "each of two more slows a step by half"


@pytest.mark.asyncio
async def test_what_has_no_place_in_the_batch_waits_and_a_full_queue_refuses():
    async with engine(tokens_per_s=100, output_tokens=40, max_num_seqs=1, queue_limit=1) as client:
        tasks = [asyncio.create_task(client.chat()) for _ in range(3)]
        await asyncio.sleep(0.15)
        metrics = await _metrics(client)
        assert metrics["vllm:num_requests_running"] == 1
        assert metrics["vllm:num_requests_waiting"] == 1
        answers = sorted(status for status, _ in await asyncio.gather(*tasks))
        assert answers == [200, 200, 503]


@pytest.mark.asyncio
async def test_a_prompt_waits_for_room_in_the_cache():
    async with engine(tokens_per_s=200, output_tokens=40, kv_cache_tokens=60) as client:
        started = time.monotonic()
        await asyncio.gather(*(client.chat(max_tokens=40) for _ in range(2)))
        assert time.monotonic() - started > 0.38, "one after the other"


@pytest.mark.asyncio
async def test_the_first_token_comes_when_the_prompt_is_read():
    async with engine(tokens_per_s=500, prefill_tokens_per_s=1_000, first_token_s=0.1) as client:
        started = time.monotonic()
        await client.chat(messages=[{"role": "user", "content": "word " * 300}], max_tokens=1)
        assert time.monotonic() - started == pytest.approx(0.3, abs=0.12)


@pytest.mark.asyncio
async def test_a_caller_that_leaves_frees_its_place():
    async with engine(tokens_per_s=20, output_tokens=1_000, max_num_seqs=1) as client:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await client.frames()
        await asyncio.sleep(0.2)
        metrics = await _metrics(client)
        assert metrics["vllm:num_requests_running"] == 0
        _, asked = await client.json("/simulator/requests")
        assert asked["requests"][-1]["finish"] == "abort"


@pytest.mark.asyncio
async def test_faults_are_those_of_vllm():  # R3.8
    async with engine(tokens_per_s=5_000, context_window=64) as client:
        status, long = await client.chat(messages=[{"role": "user", "content": "word " * 100}])
        assert (status, long["error"]["param"]) == (400, "input_tokens")
        assert "maximum context length is 64 tokens" in long["error"]["message"]
        assert (await client.chat(model="other"))[0] == 404
        await client.json("/simulator/settings", {"failed_rate": 1.0}, "PUT")
        frames = await client.frames()
        assert frames[-2]["error"]["code"] == 500
        await client.json("/simulator/settings", {"failed_rate": 0.0, "break_rate": 1.0}, "PUT")
        with pytest.raises(aiohttp.ClientPayloadError):
            await client.frames()
        await client.json("/simulator/settings", {"break_rate": 0.0, "out_of_memory": True}, "PUT")
        status, dead = await client.chat()
        assert (status, dead["error"]["type"]) == (500, "InternalServerError")
        assert (await client.json("/health"))[0] == 503
        assert (await client.json("/simulator/settings", {"tokens_per_s": -1}, "PUT"))[0] == 400


@pytest.mark.asyncio
async def test_an_endless_answer_ends_when_its_caller_has_had_enough():
    async with engine(tokens_per_s=1_000, output_tokens=5, endless=True) as client:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await client.chat(max_tokens=5)


@pytest.mark.asyncio
async def test_the_answer_is_chosen_by_the_prompt():
    answers = Answers([Answer("사원", "employees"), Answer("", "tasks")])
    async with engine(answers, tokens_per_s=5_000) as client:
        _, one = await client.chat(messages=[{"role": "user", "content": [{"type": "text", "text": "사원 목록"}]}])
        _, other = await client.chat()
        assert one["choices"][0]["message"]["content"] == "employees"
        assert other["choices"][0]["message"]["content"] == "tasks"


def test_the_packaged_answer_is_a_screen_spec():
    text = read_answers(None).to("anything")
    spec = json.loads(text.removeprefix("```json\n").removesuffix("```\n"))
    assert spec["pattern"] == "multi_save"


def test_texts_are_cut_into_as_many_tokens_as_are_asked_for():
    assert "".join(tokens_of(TEXT, 7)) == TEXT
    assert len(tokens_of(TEXT, 7)) == 7
    assert prompt_tokens("a word and 화면 만들어줘") == 6


async def _metrics(client: Client) -> dict[str, float]:
    async with client.session.get(client.url + "/metrics") as response:
        text = await response.text()
    return {sample.name: sample.value for family in text_string_to_metric_families(text) for sample in family.samples}
