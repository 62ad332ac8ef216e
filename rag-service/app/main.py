"""The retrieval service's application: the one place where it is wired."""

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI

from chassis.application import create_service_app
from chassis.direct import setup_direct_paths
from chassis.health import Probe
from chassis.metrics import ServiceMetrics

from .core.context import SERVICE, ContextHolder, Upstreams, build_context, default_upstreams
from .core.qdrant import StoreLocked, VectorStore, open_store
from .core.settings import RagSettings
from .features.knowledge.router import router as knowledge_router
from .features.packs.router import router as packs_router
from .features.prompts.router import router as prompts_router
from .features.repositories.router import router as repositories_router
from .features.search.router import DIRECT as SEARCH, router as search_router
from .features.snapshots.router import router as snapshots_router


def create_app(
    settings: RagSettings | None = None,
    *,
    upstreams: Callable[[RagSettings], Upstreams] = default_upstreams,
    store: Callable[[RagSettings], VectorStore] = open_store,
) -> FastAPI:
    """The application; `upstreams` and `store` replace the real ones in tests."""
    settings = settings or RagSettings()
    holder = ContextHolder()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            opened = store(settings)
        except StoreLocked as error:
            sys.stderr.write(f"{SERVICE}: {error}\n")
            raise SystemExit(1) from None
        holder.context = app.state.context = build_context(settings, opened, upstreams(settings))
        holder.context.start()
        yield
        await holder.context.close()

    app = create_service_app(
        settings,
        service=SERVICE,
        summary="Knowledge index, hybrid search, artifact definition and prompt assembly.",
        metrics=ServiceMetrics(SERVICE),
        lifespan=lifespan,
        probes=[
            Probe("store", holder.check_store),
            Probe("knowledge_index", holder.check_index, required=False),
        ],
    )
    routers = (search_router, knowledge_router, prompts_router, snapshots_router, repositories_router, packs_router)
    for router in routers:
        app.include_router(router)
    setup_direct_paths(app, (SEARCH,))
    return app
