"""A question at the terminal."""

from datetime import UTC, datetime, timedelta

import pytest

from framewright.asking import LONGEST_WAIT_S, ask
from framewright.messages import Messages, choose_language

QUESTION = {
    "text": "무엇을?",
    "choices": [{"value": "task", "label": "할 일"}, {"value": "member", "label": "회원"}],
    "default": "task",
}


@pytest.mark.parametrize(
    ("typed", "answer"), [("2", "member"), ("", "task"), ("member", "member"), ("9", "9"), (None, None)]
)
def test_a_number_a_value_or_nothing(typed: str | None, answer: str | None):
    said: list[str] = []
    assert ask(QUESTION, say=Messages("ko"), out=said.append, read=lambda _: typed) == answer
    assert said[:3] == ["? 무엇을?", "  1. 할 일  (기본값)", "  2. 회원"]
    assert len(said) == (4 if typed is None else 3)


def test_it_waits_no_longer_than_the_question_lives():
    waited: list[float] = []

    def read(limit_s: float) -> str:
        waited.append(limit_s)
        return "x"

    soon = datetime.now(UTC) + timedelta(seconds=20)
    for expires_at in (soon.isoformat(), "2020-01-01T00:00:00+00:00", None):
        ask({**QUESTION, "expires_at": expires_at}, say=Messages("en"), out=lambda _: None, read=read)
    assert 15 < waited[0] <= 20
    assert waited[1:] == [0, LONGEST_WAIT_S]


@pytest.mark.parametrize(
    ("stated", "environment", "language"),
    [
        (None, {"LANG": "ko_KR.UTF-8"}, "ko"),
        (None, {"LANG": "ko_KR.UTF-8", "LC_ALL": "C"}, "en"),
        (None, {}, "en"),
        ("ko", {"LANG": "C"}, "ko"),
        ("en", {"LANG": "ko_KR"}, "en"),
    ],
)
def test_the_language_is_stated_or_the_locales(stated: str | None, environment: dict[str, str], language: str):
    assert choose_language(stated, environment) == language


def test_an_unknown_stage_keeps_its_name():
    assert Messages("ko").stage("engine") == "생성 엔진"
    assert Messages("ko").stage("new") == "new"
