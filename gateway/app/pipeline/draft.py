"""A generation on its way: what was ordered, and what the stages have found and made so far."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from math import inf
from time import monotonic, perf_counter
from typing import Any

from chassis.deadlines import clear_deadline, set_deadline_in
from chassis.errors import ServiceError

from ..core.clients.intent import IntentAnswer, Question
from ..core.clients.llm import Engine
from ..core.clients.models import Warning_
from ..core.clients.postprocess import Emission
from ..core.clients.rag import PromptAnswer, SearchAnswer
from ..core.profiles import Profile
from .ports import Sink
from .texts import say

BUILTIN = "builtin"


@dataclass(frozen=True, slots=True)
class BaseScreen:
    """The earlier generation that may be modified."""

    generation_id: str
    spec: dict[str, Any]
    data_model: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Order:
    """What a caller asked for. `interactive`: the caller can be asked back. `request` is kept as the record."""

    id: str
    created_at: datetime
    prompt: str
    user_id: str
    role: str = ""
    mode: str = "spec"
    mode_given: bool = False
    """Whether the caller chose the mode; if not, the model's profile may."""
    framework: str | None = None
    model: str | None = None
    session_id: str | None = None
    channel: str = "rest"
    interactive: bool = False
    strictness: str = "relaxed"
    artifacts: list[str] | None = None
    emission: dict[str, Any] = field(default_factory=dict)
    """Options of the files, as postprocess-service takes them: the SQL's dialect, choices of the framework."""
    attachments: list[dict[str, Any]] = field(default_factory=list)
    history: list[dict[str, Any]] = field(default_factory=list)
    base: BaseScreen | None = None
    request: dict[str, Any] = field(default_factory=dict)
    deadline_at: datetime | None = None
    """When the caller's patience ends: every stage's limit comes out of what is left until then."""
    webhook: dict[str, Any] | None = None
    chat: bool = False
    """A turn of a conversation: no intent is asked for, any subject is welcome."""
    temperature: float | None = None
    max_tokens: int | None = None
    system_prompt: str = ""
    use_knowledge: bool = False
    templates: list[dict[str, Any]] = field(default_factory=list)
    """Versions of prompt templates for this generation alone, in place of those in production."""
    values: dict[str, Any] = field(default_factory=dict)
    """Values of the model's profile for this generation alone, in place of those in force."""
    experiment: str | None = None
    arm: str | None = None
    """Of an A/B test: which one sent the generation its way, and to which arm."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What an engine's refusal for length taught: tokens for each estimated one, and its real window."""

    ratio: float
    window: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that the user was asked, and when the time for an answer is over."""

    question: Question
    expires_at: datetime


@dataclass(slots=True)
class Draft:
    """Filled by the stages in order."""

    order: Order
    language: str
    prompt: str = ""
    framework: str | None = None
    intent: IntentAnswer | None = None
    data_model: dict[str, Any] | None = None
    engine: Engine | None = None
    profile: Profile = field(default_factory=Profile)
    """Values of the engine's model, where the request does not say."""
    direct: bool = False
    """Whether the engine writes the files itself, in place of a spec."""
    search: SearchAnswer = field(default_factory=SearchAnswer)
    prompt_answer: PromptAnswer | None = None
    fit: Fit | None = None
    prompts: list[dict[str, Any]] = field(default_factory=list)
    raw_answers: list[dict[str, Any]] = field(default_factory=list)
    attempts: list[dict[str, Any]] = field(default_factory=list)
    """How each attempt of an engine ended, for the figures by model."""
    spec: dict[str, Any] | None = None
    emission: Emission | None = None
    answer: str | None = None
    citations: list[dict[str, Any]] = field(default_factory=list)
    engine_id: str | None = None
    engine_model: str | None = None
    degraded: bool = False
    usage: dict[str, int] = field(default_factory=dict)
    timings: dict[str, float] = field(default_factory=dict)
    warnings: list[dict[str, Any]] = field(default_factory=list)
    asked: dict[str, Asked] = field(default_factory=dict)
    """The questions asked so far, by id; also those of an earlier owner of the generation."""
    until: float = inf
    """The end of the caller's time, on the monotonic clock."""
    started: float = field(default_factory=perf_counter)

    @property
    def task(self) -> str:
        """The prompt's task for the kind of intent."""
        tasks = {"question": "answer", "modify": "modify", "chat": "chat"}
        return tasks.get(self.kind or "", "direct" if self.direct else "spec")

    @property
    def mode(self) -> str:
        """As the caller says, else as the model does best."""
        return self.order.mode if self.order.mode_given else self.profile.mode or self.order.mode

    @property
    def kind(self) -> str | None:
        if self.order.chat:
            return "chat"
        return self.intent.kind if self.intent else None

    @property
    def user(self) -> dict[str, str]:
        return {"user_id": self.order.user_id, "role": self.order.role}

    def say(self, key: str, **values: object) -> str:
        return say(self.language, key, **values)

    def warn(self, sink: Sink, code: str, message: str) -> None:
        """Tells the client, and keeps it for the result; each warning once."""
        warning = {"code": code, "message": message}
        if warning not in self.warnings:
            self.warnings.append(warning)
            sink.emit("warning", warning)

    def pass_on(self, sink: Sink, warnings: list[Warning_]) -> None:
        """Warnings of the services behind the stages."""
        for warning in warnings:
            self.warn(sink, warning.code, warning.message)

    def add_usage(self, usage: dict[str, Any] | None) -> None:
        for name in ("prompt_tokens", "completion_tokens", "total_tokens"):
            value = (usage or {}).get(name)
            if isinstance(value, int):
                self.usage[name] = self.usage.get(name, 0) + value

    def left_s(self) -> float:
        """Seconds of the caller's time that are left."""
        return max(0.0, self.until - monotonic())

    def limit(self, seconds: float) -> None:
        """Gives what follows so long, out of what the caller has left; the services hear of it."""
        clear_deadline()
        set_deadline_in(min(seconds, self.left_s()))

    def elapsed_ms(self) -> float:
        return round((perf_counter() - self.started) * 1000, 1)


@dataclass(slots=True)
class StageReport:
    """What a stage says when it ends."""

    summary: str = ""
    fallback: str | None = None


@contextmanager
def stage(draft: Draft, sink: Sink, name: str) -> Iterator[StageReport]:
    """A stage's events, started to completed or failed, and its time; a repeated stage adds up."""
    sink.emit("stage", {"stage": name, "status": "started"})
    started = perf_counter()
    report = StageReport()
    status = "failed"
    try:
        yield report
        status = "completed"
    except ServiceError as error:
        report.summary = report.summary or error.detail
        raise
    finally:
        ms = round((perf_counter() - started) * 1000, 1)
        draft.timings[name] = round(draft.timings.get(name, 0.0) + ms, 1)
        data: dict[str, Any] = {"stage": name, "status": status, "ms": ms, "summary": report.summary}
        if report.fallback:
            data["fallback"] = report.fallback
        sink.emit("stage", data)
