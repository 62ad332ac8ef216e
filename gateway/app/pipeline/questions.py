"""Stage 9: the questions where a prompt is too vague; their answers change the request."""

from datetime import datetime, timedelta
from typing import Any

from chassis.deadlines import clear_deadline
from chassis.errors import UpstreamFailed, UpstreamRejected, UpstreamTimedOut

from ..core.clients.intent import IntentAnswer, Question
from ..storage.records import moment, now
from .draft import Asked, Draft, stage
from .intent import intent_record
from .ports import Intents, Sink

_ENGINE = "engine"


class QuestionStage:
    """Asks the user where the prompt is too vague; a caller that can't be asked gets the defaults at once."""

    def __init__(self, intents: Intents, *, limit_s: float) -> None:
        self._intents = intents
        self._limit_s = limit_s

    async def run(self, draft: Draft, sink: Sink, intent: IntentAnswer) -> bool:
        """Whether an answer changed the request; the draft's prompt then holds it, and the intent is asked again."""
        if not draft.order.interactive:
            for question in intent.questions:
                draft.warn(sink, "question_default", draft.say("question_default", question=question.text))
            return False
        with stage(draft, sink, "relay") as report:
            if draft.asked:
                intent.questions = [asked.question for asked in draft.asked.values()]
            elif not await self._propose(draft, intent):
                report.fallback = "fixed"
            sink.record({"status": "waiting", "intent": intent_record(intent)})
            clear_deadline()
            given = await self._answers(draft, sink, intent.questions)
            report.summary = draft.say("relay", answer=", ".join(given)) if given else draft.say("relay.default")
            sink.record({"status": "running"})
        if given:
            draft.prompt = _joined(draft.order.prompt, given, draft.language)
        return bool(given)

    async def _propose(self, draft: Draft, intent: IntentAnswer) -> bool:
        """Puts an engine's questions in place of the fixed ones, where it has any; False where nobody could be asked.

        The fixed ones came with the intent.
        """
        body = {
            "prompt": draft.prompt,
            "language": draft.language,
            "data_model": intent.data_model,
            "model": draft.order.model,
        }
        try:
            answer = await self._intents.questions(body, **draft.user)
        except (UpstreamFailed, UpstreamTimedOut, UpstreamRejected):
            return False
        if answer.source == _ENGINE and answer.questions:
            intent.questions = answer.questions
        return True

    async def _answers(self, draft: Draft, sink: Sink, questions: list[Question]) -> list[str]:
        """The answers that differ from the defaults, in words; one time limit holds for all questions."""
        given: list[str] = []
        expires_at = min((asked.expires_at for asked in draft.asked.values()), default=self._end(draft))
        for question in questions:
            if question.id not in draft.asked:
                sink.emit("question", _event(question, expires_at))
                draft.asked[question.id] = Asked(question, expires_at)
            left_s = max(0.0, (expires_at - now()).total_seconds())
            answer = await sink.answer(question.id, within_s=left_s)
            if answer is None:
                draft.warn(sink, "question_timeout", draft.say("question_timeout", question=question.text))
            elif answer != question.default:
                given.append(_words(question, answer))
        return given

    def _end(self, draft: Draft) -> datetime:
        return now() + timedelta(seconds=min(self._limit_s, draft.left_s()))


def _event(question: Question, expires_at: datetime) -> dict[str, Any]:
    return {
        "question_id": question.id,
        "text": question.text,
        "choices": [choice.model_dump() for choice in question.choices],
        "default": question.default,
        "expires_at": moment(expires_at),
    }


def _words(question: Question, answer: str) -> str:
    return next((choice.label for choice in question.choices if choice.value == answer), answer)


def _joined(prompt: str, given: list[str], language: str) -> str:
    """The prompt with the answers where the language has them: in front in Korean, behind in English."""
    said = " ".join(given)
    return f"{said} {prompt}" if language == "ko" else f"{prompt.rstrip(' .!?')}: {said}"
