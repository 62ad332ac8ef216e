"""Questions come from the engine, and from a fixed set where it fails."""

from typing import Any

from app.features.questions.schemas import QuestionsRequest
from app.features.questions.service import QuestionService

from .test_intents_service import FakeEngine

GOOD: dict[str, Any] = {
    "questions": [
        {"id": "q", "text": "?", "choices": [{"value": "a", "label": "A"}], "default": "a"},
        {"id": "r", "text": "?", "choices": [{"value": "a", "label": "A"}], "default": "elsewhere"},
    ]
}


async def test_the_engines_questions_are_taken_where_their_default_is_a_choice() -> None:  # R2.5
    answer = await QuestionService(FakeEngine(GOOD)).ask(QuestionsRequest(prompt="사원 화면"))
    assert (answer.source, [question.id for question in answer.questions]) == ("engine", ["q"])


async def test_the_fixed_set_serves_where_the_engine_fails() -> None:  # R2.5
    for engine in (FakeEngine(None), FakeEngine({"questions": []}), FakeEngine(GOOD, usable=False), None):
        answer = await QuestionService(engine).ask(QuestionsRequest(prompt="employee screen"))
        assert (answer.source, [question.id for question in answer.questions]) == ("fixed", ["pattern", "excel"])
        assert answer.questions[0].text.isascii()
