"""The order of the stages for each kind of request."""

from dataclasses import dataclass, field

from chassis.errors import FieldError, Unprocessable, UpstreamFailed, UpstreamRejected

from ..core.profiles import Profiles
from .analysis import AnalysisStage
from .chat import Conversation, ConversationPrompt
from .draft import BUILTIN, Draft, Order, stage
from .engine import EngineLimits, EngineStage
from .fitting import FittingEngineStage
from .intent import IntentStage
from .knowledge import KnowledgeStage
from .parts import FailingParts
from .pasted import CodeChange, code_of
from .ports import EngineProxy, Intents, Knowledge, ModelProfiles, Postprocessing, Sink
from .postprocess import PostprocessStage
from .production import Production, Stages
from .prompt import PromptStage
from .questions import QuestionStage
from .texts import language_of

_CALLERS_FAULT = frozenset({400, 413, 422})


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds. `prepare_s` holds for stages 1 to 6 together, and again for the reading of an answer."""

    prepare_s: float
    question_s: float
    engine: EngineLimits


@dataclass(frozen=True, slots=True)
class Upstreams:
    intents: Intents
    knowledge: Knowledge
    engines: EngineProxy
    postprocessing: Postprocessing
    profiles: ModelProfiles = field(default_factory=Profiles)


class Pipeline:
    def __init__(self, upstreams: Upstreams, limits: Limits) -> None:
        self._limits = limits
        self._engines = upstreams.engines
        self._profiles = upstreams.profiles
        self._intent = IntentStage(upstreams.intents)
        self._question = QuestionStage(upstreams.intents, limit_s=limits.question_s)
        self._knowledge = KnowledgeStage(upstreams.knowledge)
        self._prompt = PromptStage(upstreams.knowledge)
        self._production = Production(
            Stages(
                prompt=self._prompt,
                engine=FittingEngineStage(upstreams.engines, limits.engine, self._prompt),
                analysis=AnalysisStage(upstreams.postprocessing),
                postprocess=_postprocess(upstreams, limits),
            ),
            limits=limits.engine,
            prepare_limit_s=limits.prepare_s,
        )
        plain = EngineStage(upstreams.engines, limits.engine)
        self._code = CodeChange(upstreams.knowledge, plain, upstreams.postprocessing, limits.engine)
        self._chat = chat_of(upstreams, limits, self._knowledge)

    async def run(self, draft: Draft, sink: Sink) -> None:
        """Fills the draft; the error that it raises is why the generation failed."""
        try:
            await self._stages(draft, sink)
        except UpstreamRejected as error:
            if error.status in _CALLERS_FAULT:
                raise
            raise UpstreamFailed(f"{error.upstream} failed: {error.detail}") from error

    async def _stages(self, draft: Draft, sink: Sink) -> None:
        draft.limit(self._limits.prepare_s)
        engines = await self._engines.engines()
        draft.engine = engines.find(draft.order.model) if engines else None
        profile = self._profiles.of(draft.engine.model if draft.engine else draft.order.model)
        draft.profile = profile.with_values(draft.order.values)
        if draft.order.chat:
            await self._chat.run(draft, sink)
            return
        self._choose_mode(draft, sink)
        intent = await self._intent.run(draft, sink)
        if intent.needs_clarification and intent.kind == "generate":
            changed = await self._question.run(draft, sink, intent)
            draft.limit(self._limits.prepare_s)
            if changed:
                intent = await self._intent.run(draft, sink)
        if intent.kind == "unsupported":
            return
        if intent.kind == "modify" and draft.order.base is None:
            files = code_of(draft.order)
            if not files:
                message = draft.say("no_base")
                fields = [FieldError("base_generation_id", message)]
                raise Unprocessable(message, code="nothing_to_modify", errors=fields)
            await self._code.run(draft, sink, files)
        else:
            await self._knowledge.run(draft, sink)
            await self._prompt.run(draft, sink)
            await self._production.run(draft, sink)
        with stage(draft, sink, "result") as report:
            report.summary = draft.say("result")

    @staticmethod
    def _choose_mode(draft: Draft, sink: Sink) -> None:
        """The built-in engine writes specs alone: asked for files, it gives them by way of a spec, and says so."""
        if draft.mode != "direct":
            return
        builtin = draft.order.model == BUILTIN or (draft.engine is not None and draft.engine.id == BUILTIN)
        draft.direct = not builtin
        if builtin:
            draft.warn(sink, "direct_needs_a_model", draft.say("direct_needs_a_model"))


def _postprocess(upstreams: Upstreams, limits: Limits) -> PostprocessStage:
    parts = FailingParts(upstreams.engines, upstreams.postprocessing, limits.engine)
    return PostprocessStage(upstreams.postprocessing, parts)


def chat_of(upstreams: Upstreams, limits: Limits, knowledge: KnowledgeStage) -> Conversation:
    prompt = ConversationPrompt(upstreams.knowledge)
    stages = Stages(
        prompt=prompt,
        engine=FittingEngineStage(upstreams.engines, limits.engine, prompt),
        analysis=AnalysisStage(upstreams.postprocessing),
        postprocess=_postprocess(upstreams, limits),
    )
    return Conversation(knowledge, prompt, Production(stages, limits=limits.engine, prepare_limit_s=limits.prepare_s))


def new_draft(order: Order) -> Draft:
    return Draft(order=order, language=language_of(order.prompt), prompt=order.prompt, framework=order.framework)
