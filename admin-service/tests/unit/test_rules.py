"""Rules of engines, versions, pages and the connection test, without I/O."""

from typing import Any

import pytest
from app.core.clients.engines import EngineReply, EngineUnreachable
from app.core.errors import PreconditionFailed
from app.core.ids import new_id
from app.core.settings import Settings
from app.core.versions import Expected, tag_matches
from app.features.engines.probe import ProbeTarget, probe
from app.features.engines.rules import class_of, problems
from app.security.url_policy import UrlPolicy

from chassis.errors import Conflict, ServiceError


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("gpt-oss:20b", "medium"),
        ("qwen3-coder:30b", "medium"),
        ("gemma3:27b", "medium"),
        ("qwen2.5-coder:7b", "small"),
        ("Mistral-7B-Instruct-v0.3", "small"),
        ("Qwen2.5-Coder-32B-Instruct-AWQ", "medium"),
        ("llama-3.1-405b", "large"),
        ("mixtral-8x7b", "large"),
        ("gpt-4o-mini", "small"),
        ("qwen2.5:0.5b", "small"),
        ("some-40b", "medium"),
        ("some-10b", "medium"),
    ],
)
def test_the_class_comes_from_the_size_in_the_name(model: str, expected: str) -> None:  # R1.18
    assert class_of(model) == expected


def test_a_cloud_s_model_without_a_size_is_large() -> None:
    assert class_of("gpt-4o-mini", cloud=True) == "large"
    assert class_of("gpt-oss:20b", cloud=True) == "medium"


def test_the_builtin_engine_has_no_server() -> None:
    engine = {
        "id": "builtin", "kind": "builtin", "base_url": "http://x", "fallbacks": [], "aliases": [],
        "context_window": 10, "max_output_tokens": 5,
    }  # fmt: skip
    policy = UrlPolicy(allow_loopback=True)
    assert [error.field for error in problems(engine, {}, policy)] == ["base_url"]
    missing = engine | {"kind": "vllm", "base_url": None}
    assert problems(missing, {}, policy)[0].code == "missing"


def test_a_loop_among_other_engines_ends() -> None:
    engine = {
        "id": "a", "kind": "vllm", "base_url": "http://x", "fallbacks": ["b"], "aliases": [], "context_window": 10,
        "max_output_tokens": 5,
    }  # fmt: skip
    assert problems(engine, {"b": ["c"], "c": ["b"]}, UrlPolicy(allow_loopback=True)) == []


def test_versions_are_compared() -> None:
    Expected().check(7)
    Expected(if_match="*", version=7).check(7)
    Expected(if_match='W/"6", "7"').check(7)
    with pytest.raises(PreconditionFailed):
        Expected(if_match='"6"').check(7)
    with pytest.raises(Conflict):
        Expected(version=6).check(7)
    with pytest.raises(ServiceError, match="If-Match"):
        Expected(if_match='"six"').check(7)
    assert tag_matches('W/"1", "2"', '"1"')
    assert not tag_matches(None, '"1"')


def test_ids_sort_by_time() -> None:
    first = new_id()
    assert len(first) == 32
    assert first[:12] <= new_id()[:12]


def test_the_default_framework_comes_from_the_environment_or_the_screen_spec() -> None:
    values = {"service_secret": "x" * 32, "encryption_key": "x" * 32, "database_url": "postgresql://x/y"}
    assert Settings.model_validate(values).framework()
    assert Settings.model_validate(values | {"default_framework": "react"}).framework() == "react"


class FakeServer:
    """A model server's answers by path; 404 for others."""

    def __init__(self, answers: dict[str, EngineReply | EngineUnreachable]) -> None:
        self._answers = answers

    async def get(self, url: str, *, api_key: str | None) -> EngineReply:
        answer = self._answers.get(url.removeprefix("http://e"), EngineReply(404, None, 1.0))
        if isinstance(answer, EngineUnreachable):
            raise answer
        return answer


async def codes(document: Any, *, kind: str = "llamacpp", status: int = 200, window: int = 4096) -> list[str]:
    server = FakeServer({"/v1/models": EngineReply(status, document, 1.0)})
    result = await probe(server, ProbeTarget(kind, "http://e/v1", "tiny", window, None))
    return [finding.code for finding in result.findings]


async def test_the_answers_of_model_servers_are_understood() -> None:  # R1.14
    assert await codes({"data": [{"id": "tiny", "meta": {"n_ctx": 8192}}]}) == []
    assert await codes({"data": [{"id": "tiny", "meta": {"n_ctx": 512}}]}) == ["smaller_window"]
    assert await codes({"data": [{"id": "/models/tiny.gguf"}]}) == ["model_missing"]
    assert await codes({"data": []}, kind="openai") == ["model_missing"]
    answers: list[Any] = [[], "x", None, {"data": 1}, {"data": [1, {"id": 2}], "models": []}]
    for nonsense in answers:
        assert (await codes(nonsense, kind="openai"))[0] in {"not_a_model_server", "model_missing"}
    assert await codes(None, status=403) == ["unauthorized"]


async def test_llama_server_may_call_its_one_model_as_it_likes() -> None:
    server = FakeServer({"/v1/models": EngineReply(200, {"data": [{"id": "x.gguf", "meta": {"n_ctx": 512}}]}, 1.0)})
    result = await probe(server, ProbeTarget("llamacpp", "http://e", "tiny", 4096, None))
    assert result.ok
    assert [finding.severity for finding in result.findings] == ["warning", "warning"]


async def test_a_server_that_dies_in_between_is_unreachable() -> None:
    card = EngineReply(200, {"data": [{"id": "tiny"}]}, 1.0)
    server = FakeServer({"/v1/models": card, "/version": EngineUnreachable("timed_out")})
    result = await probe(server, ProbeTarget("vllm", "http://e", "tiny", 4096, None))
    assert [finding.code for finding in result.findings] == ["timed_out"]
