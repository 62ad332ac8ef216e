"""The stages with fakes."""

import orjson
import pytest
from app.core.clients import intent as intent_client, rag as rag_client
from app.core.clients.llm import Engine, Engines
from app.core.settings import Settings
from app.pipeline.draft import BaseScreen
from app.pipeline.engine import MOST_CHARACTERS
from app.pipeline.pipeline import Pipeline
from app.pipeline.prompt import bare_prompt
from app.pipeline.texts import language_of, say

from chassis.errors import FieldError, ServiceError, Unprocessable, UpstreamFailed, UpstreamRejected, UpstreamTimedOut

from ..samples import QUESTIONS, SPEC, intent
from .fakes import FakeServices, draft, limits


def pipeline(services: FakeServices) -> Pipeline:
    return Pipeline(services.upstreams(), limits())


async def test_the_model_class_of_the_engine_chooses_threshold_and_limits() -> None:  # R1.4
    services = FakeServices()
    await pipeline(services).run(draft(), services.sink)
    assert services.sent["/v1/search"][0]["model_class"] == "medium"
    assert services.sent["/v1/prompts"][0]["max_output_tokens"] == 64
    assert services.sent["/v1/chat/completions"][0]["max_tokens"] == 64
    assert services.limits.first_byte_s == 9, "a loading model gets its longer time"


async def test_a_refusal_of_the_callers_own_field_is_not_hidden_by_a_fallback() -> None:
    services = FakeServices()
    document = {"detail": "no such kind", "errors": [{"field": "artifacts.0", "message": "no such kind"}]}
    services.fail["/v1/prompts"] = UpstreamRejected("rag-service", 422, document)
    with pytest.raises(UpstreamRejected):
        await pipeline(services).run(draft(artifacts=["nonsense"]), services.sink)


async def test_an_upstreams_own_refusal_of_us_is_its_failure() -> None:
    services = FakeServices()
    services.fail["/v1/analyses"] = UpstreamRejected("postprocess-service", 401, {"detail": "bad token"})
    with pytest.raises(UpstreamFailed, match="postprocess-service"):
        await pipeline(services).run(draft(), services.sink)


async def test_a_truncated_answer_is_asked_again_with_the_reason() -> None:
    services = FakeServices()
    services.engine_answers = ["half", "SPEC"]
    made = draft()
    await pipeline(services).run(made, services.sink)
    assert services.sent["/v1/prompts"][1]["retry_reason"] == "cut off"
    assert made.degraded is False
    assert [reset["attempt"] for reset in services.sink.of("reset")] == [1]


async def test_an_answer_without_end_is_left_and_counts_as_cut_off() -> None:  # R3.8
    services = FakeServices()
    services.engine_answers = ["x" * (MOST_CHARACTERS + 1), "SPEC"]
    made = draft()
    await pipeline(services).run(made, services.sink)
    assert services.sent["/v1/analyses"][0]["finish_reason"] == "length"
    assert services.sent["/v1/analyses"][0]["answer"] == ""
    assert sum(len(delta["text"]) for delta in services.sink.of("delta")) == len("SPEC")


async def test_answers_that_change_the_request_are_put_where_the_language_has_them() -> None:
    for language, prompt, expected in (
        ("ko", "화면 만들어줘", "사원 화면 만들어줘"),
        ("en", "Make a screen.", "Make a screen: 사원"),
    ):
        services = FakeServices()
        services.intent = intent(needs_clarification=True, questions=QUESTIONS, language=language)
        services.sink.answers = {"entity": "employee"}
        await pipeline(services).run(draft(prompt=prompt, interactive=True), services.sink)
        assert services.sent["/v1/intents"][1]["prompt"] == expected


async def test_the_default_as_an_answer_needs_no_second_intent() -> None:
    services = FakeServices()
    services.intent = intent(needs_clarification=True, questions=QUESTIONS)
    services.sink.answers = {"entity": "task"}
    await pipeline(services).run(draft(interactive=True), services.sink)
    assert len(services.sent["/v1/intents"]) == 1
    assert services.sink.of("warning") == []


