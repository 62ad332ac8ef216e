"""Asks an engine for a plan or for edits: greedy, short, and stopped as soon as what was asked for is closed."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Protocol, cast

from chassis.errors import UpstreamTimedOut

from ...core.clients.llm import Chunk, Engine, Engines, StreamLimits
from ...core.clients.rag import PromptAnswer
from ...core.identity import User
from ...pipeline.ports import EngineProxy

BUILTIN = "builtin"
_BUILTIN_WINDOW = 1_000_000
_CLOUD = "openai"
_DEFAULT_WINDOW = 4_096


class Prompting(Protocol):
    async def prompts(self, body: dict[str, Any], *, user_id: str, role: str) -> PromptAnswer: ...


@dataclass(frozen=True, slots=True)
class Question:
    """How an engine is asked. `until` is a moment of the loop's clock."""

    model: str
    max_new_tokens: int
    penalty: float
    until: float
    limit_s: float
    stop_at_json: bool
    fences: int = 0
    """How many fences the answer ends with, where it is no JSON."""


@dataclass(slots=True)
class EngineText:
    text: str = ""
    finish_reason: str | None = None
    engine: str = "unknown"
    degraded: bool = False

    @property
    def builtin(self) -> bool:
        return self.engine == BUILTIN


class EngineDesk:
    def __init__(self, *, engines: EngineProxy, prompts: Prompting) -> None:
        self._engines = engines
        self._prompts = prompts

    async def engine(self, model: str | None) -> Engine | None:
        """The engine that will be asked; None while llm-proxy can't say."""
        engines: Engines | None = await self._engines.engines()
        return engines.find(model) if engines is not None else None

    async def prompt(self, body: dict[str, Any], engine: Engine | None, user: User, *, room: int) -> PromptAnswer:
        """The messages; `room` is the window that they share with the answer. The built-in engine has no limit."""
        builtin = engine is not None and engine.builtin
        model_class = engine.model_class if engine else None
        window = _BUILTIN_WINDOW if builtin else room
        request = {**body, "hits": [], "context_window": window, "model_class": model_class}
        return await self._prompts.prompts(request, user_id=user.id, role=user.role)

    async def ask(self, prompt: PromptAnswer, question: Question, engine: Engine | None, user: User) -> EngineText:
        """The engine's answer, as far as it was needed.

        Raises:
            UpstreamFailed, UpstreamTimedOut: no engine answered, or none in time.
        """
        answer = EngineText()
        limits = StreamLimits(question.limit_s, question.limit_s)
        stream = self._engines.chat(_body(prompt, question, engine), limits=limits, user_id=user.id, role=user.role)
        try:
            async with (
                asyncio.timeout_at(question.until),
                aclosing(cast("AsyncGenerator[Chunk, None]", stream)) as chunks,
            ):
                async for chunk in chunks:
                    answer.text += chunk.text
                    answer.finish_reason = chunk.finish_reason or answer.finish_reason
                    answer.engine = chunk.engine or answer.engine
                    answer.degraded = answer.degraded or chunk.degraded
                    if question.fences and fences_closed(answer.text) >= question.fences:
                        answer.finish_reason = "stop"
                        break
        except TimeoutError as error:
            if answer.text:
                answer.finish_reason = "length"
                return answer
            raise UpstreamTimedOut(
                f"The engine behind llm-proxy said nothing within {question.limit_s:.0f} s."
            ) from error
        return answer


def window_of(engine: Engine | None) -> int:
    return (engine.context_window if engine else None) or _DEFAULT_WINDOW


def _body(prompt: PromptAnswer, question: Question, engine: Engine | None) -> dict[str, Any]:
    """Greedy: temperature 0, and nothing else of sampling; a cloud's API refuses members that it does not know."""
    remaining = max(0.1, question.until - asyncio.get_running_loop().time())
    body: dict[str, Any] = {
        "model": question.model,
        "messages": prompt.messages,
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0,
        "max_tokens": question.max_new_tokens,
        "framewright": {
            "allow_fallback": True,
            "max_time_s": round(remaining, 3),
            "stop_at_json": question.stop_at_json,
        },
    }
    if engine is None or engine.kind != _CLOUD:
        body["repetition_penalty"] = question.penalty
    if prompt.response_schema is not None:
        schema = {"name": "answer", "schema": prompt.response_schema, "strict": True}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    return body


def fences_closed(text: str) -> int:
    """How many code fences of an answer are closed."""
    closed, fence = 0, ""
    for line in text.split("\n")[:-1]:
        mark = line.strip()
        if not fence and mark.startswith("```"):
            fence = mark[: len(mark) - len(mark.lstrip("`"))]
        elif fence and mark == fence:
            closed, fence = closed + 1, ""
    last = text.rpartition("\n")[2].strip()
    return closed + 1 if fence and last == fence else closed
