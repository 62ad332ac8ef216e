"""The process's singletons: built once when the service starts, closed when it stops."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from chassis.metrics import ServiceMetrics
from chassis.tokens import ServiceTokens

from ..answering.answers import Answers
from ..answering.metrics import CompletionMetrics
from ..engines.addresses import guarded
from ..engines.factory import engine_factory
from ..engines.http_pool import ConnectionPool, resolve
from ..engines.reading import Limits
from ..engines.settings import EngineTable
from ..features.adapters.service import AdapterService
from ..features.completions.service import CompletionService
from ..features.models.service import ModelService
from ..features.ollama.cards import CatalogueService
from ..features.ollama.embeddings import EmbedService
from ..features.ollama.service import Defaults, OllamaService
from ..features.responses.service import ResponsesService
from ..routing.dispatcher import Dispatcher
from ..routing.gauges import EngineGauges
from ..routing.probes import Prober
from ..routing.registry import Registry
from ..routing.replicas import Replicas
from ..routing.shares_file import SharesFile
from ..routing.sources import (
    AdminSource,
    FileSource,
    NoSource,
    SettingsSource,
    StateFile,
    environment_engine,
    with_environment,
)
from ..routing.watcher import SettingsWatcher
from .clients.admin import AdminClient
from .clients.embedding import EmbeddingClient
from .settings import Settings

SERVICE = "llm-proxy"


@dataclass(frozen=True, slots=True)
class ProcessContext:
    settings: Settings
    registry: Registry
    watcher: SettingsWatcher
    completions: CompletionService
    models: ModelService
    ollama: OllamaService
    ollama_defaults: Defaults
    ollama_models: CatalogueService
    embeddings: EmbedService
    adapters: AdapterService
    responses: ResponsesService


@asynccontextmanager
async def open_context(
    settings: Settings, metrics: CompletionMetrics, service_metrics: ServiceMetrics
) -> AsyncIterator[ProcessContext]:
    """The context with its background tasks running."""
    tokens = ServiceTokens(service=SERVICE, secret=settings.service_secret.get_secret_value())
    admin = AdminClient(base_url=settings.admin_url, tokens=tokens)
    embedding = EmbeddingClient(base_url=settings.embedding_url, tokens=tokens)
    pool = ConnectionPool(guarded(resolve))
    registry = Registry(engine_factory(pool, _limits(settings)), starves_after_s=settings.model_affinity_s)
    shares = SharesFile(settings.state_dir)
    registry.keep(shares.read())
    gauges = EngineGauges(registry, prefix=service_metrics.prefix)
    service_metrics.registry.register(gauges)
    environment = environment_engine(settings)
    registry.apply(with_environment(EngineTable(), environment))
    prober = Prober(registry, interval_s=settings.probe_s)
    watcher = SettingsWatcher(
        _source(settings, admin),
        registry,
        environment=environment,
        interval_s=settings.poll_s,
        on_change=prober.wake,
        on_poll=lambda: shares.refresh(registry),
    )
    if settings.engines_file is not None:
        await watcher.poll_once()
    answers = Answers(
        Dispatcher(registry, prefix_chars=settings.sticky_prefix_chars), metrics, log_prompts=settings.log_prompts
    )
    started_at = int(time.time())
    tasks = [asyncio.create_task(watcher.run()), asyncio.create_task(prober.run())]
    if settings.replicas_name:
        replicas = Replicas(settings.replicas_name, registry, resolve, interval_s=settings.poll_s)
        tasks.append(asyncio.create_task(replicas.run()))
    try:
        yield ProcessContext(
            settings=settings,
            registry=registry,
            watcher=watcher,
            completions=CompletionService(answers),
            models=ModelService(registry, started_at=started_at),
            ollama=OllamaService(answers),
            ollama_defaults=Defaults(settings.ollama_ctx_chars, settings.clean_response, settings.stop_think),
            ollama_models=CatalogueService(registry, started_at=started_at),
            embeddings=EmbedService(embedding),
            adapters=AdapterService(registry, stored=shares.write),
            responses=ResponsesService(answers),
        )
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        service_metrics.registry.unregister(gauges)
        pool.close()
        await admin.aclose()
        await embedding.aclose()


def _limits(settings: Settings) -> Limits:
    return Limits(
        connect_s=settings.connect_s,
        first_byte_s=settings.first_byte_s,
        between_bytes_s=settings.between_bytes_s,
        total_s=settings.total_s,
        load_s=settings.load_s,
    )


def _source(settings: Settings, admin: AdminClient) -> SettingsSource:
    if settings.engines_file is not None:
        return FileSource(settings.engines_file)
    if settings.alone:
        return NoSource()
    secret = settings.service_secret.get_secret_value()
    store = StateFile(settings.state_dir, secret=secret) if settings.state_dir else None
    return AdminSource(admin, store=store)