async def test_a_question_that_is_a_failed_stage_says_why() -> None:
    services = FakeServices()
    services.fail["/v1/intents"] = Unprocessable("no", errors=[FieldError("prompt", "no")])
    with pytest.raises(ServiceError):
        await pipeline(services).run(draft(), services.sink)
    [_, ended] = services.sink.of("stage")
    assert (ended["status"], ended["summary"]) == ("failed", "no")


async def test_a_modification_without_effect_is_refused() -> None:
    services = FakeServices()
    services.intent = intent(kind="modify", data_model=None)
    with pytest.raises(Unprocessable) as refusal:
        await pipeline(services).run(draft(base=BaseScreen("g0", SPEC, None)), services.sink)
    assert refusal.value.code == "nothing_modified"


def test_the_bare_prompt_ends_in_the_request_block_that_the_builtin_engine_reads() -> None:
    made = draft()
    text = bare_prompt(made).messages[-1]["content"]
    block = text.rpartition("```framewright-request\n")[2].removesuffix("\n```")
    request = orjson.loads(block)
    assert (request["version"], request["task"], request["prompt"]) == ("1", "spec", "Task 화면")


def test_an_engine_is_found_by_id_by_model_and_as_the_default() -> None:
    engines = Engines(default="a", engines=[Engine(id="a", model="b"), Engine(id="b", model="c")])
    assert [engines.find(name).id for name in (None, "default", "b", "c") if engines.find(name)] == ["a", "a", "b", "b"]  # type: ignore[union-attr]
    assert engines.find("z") is None


def test_people_are_spoken_to_in_the_prompts_language() -> None:
    assert language_of("Task 화면") == "ko"
    assert language_of("Create a list") == "en"
    assert say("ja", "result") == "The result is ready"


async def test_in_direct_mode_the_engines_files_are_mended_and_checked() -> None:  # R1.8 R1.10 R1.12
    services = FakeServices()
    services.engine_answers = ["FILES"]
    made = draft(mode="direct")
    await pipeline(services).run(made, services.sink)
    assert services.sent["/v1/prompts"][0]["task"] == "direct"
    assert services.sent["/v1/analyses"][0]["mode"] == "direct"
    assert services.sent["/v1/artifacts"][0]["files"] == [{"path": "A.xml", "language": "xml", "content": "<map/>"}]
    assert {delta["channel"] for delta in services.sink.of("delta")} == {"code"}
    assert services.sink.of("spec") == []
    assert made.spec is None


async def test_in_direct_mode_the_built_in_engine_stands_in_with_a_spec() -> None:  # R1.8
    services = FakeServices()
    services.engine_answers = ["half", "half"]
    made = draft(mode="direct")
    await pipeline(services).run(made, services.sink)
    assert [body["task"] for body in services.sent["/v1/prompts"]] == ["direct", "direct", "spec"]
    assert made.degraded
    assert made.spec == SPEC


async def test_an_engine_that_fails_in_direct_mode_is_followed_by_a_spec() -> None:
    services = FakeServices()
    services.fail["/v1/chat/completions"] = UpstreamRejected("llm-proxy", 400, {"detail": "no task direct"})
    with pytest.raises(ServiceError):
        await pipeline(services).run(draft(mode="direct"), services.sink)
    assert [body["task"] for body in services.sent["/v1/prompts"]] == ["direct", "spec"]


async def test_auto_asks_for_a_spec_first_and_then_for_files() -> None:  # R1.8
    services = FakeServices()
    services.engine_answers = ["half", "FILES"]
    made = draft(mode="auto")
    await pipeline(services).run(made, services.sink)
    assert [body["task"] for body in services.sent["/v1/prompts"]] == ["spec", "direct"]
    assert made.spec is None
    assert [warning["code"] for warning in made.warnings] == ["spec_unusable"]


async def test_the_built_in_engine_asked_for_files_makes_them_from_a_spec() -> None:
    services = FakeServices()
    made = draft(mode="direct", model="builtin")
    await pipeline(services).run(made, services.sink)
    assert services.sent["/v1/prompts"][0]["task"] == "spec"
    assert [warning["code"] for warning in made.warnings] == ["direct_needs_a_model"]


