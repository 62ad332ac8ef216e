"""Answers for every protocol: opened at an engine, held to their budget, counted however they end.

What is known of an answer is bound to the request's log line, which is written when the request has ended.
"""

import asyncio
import time
from dataclasses import dataclass, replace

from structlog.contextvars import bind_contextvars

from chassis.errors import ServiceError

from ..engines.protocol import Batch, CallKind, Usage
from ..engines.usage import prompt_text
from ..routing.asking import Asked
from ..routing.dispatcher import Dispatcher
from ..routing.opened import Opened, Route
from ..routing.selectors import is_selector
from .assembly import Assembly
from .budget import Limited
from .conformity import mismatch, repaired
from .metrics import CompletionMetrics

_LOGGED_CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class Whole:
    """An answer that is not streamed."""

    route: Route
    assembly: Assembly


class Answer:
    """An answer that is read until a batch is empty, and closed in any case: that ends the engine's work."""

    __slots__ = ("_first_s", "_kind", "_metrics", "_outcome", "_source", "_started", "_usage", "route")

    def __init__(
        self, opened: Opened, source: Opened | Limited, kind: CallKind, metrics: CompletionMetrics, started: float
    ) -> None:
        self.route = opened.route
        self._source = source
        self._kind = kind
        self._metrics = metrics
        self._started = started
        self._first_s = time.perf_counter() - started
        metrics.begun(opened.route, kind, first_s=self._first_s, waited_s=opened.waited_s)
        self._outcome = "cancelled"
        self._usage: Usage | None = None

    async def read(self) -> Batch:
        """Whatever fails is raised."""
        try:
            batch = await self._source.read()
        except ServiceError as error:
            self._outcome = error.code
            raise
        if batch and type(last := batch[-1]) is Usage:
            self._usage, self._outcome = last, "completed"
        return batch

    def close(self) -> None:
        self._source.close()
        usage, route = self._usage, self.route
        all_s = time.perf_counter() - self._started
        self._metrics.ended(route, self._kind, self._outcome, usage, first_s=self._first_s, all_s=all_s)
        bind_contextvars(
            engine=route.engine,
            model=route.model,
            outcome=self._outcome,
            first_ms=round(self._first_s * 1000, 1),
            degraded=route.degraded,
            prompt_tokens=usage.prompt_tokens if usage else None,
            completion_tokens=usage.completion_tokens if usage else None,
        )


def _label(model: str, error: ServiceError | None) -> str:
    """A model's name for metrics: callers write what they like, and each name would be a series of its own."""
    if error is not None and error.code in {"model_not_found", "unknown_selector"}:
        return "unknown"
    return "selected" if is_selector(model) else model


class Answers:
    """One for the process."""

    def __init__(self, dispatcher: Dispatcher, metrics: CompletionMetrics, *, log_prompts: bool = False) -> None:
        self._dispatcher = dispatcher
        self._metrics = metrics
        self._log_prompts = log_prompts

    async def open(self, asked: Asked) -> Answer:
        """An answer that has begun; whatever fails is raised."""
        if self._log_prompts:
            bind_contextvars(prompt=prompt_text(asked.call)[:_LOGGED_CHARACTERS])
        started = time.perf_counter()
        loop_started = asyncio.get_running_loop().time()
        try:
            opened = await self._dispatcher.open(asked)
        except ServiceError as error:
            self._metrics.failed(_label(asked.model, error), error.code)
            bind_contextvars(model=asked.model[:100], outcome=error.code)
            raise
        except asyncio.CancelledError:
            self._metrics.left(_label(asked.model, None))
            bind_contextvars(model=asked.model[:100], outcome="cancelled")
            raise
        limited = Limited(opened, asked.budget, asked.call, started=loop_started) if asked.budget.limits else opened
        return Answer(opened, limited, asked.call.kind, self._metrics, started)

    async def whole(self, asked: Asked) -> Whole:
        """The whole answer. The engine streams all the same, so that it can be stopped at any moment.

        Where it was to be held to a structure and is not, the engine has no such thing: it is asked again, in words.
        """
        result = await self._whole(asked)
        problem = mismatch(asked.call.structure, result.assembly) if asked.call.structure else None
        if problem is None or result.route.engine == "builtin":
            return result
        second = await self._whole(replace(asked, call=repaired(asked.call, result.assembly, problem)))
        failure = mismatch(asked.call.structure, second.assembly)
        route = replace(second.route, structure="asked_again" if failure is None else "not_kept")
        return Whole(route, second.assembly)

    async def _whole(self, asked: Asked) -> Whole:
        assembly = Assembly()
        answer = await self.open(asked)
        try:
            while assembly.usage is None and (batch := await answer.read()):
                assembly.add(batch)
        finally:
            answer.close()
        return Whole(answer.route, assembly)
