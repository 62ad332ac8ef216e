"""A template is tried out: the prompt as it would be sent, and one engine's answer, or why there is none."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
from app.core.context import Context

from chassis.errors import UpstreamFailed, UpstreamRejected
from tests.conftest import Api
from tests.integration.test_knowledge_files import frames

ONE = "/api/admin/templates/xframe5/spec"
SAMPLE: dict[str, Any] = {
    "task": "spec", "content": "# system\nBe brief.", "prompt": "Task 관리 화면", "pattern": "list",
    "data_model": {"entities": []}, "screen": {"id": "TaskList", "title": "Task"},
}  # fmt: skip
PROMPT = {
    "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "…"}],
    "artifacts": [], "templates": [{"id": "xframe5/spec", "version": "draft", "source": "trial"}],
    "tokens": {"system": 3, "total": 9, "limit": 3000}, "cut": [{"section": "history", "dropped": 1}],
    "response_schema": {"type": "object"}, "hits_used": ["grid.element"],
    "warnings": [{"code": "keyword_search_only", "message": "…"}],
}  # fmt: skip


class FakePrompts:
    """rag-service: one prompt, or a refusal."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.failure = failure
        self.bodies: list[dict[str, Any]] = []

    async def prompt(self, body: dict[str, Any], *, user_id: str, role: str) -> dict[str, Any]:
        self.bodies.append(body)
        if self.failure:
            raise self.failure
        return PROMPT

    async def aclose(self) -> None:
        """Nothing is open."""


class FakeEngines:
    """llm-proxy with one engine, which says four frames and may break off after two."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.failure = failure
        self.bodies: list[dict[str, Any]] = []

    async def engines(self, *, user_id: str, role: str) -> list[Mapping[str, Any]]:
        return [{"id": "coder", "context_window": 8192, "max_output_tokens": 1024, "model_class": "medium"}]

    async def chat(self, body: dict[str, Any], *, user_id: str, role: str) -> AsyncIterator[Mapping[str, Any]]:
        self.bodies.append(body)
        yield {"choices": [{"delta": {"role": "assistant"}}], "model": "qwen"}
        yield {"choices": [{"delta": {"reasoning_content": "hm", "content": "{"}}], "framewright": {"engine": "coder"}}
        if self.failure:
            raise self.failure
        yield {"choices": [{"delta": {"content": "}"}, "finish_reason": "stop"}]}
        yield {"choices": [], "usage": {"total_tokens": 12}}

    async def aclose(self) -> None:
        """Nothing is open."""


@pytest.fixture
def prompts(context: Context) -> FakePrompts:
    context.rag = fake = FakePrompts()  # type: ignore[assignment]
    return fake


@pytest.fixture
def engines(context: Context) -> FakeEngines:
    context.llm_proxy = fake = FakeEngines()  # type: ignore[assignment]
    return fake


async def test_the_prompt_is_shown_as_it_would_be_sent(
    operator: Api, developer: Api, prompts: FakePrompts, engines: FakeEngines
) -> None:  # R1.16
    answer = await operator.post(f"{ONE}/prompt", SAMPLE | {"engine": "coder"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["messages"] == PROMPT["messages"]
    assert answer.json()["tokens"]["total"] == 9
    (body,) = prompts.bodies
    assert body["template"] == {
        "id": "xframe5/spec", "framework": "xframe5", "task": "spec", "version": "draft", "content": SAMPLE["content"],
    }  # fmt: skip
    assert (body["context_window"], body["model_class"], body["pattern"]) == (8192, "medium", "list")
    assert "hits" not in body, "rag-service searches by itself"
    await operator.post(f"{ONE}/prompt", SAMPLE | {"knowledge": False})
    assert prompts.bodies[1]["hits"] == []
    assert "context_window" not in prompts.bodies[1]
    assert (await operator.post(f"{ONE}/prompt", SAMPLE | {"engine": "none"})).status_code == 404
    assert (await developer.post(f"{ONE}/prompt", SAMPLE)).status_code == 403


async def test_what_is_wrong_with_the_text_or_a_variable_is_said(context: Context, operator: Api) -> None:
    document = {
        "detail": "The head of the template can't be read: …", "code": "template_unreadable",
        "errors": [{"field": "content", "message": "…"}],
    }  # fmt: skip
    context.rag = FakePrompts(UpstreamRejected("rag-service", 422, document))  # type: ignore[assignment]
    answer = await operator.post(f"{ONE}/prompt", SAMPLE)
    assert (answer.status_code, answer.json()["code"]) == (422, "template_unreadable")
    assert answer.json()["errors"][0]["field"] == "content"


async def test_one_engine_answers_and_no_other_in_its_place(
    operator: Api, prompts: FakePrompts, engines: FakeEngines
) -> None:  # R1.16
    told = frames((await operator.post(f"{ONE}/trial", SAMPLE | {"engine": "coder"})).text)
    assert [name for name, _ in told] == ["prompt", "delta", "delta", "delta", "completed"]
    assert [(data["channel"], data["text"]) for name, data in told if name == "delta"] == [
        ("reasoning", "hm"), ("answer", "{"), ("answer", "}"),
    ]  # fmt: skip
    end = told[-1][1]
    assert (end["engine"], end["model"], end["finish_reason"]) == ("coder", "qwen", "stop")
    assert end["usage"] == {"total_tokens": 12}
    assert end["ms"] >= end["first_ms"] >= 0
    (body,) = engines.bodies
    assert body["framewright"] == {"allow_fallback": False}
    assert body["response_format"]["json_schema"]["schema"] == PROMPT["response_schema"]
    missing = await operator.post(f"{ONE}/trial", SAMPLE)
    assert missing.json()["errors"][0]["field"] == "engine"


async def test_an_engine_that_fails_says_so_in_the_stream(
    context: Context, operator: Api, prompts: FakePrompts
) -> None:
    failure = UpstreamFailed("The engine failed: out of memory", code="engine_failed")
    context.llm_proxy = FakeEngines(failure)  # type: ignore[assignment]
    told = frames((await operator.post(f"{ONE}/trial", SAMPLE | {"engine": "coder"})).text)
    assert [name for name, _ in told] == ["prompt", "delta", "delta", "failed"]
    assert (told[-1][1]["code"], told[-1][1]["detail"]) == ("engine_failed", "The engine failed: out of memory")
