"""Serves a chat or text completion: finds an engine, counts, and assembles what is not streamed."""

import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from chassis.errors import ServiceError
from chassis.logging import get_logger

from ...engines.protocol import Batch, CallKind, EngineCall, Usage
from ...routing.dispatcher import Dispatcher, Opened
from .assembly import Assembly
from .metrics import CompletionMetrics
from .schemas import ChatCompletionRequest, CompletionRequest, GenerationRequest
from .structures import take_structure
from .wire import Frames, whole_answer

_OURS = frozenset({"model", "messages", "prompt", "stream", "stream_options", "framewright"})
_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the proxy understands it."""

    call: EngineCall
    model: str
    allow_fallback: bool
    stream: bool


def read_chat(request: ChatCompletionRequest) -> Asked:
    messages = [message.model_dump(exclude_unset=True) for message in request.messages]
    return _asked("chat", request, messages=messages)


def read_completion(request: CompletionRequest) -> Asked:
    return _asked("completion", request, prompt=request.prompt)


def _asked(kind: CallKind, request: GenerationRequest, **content: Any) -> Asked:
    parameters = request.model_dump(exclude_unset=True, exclude_none=True, exclude=set(_OURS))
    structure = take_structure(parameters)
    call = EngineCall(kind, parameters=parameters, structure=structure, **content)
    return Asked(call, request.model, request.framewright.allow_fallback, request.stream)


class CompletionService:
    """One for the process. What it opens must be read to its end, or closed."""

    def __init__(self, dispatcher: Dispatcher, metrics: CompletionMetrics) -> None:
        self._dispatcher = dispatcher
        self._metrics = metrics

    async def frames(self, asked: Asked) -> AsyncGenerator[bytes]:
        """The answer as OpenAI's chunks. Whatever fails is raised; nothing is sent twice."""
        started = time.perf_counter()
        opened = await self._open(asked, started)
        frames = Frames(asked.call.kind, opened.route)
        async with aclosing(self._counted(opened, started)) as batches:
            async for batch in batches:
                yield frames.encode(batch)

    async def answer(self, asked: Asked) -> dict[str, Any]:
        """The whole answer. The engine streams all the same, so that it can be stopped at any moment."""
        started = time.perf_counter()
        opened = await self._open(asked, started)
        assembly = Assembly()
        async with aclosing(self._counted(opened, started)) as batches:
            async for batch in batches:
                assembly.add(batch)
        return whole_answer(asked.call.kind, opened.route, assembly)

    async def _open(self, asked: Asked, started: float) -> Opened:
        try:
            opened = await self._dispatcher.open(asked.call, asked.model, allow_fallback=asked.allow_fallback)
        except ServiceError as error:
            self._metrics.failed(asked.model if error.code != "model_not_found" else "unknown", error.code)
            raise
        self._metrics.begun(opened.route, time.perf_counter() - started)
        return opened

    async def _counted(self, opened: Opened, started: float) -> AsyncGenerator[Batch]:
        """The batches, with their outcome counted however they end."""
        usage: Usage | None = None
        outcome = "cancelled"
        try:
            async with aclosing(opened.batches()) as batches:
                async for batch in batches:
                    if isinstance(batch[-1], Usage):
                        usage, outcome = batch[-1], "completed"
                    yield batch
        except ServiceError as error:
            outcome = error.code
            raise
        finally:
            seconds = time.perf_counter() - started
            self._metrics.ended(opened.route, outcome, usage, seconds)
            _log.info(
                "completion",
                engine=opened.route.engine,
                model=opened.route.model,
                outcome=outcome,
                degraded=opened.route.degraded,
                prompt_tokens=usage.prompt_tokens if usage else None,
                completion_tokens=usage.completion_tokens if usage else None,
                ms=round(seconds * 1000, 1),
            )
