"""The embedding service's application: the one place where it is wired."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from chassis.application import create_service_app
from chassis.direct import setup_direct_paths
from chassis.health import Probe
from chassis.metrics import ServiceMetrics

from .core.context import Loaders, ProcessContext, build_context, default_loaders
from .core.settings import EmbeddingSettings
from .core.threads import calm_numeric_threads
from .features.embeddings.router import DIRECT as EMBEDDINGS, router as embeddings_router
from .features.morphemes.router import router as morphemes_router
from .features.queries.router import DIRECT as QUERIES, router as queries_router
from .features.rerank.router import router as rerank_router
from .features.sparse.router import router as sparse_router

SERVICE = "embedding-service"


def create_app(settings: EmbeddingSettings | None = None, *, loaders: Loaders | None = None) -> FastAPI:
    """The application. Models are loaded in the background from its start on; `loaders` replaces them in tests."""
    calm_numeric_threads()
    settings = settings or EmbeddingSettings()
    context = build_context(settings, loaders or default_loaders(settings))

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        context.start()
        yield
        context.close()

    metrics = ServiceMetrics(SERVICE)
    _setup_metrics(metrics, context)
    app = create_service_app(
        settings,
        service=SERVICE,
        summary="Dense and sparse vectors, Korean morphemes, reranking.",
        metrics=metrics,
        lifespan=lifespan,
        probes=[Probe("model", context.encoder.check), Probe("morphemes", context.analyzer.check)],
        facts=lambda: _facts(settings, context),
    )
    app.state.context = context
    for router in (embeddings_router, sparse_router, queries_router, morphemes_router, rerank_router):
        app.include_router(router)
    setup_direct_paths(app, (EMBEDDINGS, QUERIES))
    return app


def _facts(settings: EmbeddingSettings, context: ProcessContext) -> dict[str, Any]:
    facts: dict[str, Any] = {"model": settings.embedding_model, "device": settings.device, "backend": settings.backend}
    if context.encoder.ready:
        encoder = context.encoder.get()
        facts |= {"fingerprint": encoder.fingerprint, "dimension": encoder.dimension}
    if context.cross_encoder is not None:
        facts["reranker"] = f"{settings.rerank_model}: {context.cross_encoder.state()}"
    return facts


def _setup_metrics(metrics: ServiceMetrics, context: ProcessContext) -> None:
    metrics.gauge("cached_vectors", "Vectors in the cache.").set_function(lambda: len(context.cache))
    waiting = metrics.gauge("waiting_tokens", "Tokens that wait for the model.", ("lane",))
    for name, lane in zip(("query", "bulk"), context.lanes, strict=True):
        waiting.labels(name).set_function(lambda lane=lane: float(lane.waiting_tokens))  # type: ignore[misc]
