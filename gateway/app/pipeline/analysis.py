"""Stage 10: the spec out of the engine's answer, or the answer to a question with its citations."""

from typing import Any

from chassis.errors import ServiceError

from ..core.clients.rag import PromptAnswer
from .draft import Draft, stage
from .engine import EngineAnswer
from .ports import Postprocessing, Sink


class Unusable(ServiceError):
    """The engine's answer can't be used; `reason` is for the engine's next try and for people."""

    default_code = "engine_answer_unusable"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class AnalysisStage:
    def __init__(self, client: Postprocessing) -> None:
        self._client = client

    async def run(self, draft: Draft, sink: Sink, answer: EngineAnswer) -> dict[str, Any]:
        """The spec in the answer.

        Raises:
            Unusable: there is no valid one.
        """
        with stage(draft, sink, "analysis") as report:
            analysis = await self._client.analyses(
                {
                    "answer": answer.text,
                    "mode": "spec",
                    "language": draft.language,
                    "framework": draft.framework,
                    "finish_reason": answer.finish_reason,
                },
                **draft.user,
            )
            if analysis.status != "ok" or analysis.spec is None:
                problems = "; ".join(f"{item.path}: {item.message}" for item in analysis.problems[:5])
                raise Unusable(" ".join(filter(None, (analysis.reason, problems))) or analysis.status)
            report.summary = draft.say("analysis")
        return analysis.spec

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
