"""gateway-worker: the gateway's image with another command, `chassis.server app.worker:create_app`. Runs the jobs."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any

from fastapi import FastAPI

from chassis.application import create_service_app
from chassis.errors import Unavailable
from chassis.health import Probe
from chassis.metrics import ServiceMetrics

from .core.clients.evaluations import EvaluationsClient
from .core.context import WORKER, Context, create_context
from .core.settings import Settings
from .jobs.app import Task, create_jobs_app
from .jobs.connector import SharedListenConnector
from .jobs.evaluations import EvaluationJob
from .jobs.expected_ends import write_expected_ends_plainly
from .jobs.generations import GenerationJob
from .jobs.indexing import IndexingJob
from .jobs.keeping import chosen_by_admins
from .jobs.retention import Keep, Retention
from .jobs.rounds import RetentionRounds
from .jobs.webhooks import PAUSES_S, WebhookJob, WebhookSender
from .jobs.workers import Workers
from .runs.execution import RETRIES, RETRY_PAUSE_S
from .storage.jobs import (
    BATCHES,
    DELIVER_WEBHOOK,
    EVALUATIONS,
    GENERATIONS,
    INDEX_REPOSITORY,
    INDEXING,
    RUN_EVALUATION,
    RUN_GENERATION,
    WEBHOOKS,
)

_PAUSES_S = (RETRY_PAUSE_S,) * RETRIES
_PAUSES_OF_BROKEN_RUNS_S = (RETRY_PAUSE_S,) * 6
"""A generation counts its own tries: these are for runs that were broken off."""


def create_app(settings: Settings | None = None) -> FastAPI:
    settings = settings or Settings()
    metrics = ServiceMetrics(WORKER)
    context = create_context(settings, metrics, kind=WORKER)
    connector = SharedListenConnector(settings.database_url.get_secret_value())
    workers = create_workers(context, connector, metrics)
    retention = Retention(context.database, _keep(settings), chosen=chosen_by_admins(context.clients.admin))
    rounds = RetentionRounds(retention, context.database, forget_jobs=workers.forget)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        write_expected_ends_plainly()
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(context.running())
            stack.push_async_callback(workers.stop)
            workers.start()
            stack.push_async_callback(rounds.stop)
            rounds.start()
            yield

    return create_service_app(
        settings,
        service=WORKER,
        summary="Runs what can wait: generations, batches, indexing, evaluations, webhooks, deletion of old data.",
        metrics=metrics,
        lifespan=lifespan,
        probes=[*_probes(context, workers)],
        facts=partial(_facts, context, workers),
    )


def create_workers(context: Context, connector: SharedListenConnector, metrics: ServiceMetrics) -> Workers:
    """The workers of all queues, with what they run."""
    settings, stores = context.settings, context.stores
    sender = WebhookSender(context.webhook_addresses, context.webhook_secrets)
    generation = GenerationJob(
        executor=context.executor, generations=context.generations, orphans=stores.orphans
    )  # fmt: skip
    evaluation = EvaluationJob(
        EvaluationsClient(context.clients.admin), context.orders, context.generations, context.clients.llm
    )  # fmt: skip
    tasks = [
        Task(RUN_GENERATION, generation.run, _PAUSES_OF_BROKEN_RUNS_S),
        Task(DELIVER_WEBHOOK, WebhookJob(context.deliveries, sender).run, PAUSES_S),
        Task(RUN_EVALUATION, evaluation.run, _PAUSES_S),
        Task(INDEX_REPOSITORY, IndexingJob(context.clients.rag).run, _PAUSES_S),
    ]
    concurrency = {
        GENERATIONS: settings.worker_generations,
        BATCHES: settings.worker_batches,
        EVALUATIONS: settings.worker_evaluations,
        INDEXING: settings.worker_indexing,
        WEBHOOKS: settings.worker_webhooks,
    }
    for queue in concurrency:
        channel = f"procrastinate_queue_v1#{queue}"
        context.listener.add(channel, _to(connector, channel))
    app = create_jobs_app(connector, tasks)
    return Workers(app, context.database, concurrency=concurrency, grace_s=settings.drain_s, metrics=metrics)


def _to(connector: SharedListenConnector, channel: str) -> Callable[[str], None]:
    return partial(connector.on_payload, channel)


def _keep(settings: Settings) -> Keep:
    return Keep(
        generations=settings.keep_generations_days,
        details=settings.keep_details_days,
        deltas=settings.keep_deltas_days,
        audit=settings.keep_audit_days,
        plans=settings.keep_plans_days,
    )


def _probes(context: Context, workers: Workers) -> list[Probe]:
    async def fetching() -> str:
        stopped = [queue for queue, running in workers.running.items() if not running]
        if stopped:
            raise Unavailable(f"No worker for: {', '.join(stopped)}.")
        return "up"

    return [Probe("postgres", context.generations.probe), Probe("workers", fetching)]


def _facts(context: Context, workers: Workers) -> dict[str, Any]:
    return {
        "running_generations": context.executor.running,
        "workers": workers.running,
        "listening": context.listener.connected.is_set(),
    }
