"""Answers for every protocol: opened at an engine, held to their budget, counted however they end.

What is known of an answer is bound to the request's log line, which is written when the request has ended.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager
from dataclasses import dataclass, replace

from structlog.contextvars import bind_contextvars

from chassis.errors import ServiceError

from ..engines.protocol import Batch, Usage
from ..routing.asking import Asked
from ..routing.dispatcher import Dispatcher, Opened, Route
from .assembly import Assembly
from .budget import within_budget
from .conformity import mismatch, repaired
from .metrics import CompletionMetrics


@dataclass(frozen=True, slots=True)
class Whole:
    """An answer that is not streamed."""

    route: Route
    assembly: Assembly


class Answers:
    """One for the process. `opened` and `whole` end the engine's work when they are left."""

    def __init__(self, dispatcher: Dispatcher, metrics: CompletionMetrics) -> None:
        self._dispatcher = dispatcher
        self._metrics = metrics

    @asynccontextmanager
    async def opened(self, asked: Asked) -> AsyncIterator[tuple[Route, AsyncGenerator[Batch]]]:
        """Where the answer comes from, and its batches; whatever fails is raised, also while they are read."""
        started = time.perf_counter()
        opened = await self._open(asked, started)
        with self._counted(opened.route, started) as count:
            async with aclosing(_shown(opened, asked, count)) as batches:
                yield opened.route, batches

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
        async with self.opened(asked) as (route, batches):
            async for batch in batches:
                assembly.add(batch)
        return Whole(route, assembly)

    async def _open(self, asked: Asked, started: float) -> Opened:
        loop_started = asyncio.get_running_loop().time()
        try:
            opened = await self._dispatcher.open(asked)
        except ServiceError as error:
            self._metrics.failed(asked.model if error.code != "model_not_found" else "unknown", error.code)
            raise
        opened.started = loop_started
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


async def _shown(opened: Opened, asked: Asked, count: Callable[[Batch], Batch]) -> AsyncGenerator[Batch]:
    batches = opened.batches()
    if asked.budget.limits:
        batches = within_budget(batches, asked.budget, asked.call, started=opened.started)
    async with aclosing(batches):
        async for batch in batches:
            yield count(batch)
