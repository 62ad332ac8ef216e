"""The tasks by their names, and how often each is tried again."""

from asyncio import CancelledError
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from procrastinate import App, BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Job
from structlog.contextvars import bind_contextvars, clear_contextvars

from chassis.tracing import TraceContext, set_trace

from ..storage.jobs import TRACE
from .connector import SharedListenConnector

MOST_RUNS = 6

Handler = Callable[..., Awaitable[None]]


class Busy(Exception):
    """Somebody else works on it, and may yet fail."""


class TriedInVain(Exception):
    """The job did what it could; its subject says why that was not enough."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Which run of a job this is: `number` is 1 for the first; `last`: it is not tried again."""

    number: int
    last: bool

    @property
    def broken_too_often(self) -> bool:
        """Whether more runs were broken off, by deaths of workers, than a job is tried at all."""
        return self.number > MOST_RUNS


class Pauses(BaseRetryStrategy):
    """A try again after each of the pauses (seconds); a job that a stopping worker broke off goes on at once."""

    def __init__(self, pauses: Sequence[int]) -> None:
        self.pauses = pauses

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, (JobAborted, CancelledError)):
            return RetryDecision(retry_in={"seconds": 0})
        if job.attempts >= len(self.pauses):
            return None
        return RetryDecision(retry_in={"seconds": self.pauses[job.attempts]})


@dataclass(frozen=True, slots=True)
class Task:
    """A task: what runs it, and its pauses before further tries."""

    name: str
    handler: Handler
    pauses: Sequence[int]


def create_jobs_app(connector: SharedListenConnector, tasks: Sequence[Task]) -> App:
    app = App(connector=connector)
    for task in tasks:
        strategy = Pauses(task.pauses)
        app.task(name=task.name, retry=strategy, pass_context=True)(_run(task.handler, strategy))
    return app


def _run(handler: Handler, strategy: Pauses) -> Callable[..., Awaitable[None]]:
    async def run(context: JobContext, **arguments: Any) -> None:
        trace = TraceContext.parse_or_start(arguments.pop(TRACE, None))
        set_trace(trace)
        clear_contextvars()
        bind_contextvars(trace_id=trace.trace_id)
        attempts = context.job.attempts
        await handler(Attempt(attempts + 1, attempts >= len(strategy.pauses)), **_checked(arguments))

    return run


def _checked(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {str(name): value for name, value in arguments.items()}
