"""R4.4: options, defaults, the limit of the prompt, and the clean-up of answers."""

import pytest
from app.features.ollama.cleaning import cleaned
from app.features.ollama.schemas import ChatRequest, GenerateRequest
from app.features.ollama.service import Defaults, read_chat, read_generate


def _generate(**members: object) -> GenerateRequest:
    return GenerateRequest.model_validate({"prompt": "p", **members})


def test_the_defaults_of_generate() -> None:  # R4.4
    wanted = read_generate(_generate(), Defaults(), "u")
    assert wanted.asked.call.parameters["max_tokens"] == 24
    assert wanted.asked.budget.max_time_s == 20
    assert wanted.asked.budget.stop_think is False
    assert wanted.asked.stream is True
    assert wanted.asked.user == "u"
    assert wanted.clean is False  # a stream is sent as it comes
    assert read_generate(_generate(stream=False), Defaults(), "").clean is True
    assert read_generate(_generate(stream=False), Defaults(clean=False), "").clean is False
    assert read_generate(_generate(clean=True), Defaults(clean=False), "").clean is True


@pytest.mark.parametrize("inside", [True, False])
def test_the_options_may_stand_in_options_or_beside_them(inside: bool) -> None:  # R4.4
    own = {"num_predict": 5, "max_time": 3, "stop_think": True, "system": "be kind", "ctx_chars": 2}
    members = {"options": own} if inside else own
    wanted = read_generate(_generate(prompt="abcd", **members), Defaults(), "")
    assert wanted.asked.call.parameters["max_tokens"] == 5
    assert (wanted.asked.budget.max_time_s, wanted.asked.budget.stop_think) == (3, True)
    assert wanted.asked.call.messages == [
        {"role": "system", "content": "be kind"},
        {"role": "user", "content": "cd"},
    ]
    assert wanted.cut == 2


def test_other_options_go_on_and_formats_are_structures() -> None:
    options = {"temperature": 0.5, "repeat_penalty": 1.1, "num_predict": -1, "num_ctx": 9, "stop": ["x"]}
    wanted = read_generate(_generate(options=options, format="json", think="low", keep_alive="1m"), Defaults(), "")
    assert wanted.asked.call.parameters == {
        "temperature": 0.5, "stop": ["x"], "repetition_penalty": 1.1, "think": "low", "keep_alive": "1m"
    }  # fmt: skip
    assert wanted.asked.call.structure is not None
    assert wanted.asked.call.structure.kind == "json_object"
    schema = read_generate(_generate(format={"type": "object"}), Defaults(), "").asked.call.structure
    assert schema is not None
    assert schema.kind == "json_schema"
    raw = read_generate(_generate(raw=True), Defaults(), "").asked.call
    assert (raw.kind, raw.prompt) == ("completion", "p")
    assert read_generate(_generate(suffix="end"), Defaults(), "").asked.call.kind == "completion"
    pictures = read_generate(_generate(images=["AA"]), Defaults(), "").asked.call.messages[0]["content"]
    assert pictures[1]["image_url"]["url"].endswith("AA")


def test_a_conversation_keeps_its_newest_messages_and_its_system_text() -> None:  # R4.4
    messages = [
        {"role": "system", "content": "s" * 10},
        {"role": "user", "content": "old"},
        {"role": "assistant", "content": "middle", "tool_calls": [{"function": {"name": "f", "arguments": {"a": 1}}}]},
        {"role": "tool", "content": "t", "thinking": "so"},
        {"role": "user", "content": "newest"},
    ]
    request = ChatRequest.model_validate({"messages": messages, "ctx_chars": 9, "tools": [{"type": "function"}]})
    wanted = read_chat(request, Defaults(), "")
    sent = wanted.asked.call.messages
    assert [message["content"] for message in sent] == ["s" * 10, "le", "t", "newest"]
    assert sent[1]["tool_calls"][0]["function"] == {"name": "f", "arguments": '{"a":1}'}
    assert sent[2]["tool_call_id"] == "call_0"
    assert wanted.cut == 7
    only_system = ChatRequest.model_validate({"messages": [{"role": "user", "content": "x"}], "system": "kind"})
    assert read_chat(only_system, Defaults(), "").asked.call.messages[0] == {"role": "system", "content": "kind"}


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("<think>hm</think>\n답변: 조회<|im_end|>", "조회"),
        ("thinking aloud</think> yes", "yes"),
        ("Sure! Here is the code:\n```python\nx = 1\n```", "x = 1"),
        ('"quoted"', "quoted"),
        ("plain text", "plain text"),
        ("Answer:", "Answer:"),  # cleaned away: weakly cleaned
        ('<think>say "hello" twice', "hello"),  # nothing but a thought: what it quotes
        ("<think>nothing else", "<think>nothing else"),  # nothing at all: as it came
        ("", ""),
    ],
)
def test_clean_else_weakly_cleaned_else_quoted_else_raw(raw: str, clean: str) -> None:  # R4.4
    assert cleaned(raw) == clean
