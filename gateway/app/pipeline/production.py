"""Stages 7 to 11 with their second chances: engine, analysis, post-processing; asked again once, then built in."""

import asyncio
from dataclasses import dataclass

from chassis.errors import Unprocessable, UpstreamFailed, UpstreamRejected, UpstreamTimedOut

from ..core.clients.rag import PromptAnswer
from .analysis import AnalysisStage, Unusable
from .draft import BUILTIN, Draft
from .engine import EngineAnswer, EngineLimits, EngineStage
from .ports import Sink
from .postprocess import PostprocessStage
from .prompt import PromptStage

_FIRST_AND_LAST = 2
"""The engine asked for, and the built-in one; between them the engine again, as often as its profile says."""
_BUILTIN_LIMIT_S = 30.0
"""The built-in engine needs no model: it has this, also where another used up the time of all attempts."""
_SPARED_S = 3.0
"""What an engine leaves of the caller's time, so that the built-in one can still answer within it."""


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages that a production repeats."""

    prompt: PromptStage
    engine: EngineStage
    analysis: AnalysisStage
    postprocess: PostprocessStage


class Production:
    """From the prompt to a checked result in the draft."""

    def __init__(self, stages: Stages, *, limits: EngineLimits, prepare_limit_s: float) -> None:
        self._stages = stages
        self._limits = limits
        self._prepare_limit_s = prepare_limit_s

    async def run(self, draft: Draft, sink: Sink) -> None:
        """The result into the draft: spec and artifacts, or the answer to a question.

        Raises:
            UpstreamFailed, UpstreamTimedOut: no engine, not even the built-in one, or no postprocess-service.
            Unprocessable: a modification that the engine could not make.
        """
        spared = min(self._limits.total_s, max(0.0, draft.left_s() - _SPARED_S))
        until = asyncio.get_running_loop().time() + spared
        prompt = draft.prompt_answer
        assert prompt is not None  # noqa: S101 - the prompt stage has run
        builtin = False
        for attempt in range(1, _attempts(draft) + 1):
            try:
                await self._attempt(draft, sink, prompt, attempt=attempt, builtin=builtin, until=until)
            except _EngineFailed as failure:
                self._give_up_or_fall_back(draft, sink, failure, attempt)
                builtin = True
                prompt = await self._spec_prompt(draft, sink, prompt)
            except _AnswerUnusable as failure:
                self._give_up_or_reset(draft, sink, failure, attempt)
                builtin = attempt == _attempts(draft) - 1
                if builtin:
                    message = draft.say("engine_answer_unusable", reason=failure.reason)
                    draft.warn(sink, "engine_answer_unusable", message)
                    prompt = await self._spec_prompt(draft, sink, prompt)
                else:
                    self._write_directly(draft, sink, failure)
                    draft.limit(self._prepare_limit_s)
                    prompt = await self._stages.prompt.run(draft, sink, retry_reason=failure.reason)
            else:
                return

    async def _spec_prompt(self, draft: Draft, sink: Sink, prompt: PromptAnswer) -> PromptAnswer:
        """The prompt for the built-in engine, which writes specs alone."""
        if not draft.direct:
            return prompt
        draft.direct = False
        draft.limit(self._prepare_limit_s)
        return await self._stages.prompt.run(draft, sink)

    @staticmethod
    def _write_directly(draft: Draft, sink: Sink, failure: "_AnswerUnusable") -> None:
        """In the mode `auto` a spec that is no good is followed by files."""
        if draft.mode == "auto" and draft.task == "spec" and not failure.answer.builtin:
            draft.direct = True
            draft.warn(sink, "spec_unusable", draft.say("spec_unusable", reason=failure.reason))

    async def _attempt(
        self, draft: Draft, sink: Sink, prompt: PromptAnswer, *, attempt: int, builtin: bool, until: float
    ) -> None:
        moment = asyncio.get_running_loop().time()
        until = max(until, moment + _BUILTIN_LIMIT_S) if builtin else until
        draft.limit(until - moment)
        try:
            answer = await self._stages.engine.run(draft, sink, prompt, attempt=attempt, builtin=builtin, until=until)
        except (UpstreamFailed, UpstreamTimedOut) as error:
            raise _EngineFailed(error, builtin=builtin) from error
        except UpstreamRejected as error:  # the built-in one stood in for the engine, and can't write files
            if not draft.direct:
                raise
            raise _EngineFailed(UpstreamFailed(error.detail), builtin=builtin) from error
        draft.degraded = answer.degraded or (builtin and draft.order.model != BUILTIN)
        if answer.degraded:
            self._say_who_answered(draft, sink, answer)
        draft.limit(self._prepare_limit_s)
        try:
            await self._read(draft, sink, prompt, answer)
            draft.attempts[-1]["outcome"] = "usable"
        except Unusable as error:
            draft.attempts[-1]["outcome"] = "unusable"
            raise _AnswerUnusable(error.reason, answer, said=error.said) from error

    async def _read(self, draft: Draft, sink: Sink, prompt: PromptAnswer, answer: EngineAnswer) -> None:
        """Stages 10 and 11."""
        if draft.task in {"answer", "chat"}:
            self._stages.analysis.read_answer(draft, sink, prompt, answer)
            return
        reading = await self._stages.analysis.run(draft, sink, answer)
        if draft.task == "modify" and draft.order.base and reading.spec == draft.order.base.spec:
            message = draft.say("modify_unchanged", engine=answer.engine)
            raise Unprocessable(explained(draft, message, reading.said), code="nothing_modified")
        await self._stages.postprocess.run(draft, sink, reading, prompt)

    def _give_up_or_fall_back(self, draft: Draft, sink: Sink, failure: "_EngineFailed", attempt: int) -> None:
        """The engine failed: the built-in one is next, but can't modify, and has nobody behind it."""
        if failure.builtin or attempt == _attempts(draft) or draft.task == "modify":
            raise failure.error
        reason = failure.error.detail
        sink.emit("reset", {"stage": "engine", "attempt": attempt, "reason": reason})
        draft.warn(sink, "engine_failed", draft.say("engine_failed", reason=reason))

    def _give_up_or_reset(self, draft: Draft, sink: Sink, failure: "_AnswerUnusable", attempt: int) -> None:
        """The answer was no good: another try is next, unless the same answer would come again."""
        if draft.task == "modify" and (attempt >= _attempts(draft) - 1 or failure.answer.builtin):
            message = draft.say("modify_failed", reason=failure.reason)
            raise Unprocessable(explained(draft, message, failure.said), code="modification_failed")
        if failure.answer.builtin or attempt == _attempts(draft):
            message = draft.say("engine_useless", engine=failure.answer.engine, reason=failure.reason)
            raise UpstreamFailed(message, code="engine_answer_unusable")
        sink.emit("reset", {"stage": "engine", "attempt": attempt, "reason": failure.reason})

    @staticmethod
    def _say_who_answered(draft: Draft, sink: Sink, answer: EngineAnswer) -> None:
        message = draft.say("engine_fallback", engine=answer.engine, reason=answer.fallback_reason or "–")
        draft.warn(sink, "engine_fallback", message)


def _attempts(draft: Draft) -> int:
    """With each of them the reason why the answer before was no good goes along."""
    return _FIRST_AND_LAST + draft.profile.repair_budget


def explained(draft: Draft, message: str, said: str) -> str:
    """Why a modification is refused, with the engine's own explanation where it gave one."""
    return f"{message} {draft.say('engine_said', text=said)}" if said else message


class _EngineFailed(Exception):
    def __init__(self, error: UpstreamFailed | UpstreamTimedOut, *, builtin: bool) -> None:
        super().__init__(error.detail)
        self.error = error
        self.builtin = builtin


class _AnswerUnusable(Exception):
    def __init__(self, reason: str, answer: EngineAnswer, *, said: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.answer = answer
        self.said = said
