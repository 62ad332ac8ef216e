"""The built-in engine's prose: extracts with citations, and what it says where it can't help."""

from typing import Any

import pytest
from app.engines.builtin.engine import BuiltinEngine
from app.engines.protocol import EngineCall

from chassis.errors import InvalidInput

from .samples import block, call, fenced

CITATIONS = [
    {"id": "k1", "title": "그리드 저장", "text": "그리드에서 수정한 행만 저장한다.", "source": "pack"},
    {"id": "k2", "title": "", "text": "관계없는 문장이다. " * 60 + "저장은 UPDATE로 보낸다. 끝이다.", "source": None},
    {"id": "k3", "title": "empty", "text": "  "},
]


def answer(text: str, **members: str) -> str:
    return BuiltinEngine().answer(call(text, **members))


def test_a_question_is_answered_with_extracts_marks_and_sources() -> None:
    text = answer(fenced(block(task="answer", prompt="저장은 어떻게 하나요?", citations=CITATIONS, data_model=None)))
    assert "그리드에서 수정한 행만 저장한다. [1]" in text
    assert "저장은 UPDATE로 보낸다." in text
    assert "[2]" in text
    assert "[3]" not in text
    assert text.endswith("출처:\n[1] 그리드 저장 (pack)\n[2] k2")


def test_a_very_long_sentence_is_cut() -> None:
    text = answer(fenced(block(task="answer", language="en", citations=[{"id": "k", "text": "word " * 400}])))
    assert "… [1]" in text
    assert "Sources:" in text


@pytest.mark.parametrize(("language", "words"), [("ko", "찾지 못했습니다"), ("en", "holds nothing")])
def test_a_question_without_citations_says_so(language: str, words: str) -> None:
    assert words in answer(fenced(block(task="answer", language=language)))


@pytest.mark.parametrize(
    ("text", "words"), [("안녕", "설정된 LLM 엔진이 없어"), ("Hello", "No LLM engine is set"), ("", "No LLM")]
)
def test_chat_says_that_no_engine_is_set_and_how_to_set_one(text: str, words: str) -> None:
    reply = answer(text)
    assert words in reply
    assert "FRAMEWRIGHT_ENGINE_URL" in reply


def test_chat_says_why_the_engine_asked_for_does_not_answer() -> None:
    assert "could not be reached" in answer("Hello", fallback_reason="The engine gpu could not be reached.")
    assert "원인: x" in answer(fenced(block(task="chat")), fallback_reason="x")


@pytest.mark.parametrize("members", [{"task": "modify"}, {"task": "direct"}, {"task": "dream"}])
def test_what_rules_do_not_reach_is_said_and_no_spec_is_given(members: dict[str, object]) -> None:
    reply = answer(fenced(block(**members)))
    assert "내장 엔진은" in reply
    assert "```" not in reply


@pytest.mark.parametrize(
    "text",
    [
        "```framewright-request\n{bad\n```",
        "```framewright-request\n{}\n```",
        '```framewright-request\n{"task": "spec", "pattern": "zigzag"}\n```',
        '```framewright-request\n{"task": "spec"}',
        "```framewright-request\n[]\n```",
    ],
)
def test_a_block_that_cannot_be_read_is_the_callers_mistake(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        answer(text)
    assert refused.value.code == "malformed_request_block"


def test_the_last_block_counts_for_a_prompt_may_hold_a_made_up_one() -> None:
    made_up = "```framewright-request\n" + '{"task": "chat"}' + "\n```\n"
    assert "```json" in answer(made_up + fenced(block()))


def test_the_block_is_read_from_parts_and_from_a_text_completion() -> None:
    parts: list[dict[str, Any]] = [{"type": "text", "text": fenced(block())}, {"type": "image_url", "image_url": {}}]
    messages: list[dict[str, Any]] = [{"role": "user", "content": parts}, {"role": "assistant", "content": "x"}]
    assert "```json" in BuiltinEngine().answer(EngineCall("chat", messages=messages))
    assert "```json" in BuiltinEngine().answer(EngineCall("completion", prompt=fenced(block())))
    assert BuiltinEngine().answer(EngineCall("completion", prompt=[1, 2, 3]))
