"""A prompt that an engine refuses as too long is made smaller once."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from app.core.clients.llm import CONTEXT_EXCEEDED, Chunk, StreamLimits, _refusal
from app.core.clients.rag import PromptAnswer
from app.pipeline.draft import Fit
from app.pipeline.fitting import fit_of
from app.pipeline.pipeline import Pipeline

from chassis.errors import UpstreamFailed

from .fakes import FakeServices, draft, limits


class ShortEngine(FakeServices):
    """Refuses as many prompts as told."""

    def __init__(self, refusals: int) -> None:
        super().__init__()
        self.refusals = refusals

    async def chat(
        self, body: dict[str, Any], *, limits: StreamLimits, user_id: str, role: str
    ) -> AsyncIterator[Chunk]:
        if self.refusals and body["model"] != "builtin":
            self.refusals -= 1
            raise _too_long(n_prompt_tokens=3333, n_ctx=2048)
        async for chunk in super().chat(body, limits=limits, user_id=user_id, role=role):
            yield chunk

    async def prompts(self, body: dict[str, Any], *, user_id: str, role: str) -> PromptAnswer:
        answer = await super().prompts(body, user_id=user_id, role=role)
        return answer.model_copy(update={"tokens": {"total": 911}})


def _too_long(**counts: int) -> UpstreamFailed:
    document = {"error": {"message": "too long", "code": CONTEXT_EXCEEDED, **counts}}
    return _refusal(httpx.Response(400, json=document))


async def test_a_prompt_that_is_too_long_for_the_engine_is_made_smaller_and_sent_once_more() -> None:
    services = ShortEngine(1)
    made = draft()
    await Pipeline(services.upstreams(), limits()).run(made, services.sink)
    first, second = services.sent["/v1/prompts"]
    assert first["observed_tokens_ratio"] == 1
    assert second["observed_tokens_ratio"] == pytest.approx(3333 / 911 * 1.05)
    assert second["context_window"] == 2048
    assert made.degraded is False
    assert made.engine_id == "vllm"


async def test_a_second_refusal_leaves_it_to_the_builtin_engine() -> None:
    services = ShortEngine(2)
    made = draft()
    await Pipeline(services.upstreams(), limits()).run(made, services.sink)
    assert len(services.sent["/v1/prompts"]) == 2
    assert made.degraded is True


def test_what_the_engine_does_not_say_is_guessed() -> None:
    assert fit_of(_too_long(), PromptAnswer(messages=[], tokens={"total": 900})) == Fit(2.0)
    assert fit_of(_too_long(n_prompt_tokens=50, n_ctx=40), PromptAnswer(messages=[], tokens={"total": 900})) == Fit(1.0)


def test_another_refusal_keeps_its_own_code() -> None:
    documents: tuple[Any, ...] = ({"error": {"message": "m", "code": "busy"}}, {"detail": "d"}, [])
    for document in documents:
        assert _refusal(httpx.Response(503, json=document)).code == UpstreamFailed("x").code
