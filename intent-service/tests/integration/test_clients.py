"""The clients against real HTTP servers that answer well, wrongly, or not at all."""

from collections.abc import Iterator
from typing import Any

import pytest
from app.core.clients.embedding import EmbeddingClient
from app.core.clients.llm_proxy import LlmProxyClient
from fastapi import FastAPI, Request

from chassis.testing import TEST_SECRET, running
from chassis.tokens import ServiceTokens

TOKENS = ServiceTokens(service="intent-service", secret=TEST_SECRET)
TEXT = "사원을 조회"


@pytest.fixture(scope="module")
def upstream() -> Iterator[tuple[str, dict[str, Any]]]:
    app = FastAPI()
    seen: dict[str, Any] = {"morphemes": 0, "content": '```json\n{"a": 1}\n```', "default": "big"}

    @app.post("/v1/morphemes")
    async def morphemes(request: Request) -> dict[str, Any]:
        seen["morphemes"] += 1
        tokens = [
            {"form": "사원", "tag": "NNG", "start": 0, "length": 2},
            {"form": "을", "tag": "JKO", "start": 2, "length": 1},
            {"form": "조회", "tag": "NNG", "start": 4, "length": 2},
        ]
        return {"data": [{"index": 0, "tokens": tokens}]} if not seen.get("broken") else {"data": []}

    @app.get("/v1/engines")
    async def engines() -> dict[str, Any]:
        listed = [{"id": "builtin", "builtin": True}, {"id": "big", "model": "qwen", "state": "ready"}]
        return {"default": seen["default"], "engines": [*listed, {"id": "gone", "state": "down"}]}

    @app.post("/v1/chat/completions")
    async def chat(request: Request) -> dict[str, Any]:
        seen["body"] = await request.json()
        return {"choices": [{"message": {"content": seen["content"]}}]}

    with running(app) as url:
        yield url, seen


async def test_morphemes_are_cached_and_particles_are_gone(upstream: tuple[str, dict[str, Any]]) -> None:
    url, seen = upstream
    client = EmbeddingClient(base_url=url, tokens=TOKENS, limit_s=5)
    assert await client.nouns(TEXT) == "사원  조회"
    assert await client.nouns(TEXT) == "사원  조회"
    assert seen["morphemes"] == 1
    await client.aclose()


async def test_a_failing_analyser_is_left_alone_for_a_while(upstream: tuple[str, dict[str, Any]]) -> None:
    url, seen = upstream
    now = [0.0]
    client = EmbeddingClient(base_url=url, tokens=TOKENS, limit_s=5, clock=lambda: now[0])
    seen["broken"], seen["morphemes"] = True, 0
    assert await client.nouns("가") is None
    assert await client.nouns("나") is None
    assert seen["morphemes"] == 1
    seen["broken"], now[0] = False, 6.0
    assert await client.nouns("사원을 조회한다") is not None
    await client.aclose()


async def test_only_engines_with_a_model_are_usable(upstream: tuple[str, dict[str, Any]]) -> None:
    url, _ = upstream
    client = LlmProxyClient(base_url=url, tokens=TOKENS, limit_s=5)
    found = [await client.usable(name) for name in (None, "default", "qwen", "builtin", "gone", "unheard-of")]
    assert found == [True, True, True, False, False, False]
    await client.aclose()
    away = LlmProxyClient(base_url="http://127.0.0.1:9", tokens=TOKENS, limit_s=1)
    assert await away.usable(None) is False
    assert await away.ask(system="", user="", schema_name="x", schema={}, model=None) is None
    await away.aclose()


async def test_an_engine_answers_in_the_schema_and_never_falls_back(upstream: tuple[str, dict[str, Any]]) -> None:
    url, seen = upstream
    client = LlmProxyClient(base_url=url, tokens=TOKENS, limit_s=5)
    assert await client.ask(system="s", user="u", schema_name="x", schema={"type": "object"}, model=None) == {"a": 1}
    assert seen["body"]["framewright"] == {"allow_fallback": False}
    assert seen["body"]["response_format"]["json_schema"]["name"] == "x"
    for content in ("no json", "{", None):
        seen["content"] = content
        assert await client.ask(system="s", user="u", schema_name="x", schema={}, model=None) is None
    await client.aclose()
