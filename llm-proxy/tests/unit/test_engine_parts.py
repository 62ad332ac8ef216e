"""The small parts of engines: events, errors, structures, templates, settings."""

from typing import Any

import pytest
from app.answering.structures import take_structure
from app.engines.builtin.engine import BuiltinEngine
from app.engines.chat_template import render_chat, template_for
from app.engines.errors import ContextTooLong, EngineBusy, EngineFailed, NotSupported
from app.engines.events import MAX_EVENT_BYTES, EventBuffer
from app.engines.llamacpp import LlamaCppEngine
from app.engines.normalise import finish_reason, pieces_of, usage_of
from app.engines.openai import OpenAICompatibleEngine, model_card
from app.engines.protocol import EngineCall, ProbeReport, Structure
from app.engines.reading import Limits
from app.engines.settings import EngineSettings, EngineTable, class_of_model
from app.engines.upstream_errors import error_from, frame_error
from app.engines.usage import estimate_tokens
from app.engines.vllm import VllmEngine
from app.features.completions.schemas import ChatCompletionRequest
from app.features.completions.service import read_chat
from app.routing.registry import Registry
from app.routing.slots import Slot

from chassis.errors import InvalidInput, ServiceError

SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}}


def test_events_are_whole_however_the_bytes_were_cut() -> None:
    stream = "event: x\r\nid: 1\r\n: comment\r\ndata: 안녕\r\ndata:다시\r\n\r\ndata: [DONE]\n\n".encode()
    for size in range(1, len(stream)):
        buffer = EventBuffer()
        events = [event for start in range(0, len(stream), size) for event in buffer.feed(stream[start : start + size])]
        assert events == ["안녕\n다시".encode(), b"[DONE]"]


def test_a_line_without_end_is_given_up() -> None:
    buffer = EventBuffer()
    buffer.feed(b"x" * MAX_EVENT_BYTES)
    with pytest.raises(EngineFailed):
        buffer.feed(b"x")


@pytest.mark.parametrize(
    ("status", "body", "kind", "code"),
    [
        (400, {"error": "the prompt is longer than the context length currently available"}, ContextTooLong, None),
        (400, {"error": {"message": "m", "code": "context_length_exceeded"}}, ContextTooLong, None),
        (401, {"error": "Unauthorized"}, EngineFailed, "engine_unauthorized"),
        (500, b"[json.exception.parse_error.101] x", InvalidInput, "invalid_request"),
        (503, {"error": {"message": "loading"}}, EngineBusy, "engine_busy"),
        (500, b"\xff\xfe", EngineFailed, "engine_failed"),
        (502, [1], EngineFailed, "engine_failed"),
    ],
)
def test_error_bodies_of_any_shape(status: int, body: Any, kind: type[ServiceError], code: str | None) -> None:
    error = error_from(status, body, engine="e")
    assert type(error) is kind
    assert code is None or error.code == code


def test_a_key_that_an_engine_echoes_does_not_reach_the_caller() -> None:
    body = {"error": {"message": "Incorrect API key provided: sk-abc", "code": "invalid_api_key"}}
    assert "sk-abc" not in error_from(401, body, engine="e").detail


def test_the_code_of_an_error_frame_counts_as_its_status() -> None:
    assert isinstance(frame_error({"error": {"message": "m", "code": 400}}, engine="e"), InvalidInput)
    assert isinstance(frame_error({"error": "text"}, engine="e"), EngineFailed)


def test_finish_reasons_are_those_that_clients_know() -> None:
    assert finish_reason("repetition", "e") == ("length", {"finish_detail": "repetition"})
    assert finish_reason("eos", "e") == ("stop", {"finish_detail": "eos"})
    assert finish_reason(None, "e") == (None, None)
    with pytest.raises(EngineFailed):
        finish_reason("abort", "e")


def test_pieces_keep_the_matched_stop_and_skip_what_says_nothing() -> None:
    frame = {"choices": [{"index": 0, "delta": {"content": ""}, "finish_reason": "stop", "stop_reason": "END"}]}
    assert pieces_of(frame, engine="e")[0].extra == {"stop_reason": "END"}
    assert pieces_of({"choices": [{"delta": {"role": "assistant", "content": None}}]}, engine="e") == []
    assert pieces_of({"choices": [{"delta": {"thinking": "hm"}}]}, engine="e")[0].reasoning == "hm"
    assert usage_of({"usage": None}) is None


