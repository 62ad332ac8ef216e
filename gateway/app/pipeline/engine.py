"""Stages 7 and 8: the engine's stream, relayed as deltas."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from time import perf_counter
from typing import Any, cast

from chassis.errors import UpstreamTimedOut

from ..core.clients.llm import Chunk, StreamLimits
from ..core.clients.rag import PromptAnswer
from .draft import BUILTIN, Draft, stage
from .ports import EngineProxy, Sink

Chunks = AsyncGenerator[Chunk, None]


MOST_CHARACTERS = 2_000_000
"""Of one answer, reasoning included: ten times the longest that a window of 131,072 tokens leaves room for in code."""


@dataclass(frozen=True, slots=True)
class EngineLimits:
    """Seconds: to the first byte (longer while a model loads), between two, and for all attempts together."""

    first_byte_s: float
    loading_first_byte_s: float
    gap_s: float
    total_s: float


@dataclass(slots=True)
class EngineAnswer:
    """What the engine said, whole."""

    attempt: int
    text: str = ""
    reasoning: str = ""
    finish_reason: str | None = None
    engine: str = "unknown"
    model: str | None = None
    degraded: bool = False
    fallback_reason: str | None = None
    adapter: str | None = None
    sent: bool = False
    """Whether any delta of this attempt went to the client."""

    @property
    def builtin(self) -> bool:
        return self.engine == BUILTIN


class EngineStage:
    def __init__(self, proxy: EngineProxy, limits: EngineLimits) -> None:
        self._proxy = proxy
        self._limits = limits

    async def run(
        self, draft: Draft, sink: Sink, prompt: PromptAnswer, *, attempt: int, builtin: bool, until: float
    ) -> EngineAnswer:
        """The engine's answer; `builtin` asks for the engine without a model; `until` is a moment of the loop's clock.

        Raises:
            UpstreamFailed: llm-proxy or the engine failed, before or inside the stream.
            UpstreamTimedOut: no byte in time, or too long as a whole.
        """
        answer = EngineAnswer(attempt=attempt)
        started = perf_counter()
        with stage(draft, sink, "engine") as report:
            try:
                async with asyncio.timeout_at(until):
                    await self._relay(draft, sink, self._body(draft, prompt, builtin=builtin), answer)
            except TimeoutError as error:
                raise UpstreamTimedOut(
                    f"The engine behind llm-proxy did not end its answer within {self._limits.total_s:.0f} s."
                ) from error
            finally:
                self._keep(draft, answer, ms=round((perf_counter() - started) * 1000, 1))
            draft.attempts[-1]["outcome"] = "answered"
            if answer.degraded:
                report.fallback = answer.engine
            report.summary = draft.say("engine", engine=answer.engine, characters=len(answer.text))
        return answer

    async def _relay(self, draft: Draft, sink: Sink, body: dict[str, Any], answer: EngineAnswer) -> None:
        channel = "answer" if draft.task in {"answer", "chat"} else "code"
        started = perf_counter()
        stream = self._proxy.chat(body, limits=self._stream_limits(draft), **draft.user)
        async with aclosing(cast("Chunks", stream)) as chunks:
            async for chunk in chunks:
                if len(answer.text) + len(answer.reasoning) + len(chunk.text) + len(chunk.reasoning) > MOST_CHARACTERS:
                    answer.finish_reason = "length"  # leaving the stream stops the engine
                    return
                _note(draft, answer, chunk)
                if (chunk.text or chunk.reasoning) and "engine_first_token" not in draft.timings:
                    draft.timings["engine_first_token"] = round((perf_counter() - started) * 1000, 1)
                if chunk.reasoning:
                    _delta(sink, answer, "reasoning", chunk.reasoning)
                if chunk.text:
                    _delta(sink, answer, channel, chunk.text)
                await sink.room()

    def _body(self, draft: Draft, prompt: PromptAnswer, *, builtin: bool) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": BUILTIN if builtin else draft.order.model or "default",
            "messages": prompt.messages,
            "stream": True,
            "stream_options": {"include_usage": True},
            "framewright": {"allow_fallback": True},
        }
        if draft.engine is not None and draft.engine.max_output_tokens and not builtin:
            body["max_tokens"] = draft.engine.max_output_tokens
        if draft.order.chat:
            body |= _sampling(draft)
        if prompt.response_schema is not None:
            body["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": "screen_spec", "schema": prompt.response_schema, "strict": True},
            }
        return body

    def _stream_limits(self, draft: Draft) -> StreamLimits:
        loading = draft.engine is not None and draft.engine.state == "loading"
        first = self._limits.loading_first_byte_s if loading else self._limits.first_byte_s
        return StreamLimits(first, self._limits.gap_s)

    @staticmethod
    def _keep(draft: Draft, answer: EngineAnswer, *, ms: float) -> None:
        """For the record, however the attempt ended.

        Its outcome is `failed`, `answered` where it came whole, `usable` or `unusable` once a later stage has read it.
        """
        draft.attempts.append({
            "engine": answer.engine, "model": answer.model, "adapter": answer.adapter, "outcome": "failed",
            "ms": ms, "degraded": answer.degraded, "asked": draft.engine.model if draft.engine else None,
        })  # fmt: skip
        draft.raw_answers.append({
            "attempt": answer.attempt, "engine": answer.engine, "model": answer.model, "text": answer.text,
            "reasoning": answer.reasoning, "finish_reason": answer.finish_reason,
        })  # fmt: skip
        draft.engine_id, draft.engine_model = answer.engine, answer.model


def _sampling(draft: Draft) -> dict[str, Any]:
    """What the conversation sets; its id lets an engine keep the beginning of the prompt in memory."""
    order = draft.order
    given = {"temperature": order.temperature, "max_tokens": order.max_tokens}
    about: dict[str, Any] = {"allow_fallback": True}
    if order.session_id:
        about["session"] = order.session_id
    return {name: value for name, value in given.items() if value is not None} | {"framewright": about}


def _note(draft: Draft, answer: EngineAnswer, chunk: Chunk) -> None:
    answer.text += chunk.text
    answer.reasoning += chunk.reasoning
    answer.finish_reason = chunk.finish_reason or answer.finish_reason
    answer.engine = chunk.engine or answer.engine
    answer.model = chunk.model or answer.model
    answer.degraded = answer.degraded or chunk.degraded
    answer.fallback_reason = chunk.fallback_reason or answer.fallback_reason
    answer.adapter = chunk.adapter or answer.adapter
    draft.add_usage(chunk.usage)


def _delta(sink: Sink, answer: EngineAnswer, channel: str, text: str) -> None:
    answer.sent = True
    sink.emit("delta", {"attempt": answer.attempt, "channel": channel, "text": text})