FAILING = {"parts": [{"path": "A.xml", "first_line": 1, "last_line": 1, "text": "<map/>"}], "request": "Mend <map/>"}


async def test_the_failing_part_alone_is_asked_for_once() -> None:  # R1.11
    services = FakeServices()
    services.engine_answers = ["FILES", "```xml\n<mended/>\n```"]
    services.failing = FAILING
    made = draft(mode="direct")
    await pipeline(services).run(made, services.sink)
    first, again = services.sent["/v1/chat/completions"]
    assert again["messages"] == [{"role": "user", "content": "Mend <map/>"}]
    assert again["framewright"] == {"allow_fallback": False}
    second = services.sent["/v1/artifacts"][1]
    assert second["second"] == {"parts": FAILING["parts"], "answer": "```xml\n<mended/>\n```"}
    assert second["files"] == [{"path": "A.xml", "language": "xml", "content": "<map/>"}]
    assert [artifact["content"] for artifact in services.sink.of("artifact")] == ["<mended/>"]
    assert len(made.raw_answers) == 2
    assert first["messages"] != again["messages"]


async def test_a_part_that_nobody_mends_stays_with_its_findings() -> None:  # R1.11
    services = FakeServices()
    services.engine_answers = ["FILES"]
    services.failing = FAILING
    made = draft(mode="direct")
    services.gone_after = 1
    await pipeline(services).run(made, services.sink)
    assert [artifact["content"] for artifact in services.sink.of("artifact")] == ["<map/>"]
    assert [warning["code"] for warning in made.warnings] == ["part_not_mended"]


async def test_the_files_options_reach_the_emitter() -> None:
    services = FakeServices()
    await pipeline(services).run(draft(emission={"dialect": "oracle"}), services.sink)
    assert services.sent["/v1/artifacts"][0]["options"] == {"dialect": "oracle"}
    services = FakeServices()
    await pipeline(services).run(draft(), services.sink)
    assert "options" not in services.sent["/v1/artifacts"][0]


async def test_a_refused_modification_says_what_the_engine_said() -> None:
    for answers, code in (([], "nothing_modified"), (["half", "half"], "modification_failed")):
        services = FakeServices()
        services.intent = intent(kind="modify", data_model=None)
        services.engine_answers = list(answers)
        services.explanation = "There is no field\n  'colour' on this screen."
        with pytest.raises(Unprocessable) as refusal:
            await pipeline(services).run(draft(base=BaseScreen("g0", SPEC, None)), services.sink)
        assert refusal.value.code == code
        assert "There is no field 'colour' on this screen." in refusal.value.detail


async def test_an_intent_that_takes_too_long_is_read_by_the_rules_alone() -> None:  # R2.3
    services = FakeServices()
    services.engine_hangs_intents = True
    await pipeline(services).run(draft(), services.sink)
    ended = next(item for item in services.sink.of("stage") if item["stage"] == "intent" and "ms" in item)
    assert ended["fallback"] == "rules"
    assert [body["model"] for body in services.sent["/v1/intents"]] == [None, "builtin"]
    assert services.sent["/v1/artifacts"], "it went on"


async def test_knowledge_that_takes_too_long_is_done_without() -> None:  # R2.3
    services = FakeServices()
    services.fail["/v1/search"] = UpstreamTimedOut("rag-service gave no answer within 10 s.")
    await pipeline(services).run(draft(), services.sink)
    ended = next(item for item in services.sink.of("stage") if item["stage"] == "knowledge" and "ms" in item)
    assert ended["fallback"] == "none"
    assert [item["code"] for item in services.sink.of("warning")] == ["knowledge_unavailable"]
    assert services.sent["/v1/artifacts"], "it went on"


def test_nobody_waits_longer_than_thirty_seconds_for_a_stage_with_a_fallback() -> None:  # R2.3
    limits_s = (Settings.model_fields["prepare_limit_s"].default, intent_client.LIMIT_S, rag_client.LIMIT_S)
    assert max(limits_s) <= 30