@pytest.mark.parametrize(
    ("parameters", "kind"),
    [
        ({"response_format": {"type": "json_schema", "json_schema": {"name": "n", "schema": SCHEMA}}}, "json_schema"),
        ({"response_format": {"type": "json_object"}}, "json_object"),
        ({"response_format": {"type": "text"}}, None),
        ({"guided_json": SCHEMA}, "json_schema"),
        ({"guided_choice": ["a", "b"]}, "choice"),
        ({"structured_outputs": {"regex": "a+"}}, "regex"),
        ({"grammar": 'root ::= "a"'}, "grammar"),
        ({}, None),
    ],
)
def test_structured_output_is_one_thing_whatever_it_is_called(parameters: dict[str, Any], kind: str | None) -> None:
    left = dict(parameters)
    structure = take_structure(left)
    assert (structure.kind if structure else None) == kind
    assert left == {}


@pytest.mark.parametrize(
    "parameters",
    [
        {"guided_json": SCHEMA, "guided_choice": ["a"]},
        {"response_format": {"type": "magic"}},
        {"response_format": "json"},
        {"response_format": {"type": "json_schema", "json_schema": {"name": "n"}}},
    ],
)
def test_structured_output_that_makes_no_sense_is_refused(parameters: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        take_structure(parameters)


def _body(kind: type[OpenAICompatibleEngine], structure: Structure) -> dict[str, Any]:
    body: dict[str, Any] = {}
    settings = EngineSettings(id="e", kind="openai")
    kind(settings, pool=None, limits=Limits()).set_structure(body, structure)  # type: ignore[arg-type]
    return body


def test_each_kind_of_engine_has_its_own_words_for_structures() -> None:
    schema = Structure("json_schema", SCHEMA, "n", strict=True)
    assert _body(VllmEngine, schema) == {"structured_outputs": {"json": SCHEMA}}
    assert _body(VllmEngine, Structure("json_object")) == {"structured_outputs": {"json_object": True}}
    assert _body(LlamaCppEngine, schema) == {"json_schema": SCHEMA}
    assert _body(LlamaCppEngine, Structure("json_object")) == {"json_schema": {"type": "object"}}
    assert _body(LlamaCppEngine, Structure("grammar", "g")) == {"grammar": "g"}
    assert _body(LlamaCppEngine, Structure("choice", ["a", 'b"'])) == {"grammar": r'root ::= "a" | "b\""'}
    wrapped = {"name": "n", "schema": SCHEMA, "strict": True}
    assert _body(OpenAICompatibleEngine, schema) == {"response_format": {"type": "json_schema", "json_schema": wrapped}}
    assert _body(OpenAICompatibleEngine, Structure("json_object")) == {"response_format": {"type": "json_object"}}
    for kind in (LlamaCppEngine, OpenAICompatibleEngine):
        with pytest.raises(NotSupported):
            _body(kind, Structure("regex", "a+"))


@pytest.mark.parametrize(
    ("model", "text"),
    [
        ("qwen2.5-coder:7b", "<|im_start|>system\ns<|im_end|>\n<|im_start|>user\nu<|im_end|>\n<|im_start|>assistant\n"),
        ("google/gemma3:27b", "<start_of_turn>user\ns\n\nu<end_of_turn>\n<start_of_turn>model\n"),
        ("Mistral-7B-Instruct-v0.3", "[INST] s\n\nu [/INST]"),
    ],
)
def test_messages_as_the_text_that_a_family_of_models_knows(model: str, text: str) -> None:  # R1.18
    messages = [{"role": "system", "content": "s"}, {"role": "user", "content": "u"}]
    assert render_chat(messages, template_for(model)) == text


def test_turns_of_a_conversation_and_a_system_text_alone() -> None:
    turns = [
        {"role": "user", "content": "{}"},
        {"role": "assistant", "content": "ok"},
        {"role": "user", "content": "u"},
    ]
    assert render_chat(turns, template_for("mixtral")) == "[INST] {} [/INST] ok</s>[INST] u [/INST]"
    assert render_chat([{"role": "system", "content": "s"}], template_for("gemma")).startswith("<start_of_turn>user\ns")
    assert "gpt-oss" not in render_chat(turns, template_for("gpt-oss:20b"))


@pytest.mark.parametrize(
    ("model", "size"),
    [
        ("qwen2.5-coder:7b", "small"),
        ("gpt-oss:20b", "medium"),
        ("qwen3-coder:30b", "medium"),
        ("Qwen2.5-Coder-32B-Instruct-AWQ", "medium"),
        ("Mistral-7B-Instruct-v0.3", "small"),
        ("llama-3.1-70b", "large"),
        ("unnamed", "small"),
    ],
)
def test_the_class_of_a_model_is_read_from_its_name(model: str, size: str) -> None:  # R1.4 R1.18
    assert class_of_model(model, cloud=False) == size
    assert class_of_model("gpt-4o-mini", cloud=True) == "large"


def test_addresses_are_taken_with_and_without_the_version() -> None:
    for url in ("http://h:1", "http://h:1/", "http://h:1/v1", " http://h:1/v1/ "):
        assert EngineSettings(id="e", kind="vllm", base_url=url).base_url == "http://h:1"


def test_the_window_is_the_smaller_of_what_is_set_and_what_is_learned() -> None:
    slot = Slot(BuiltinEngine())
    assert slot.context_window == 131_072
    slot.note(ProbeReport("ready", context_window=512))
    assert slot.context_window == 512
    slot.note(ProbeReport("down"))
    assert (slot.state, slot.context_window) == ("down", 512)


def test_an_engine_that_did_not_change_keeps_its_state_and_a_disabled_one_is_gone() -> None:
    made: list[str] = []

    def make(settings: EngineSettings) -> Any:
        made.append(settings.id)
        engine = BuiltinEngine()
        engine.settings = settings
        return engine

    registry = Registry(make)
    one = EngineSettings(id="one", kind="vllm", model="m")
    registry.apply(EngineTable(engines=(one,), default_engine="one"))
    registry.apply(EngineTable(engines=(one,), default_engine="one"))
    assert made.count("one") == 1
    registry.apply(EngineTable(engines=(one.model_copy(update={"enabled": False}),), default_engine="one"))
    assert registry.default_id == "builtin"


def test_models_cards_of_servers_that_answer_something_else() -> None:
    assert model_card(None, "m") is None
    assert model_card({"data": "?"}, "m") is None
    assert model_card({"data": [{"id": "a"}, {"id": "b"}]}, "m") is None
    assert model_card({"data": [{"id": "only"}]}, "m") == {"id": "only"}


def test_a_server_that_does_not_list_the_model_says_so() -> None:
    settings = EngineSettings(id="e", kind="openai", model="m")
    engine = OpenAICompatibleEngine(settings, pool=None, limits=Limits())  # type: ignore[arg-type]
    assert "does not list" in engine.report({"data": [{"id": "a"}, {"id": "b"}]}).detail
    assert engine.report({"data": [{"id": "m", "max_model_len": 77}]}).context_window == 77


def test_tokens_are_estimated_by_script() -> None:
    assert estimate_tokens("") == 0
    assert estimate_tokens("abcd" * 10) == 10
    assert estimate_tokens("안녕하세요") == 5


def test_members_that_nobody_knows_go_to_the_engine_and_ours_do_not() -> None:
    request = ChatCompletionRequest.model_validate(
        {
            "messages": [{"role": "user", "content": "x", "name": "n"}],
            "top_k": 3,
            "temperature": None,
            "framewright": {"allow_fallback": False},
            "stream": True,
        }
    )
    asked = read_chat(request)
    assert asked.call == EngineCall(
        "chat", messages=[{"role": "user", "content": "x", "name": "n"}], parameters={"top_k": 3}
    )
    assert (asked.model, asked.allow_fallback, asked.stream) == ("default", False, True)
