"""Serves a chat or text completion: finds an engine, counts, and assembles what is not streamed.

What is known of an answer is bound to the request's log line, which is written when the request has ended.
"""

import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from typing import Any

from structlog.contextvars import bind_contextvars

from chassis.errors import ServiceError

from ...engines.protocol import Batch, CallKind, EngineCall, Usage
from ...routing.dispatcher import Dispatcher, Opened, Route
from .assembly import Assembly
from .metrics import CompletionMetrics
from .schemas import ChatCompletionRequest, CompletionRequest, GenerationRequest
from .structures import take_structure
from .wire import Frames, whole_answer

_OURS = frozenset({"model", "messages", "prompt", "stream", "stream_options", "framewright"})


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
        with self._counted(opened.route, started) as count:
            async with aclosing(opened.rest) as rest:
                yield frames.encode(count(opened.first))
                async for batch in rest:
                    yield frames.encode(count(batch))

    async def answer(self, asked: Asked) -> dict[str, Any]:
        """The whole answer. The engine streams all the same, so that it can be stopped at any moment."""
        started = time.perf_counter()
        opened = await self._open(asked, started)
        assembly = Assembly()
        with self._counted(opened.route, started) as count:
            async with aclosing(opened.rest) as rest:
                assembly.add(count(opened.first))
                async for batch in rest:
                    assembly.add(count(batch))
        return whole_answer(asked.call.kind, opened.route, assembly)

    async def _open(self, asked: Asked, started: float) -> Opened:
        try:
            opened = await self._dispatcher.open(asked.call, asked.model, allow_fallback=asked.allow_fallback)
        except ServiceError as error:
            self._metrics.failed(asked.model if error.code != "model_not_found" else "unknown", error.code)
            raise
        self._metrics.begun(opened.route, time.perf_counter() - started)
        return opened

    @contextmanager
    def _counted(self, route: Route, started: float) -> Iterator[Callable[[Batch], Batch]]:
        """Counts an answer however it ends. Every batch is shown to the function that this gives."""
        usage: Usage | None = None
        outcome = "cancelled"

        def count(batch: Batch) -> Batch:
            nonlocal usage, outcome
            if isinstance(batch[-1], Usage):
                usage, outcome = batch[-1], "completed"
            return batch

        try:
            yield count
        except ServiceError as error:
            outcome = error.code
            raise
        finally:
            self._metrics.ended(route, outcome, usage, time.perf_counter() - started)
            bind_contextvars(
                engine=route.engine,
                model=route.model,
                outcome=outcome,
                degraded=route.degraded,
                prompt_tokens=usage.prompt_tokens if usage else None,
                completion_tokens=usage.completion_tokens if usage else None,
            )
