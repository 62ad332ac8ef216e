"""Stage 10: the spec out of the engine's answer, or the answer to a question with its citations."""

from dataclasses import dataclass
from typing import Any

from chassis.errors import ServiceError

from ..core.clients.rag import PromptAnswer
from .draft import Draft, stage
from .engine import EngineAnswer
from .ports import Postprocessing, Sink

MAX_SAID = 600


class Unusable(ServiceError):
    """The engine's answer can't be used; `reason` is for the engine's next try and for people.

    `said` is what the engine itself said about it.
    """

    default_code = "engine_answer_unusable"

    def __init__(self, reason: str, *, said: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.said = said


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer holds: a spec, or files that the engine wrote itself."""

    spec: dict[str, Any] | None
    files: list[dict[str, Any]]
    said: str = ""
    """What the engine said around it."""


class AnalysisStage:
    def __init__(self, client: Postprocessing) -> None:
        self._client = client

    async def run(self, draft: Draft, sink: Sink, answer: EngineAnswer) -> Reading:
        """The spec in the answer, or the files in it where these were asked for.

        Raises:
            Unusable: there is nothing valid in it.
        """
        with stage(draft, sink, "analysis") as report:
            analysis = await self._client.analyses(
                {
                    "answer": answer.text,
                    "mode": self._mode(draft, answer),
                    "language": draft.language,
                    "framework": draft.framework,
                    "finish_reason": answer.finish_reason,
                },
                **draft.user,
            )
            if analysis.status != "ok" or (analysis.spec is None and not (draft.direct and analysis.files)):
                problems = "; ".join(f"{item.path}: {item.message}" for item in analysis.problems[:5])
                reason = " ".join(filter(None, (analysis.reason, problems))) or analysis.status
                raise Unusable(reason, said=shortened(analysis.text))
            if analysis.spec is None:
                report.summary = draft.say("analysis.files", files=len(analysis.files))
                return Reading(None, analysis.files, shortened(analysis.text))
            report.summary = draft.say("analysis")
        return Reading(analysis.spec, [], shortened(analysis.text))

    @staticmethod
    def _mode(draft: Draft, answer: EngineAnswer) -> str:
        """A prompt of our own asks for a spec in any case: then either will do."""
        if draft.task != "direct":
            return "spec"
        bare = bool(draft.prompts and draft.prompts[-1].get("fallback"))
        return "auto" if bare or answer.builtin else "direct"

    def read_answer(self, draft: Draft, sink: Sink, prompt: PromptAnswer, answer: EngineAnswer) -> None:
        """The text that answers a question, and the knowledge that it rests on, into the draft."""
        with stage(draft, sink, "analysis") as report:
            if not answer.text.strip():
                raise Unusable("empty")
            used = set(prompt.hits_used)
            draft.answer = answer.text.strip()
            draft.citations = [
                hit.model_dump(include={"id", "title", "kind", "score", "source"})
                for hit in draft.search.hits
                if not used or hit.id in used
            ]
            report.summary = draft.say("analysis.answer")


def shortened(text: str | None) -> str:
    """An explanation as a problem's detail holds it."""
    plain = " ".join((text or "").split())
    return plain if len(plain) <= MAX_SAID else f"{plain[:MAX_SAID]}…"
