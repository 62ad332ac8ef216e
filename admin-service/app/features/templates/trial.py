"""Trying a template out: the prompt that it makes of a sample, and what an engine answers to it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Protocol

import orjson

from chassis import sse
from chassis.errors import NotFound, ServiceError, problem

from ...core.errors import invalid_field
from ...db.audit import Actor

DRAFT = "draft"


class Prompts(Protocol):
    """rag-service."""

    async def prompt(self, body: dict[str, Any], *, user_id: str, role: str) -> dict[str, Any]: ...


class Engines(Protocol):
    """llm-proxy."""

    async def engines(self, *, user_id: str, role: str) -> Sequence[Mapping[str, Any]]: ...

    def chat(self, body: dict[str, Any], *, user_id: str, role: str) -> AsyncIterator[Mapping[str, Any]]: ...


@dataclass(frozen=True, slots=True)
class Sample:
    """What a template is tried with: the text that stands in an editor, and the variables of a request."""

    framework: str
    name: str
    task: str
    content: str
    variables: Mapping[str, Any]
    knowledge: bool
    engine: str | None


@dataclass(slots=True)
class _Answer:
    """What came of an engine so far."""

    started: float
    first_s: float | None = None
    about: dict[str, Any] = field(default_factory=dict)

    def completed(self) -> dict[str, Any]:
        spent = perf_counter() - self.started
        first = None if self.first_s is None else self.first_s * 1000
        named = {"engine": None, "model": None, "finish_reason": None, "usage": None}
        return {**named, **self.about, "ms": spent * 1000, "first_ms": first}


class TrialService:
    def __init__(self, prompts: Prompts, engines: Engines) -> None:
        self._prompts = prompts
        self._engines = engines

    async def render(self, actor: Actor, sample: Sample) -> dict[str, Any]:
        """The prompt as it would be sent: messages, tokens by section, what was cut.

        Raises:
            UpstreamRejected: the template or a variable is wrong, and which.
            NotFound: there is no such engine.
        """
        engine = await self._engine(actor, sample.engine) if sample.engine else {}
        sizes = {
            name: engine[name]
            for name in ("context_window", "max_output_tokens", "model_class")
            if engine.get(name) is not None
        }
        body = {
            **sample.variables,
            **sizes,
            "task": sample.task,
            "framework": sample.framework,
            "template": {
                "id": f"{sample.framework}/{sample.name}", "framework": sample.framework, "task": sample.task,
                "version": DRAFT, "content": sample.content,
            },
        }  # fmt: skip
        if not sample.knowledge:
            body["hits"] = []
        return await self._prompts.prompt(body, user_id=actor.user_id, role=actor.role)

    async def run(self, actor: Actor, sample: Sample, *, instance: str) -> AsyncIterator[bytes]:
        """Events: `prompt`, `delta` …, then `completed`, or `failed` with the problem in the engine's own words."""
        try:
            prompt = await self.render(actor, sample)
            yield _event("prompt", prompt)
            answer = _Answer(perf_counter())
            async for frame in self._engines.chat(_body(sample, prompt), user_id=actor.user_id, role=actor.role):
                for channel, text in _texts(frame, answer):
                    yield _event("delta", {"channel": channel, "text": text})
            yield _event("completed", answer.completed())
        except ServiceError as error:
            yield _event("failed", problem(error, instance=instance))

    async def _engine(self, actor: Actor, engine_id: str) -> Mapping[str, Any]:
        engines = await self._engines.engines(user_id=actor.user_id, role=actor.role)
        found = next((engine for engine in engines if engine.get("id") == engine_id), None)
        if found is None:
            raise NotFound(f"There is no engine {engine_id}; llm-proxy knows new ones after a few seconds.")
        return found


def checked_engine(engine: str | None) -> str:
    """Raises Unprocessable where none is chosen."""
    if not engine:
        raise invalid_field("engine", "Choose the engine that is to answer.", "missing")
    return engine


def _body(sample: Sample, prompt: Mapping[str, Any]) -> dict[str, Any]:
    """No other engine may answer in its place: it is this one that is tried."""
    body = {
        "model": sample.engine,
        "messages": prompt["messages"],
        "stream": True,
        "framewright": {"allow_fallback": False},
    }
    if prompt.get("response_schema"):
        schema = {"name": "screen_spec", "schema": prompt["response_schema"], "strict": True}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    return body


def _texts(frame: Mapping[str, Any], answer: _Answer) -> list[tuple[str, str]]:
    """The texts of a frame by channel; what else it says is kept."""
    choice = (frame.get("choices") or [{}])[0]
    delta = choice.get("delta") or {}
    about = frame.get("framewright") or {}
    known = {
        "engine": about.get("engine"), "model": about.get("model") or frame.get("model"), "usage": frame.get("usage"),
        "finish_reason": choice.get("finish_reason"),
    }  # fmt: skip
    answer.about |= {name: value for name, value in known.items() if value}
    channels = {"reasoning": delta.get("reasoning_content"), "answer": delta.get("content")}
    texts = [(channel, text) for channel, text in channels.items() if text]
    if texts and answer.first_s is None:
        answer.first_s = perf_counter() - answer.started
    return texts


def _event(name: str, data: Mapping[str, Any]) -> bytes:
    return sse.encode(orjson.dumps(data), event=name)
