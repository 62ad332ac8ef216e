"""Stages 1, 2 and 9: what is asked for, the data model in it, and the question where the prompt is too vague."""

from datetime import timedelta
from time import monotonic
from typing import Any

from ..core.clients.intent import IntentAnswer, Question
from ..storage.records import moment, now
from .draft import Draft, stage
from .ports import Intents, Sink


class IntentStage:
    def __init__(self, client: Intents) -> None:
        self._client = client

    async def run(self, draft: Draft, sink: Sink) -> IntentAnswer:
        """The intent; afterwards the draft knows language, framework and data model.

        Raises:
            ServiceError: intent-service refused the request (a 422 names the field), or can't be reached.
        """
        with stage(draft, sink, "intent") as report:
            intent = await self._ask(draft)
            draft.intent = intent
            draft.language = intent.language
            draft.framework = intent.framework or draft.framework
            report.summary = intent.reason or draft.say(f"intent.{intent.kind}")
            draft.pass_on(sink, intent.warnings)
        if intent.data_model is not None:
            self._data_model(draft, sink, intent.data_model)
        sink.record({
            "kind": intent.kind,
            "framework": draft.framework,
            "intent": intent_record(intent),
            "data_model": draft.data_model,
        })  # fmt: skip
        return intent

    async def _ask(self, draft: Draft) -> IntentAnswer:
        order = draft.order
        body: dict[str, Any] = {
            "prompt": draft.prompt,
            "framework": order.framework,
            "language": None,
            "history": order.history,
            "model": order.model,
            "attachments": order.attachments,
        }
        if order.base is not None:
            spec = order.base.spec
            body["base"] = {
                "generation_id": order.base.generation_id,
                "screen_id": spec.get("screen_id", ""),
                "title": spec.get("title", ""),
            }
        return await self._client.intents(body, **draft.user)

    @staticmethod
    def _data_model(draft: Draft, sink: Sink, data_model: dict[str, Any]) -> None:
        with stage(draft, sink, "data_model") as report:
            draft.data_model = data_model
            entities = data_model.get("entities") or []
            fields = sum(len(entity.get("fields") or ()) for entity in entities)
            report.summary = draft.say("data_model", entities=len(entities), fields=fields)


class QuestionStage:
    """Asks the user where the prompt is too vague; a caller that can't be asked gets the defaults at once."""

    def __init__(self, intents: IntentStage, *, limit_s: float) -> None:
        self._intents = intents
        self._limit_s = limit_s

    async def run(self, draft: Draft, sink: Sink, questions: list[Question]) -> bool:
        """Whether an answer changed the request; the draft's prompt then holds it, and the intent is asked again."""
        if not draft.order.interactive:
            for question in questions:
                draft.warn(sink, "question_default", draft.say("question_default", question=question.text))
            return False
        given = await self._answers(draft, sink, questions)
        if not given:
            return False
        draft.prompt = _joined(draft.order.prompt, given, draft.language)
        return True

    async def _answers(self, draft: Draft, sink: Sink, questions: list[Question]) -> list[str]:
        """The answers that differ from the defaults, in words; one time limit holds for all questions."""
        given: list[str] = []
        until = monotonic() + self._limit_s
        with stage(draft, sink, "relay") as report:
            sink.record({"status": "waiting"})
            for question in questions:
                left = max(0.0, until - monotonic())
                sink.emit("question", _event(question, left))
                answer = await sink.answer(question.id, within_s=left)
                if answer is None:
                    draft.warn(sink, "question_timeout", draft.say("question_timeout", question=question.text))
                elif answer != question.default:
                    given.append(_words(question, answer))
            report.summary = draft.say("relay", answer=", ".join(given)) if given else draft.say("relay.default")
            sink.record({"status": "running"})
        return given


def intent_record(intent: IntentAnswer) -> dict[str, Any]:
    return intent.model_dump(exclude={"data_model"})


def _event(question: Question, left_s: float) -> dict[str, Any]:
    return {
        "question_id": question.id,
        "text": question.text,
        "choices": [choice.model_dump() for choice in question.choices],
        "default": question.default,
        "expires_at": moment(now() + timedelta(seconds=left_s)),
    }


def _words(question: Question, answer: str) -> str:
    return next((choice.label for choice in question.choices if choice.value == answer), answer)


def _joined(prompt: str, given: list[str], language: str) -> str:
    """The prompt with the answers where the language has them: in front in Korean, behind in English."""
    said = " ".join(given)
    return f"{said} {prompt}" if language == "ko" else f"{prompt.rstrip(' .!?')}: {said}"
