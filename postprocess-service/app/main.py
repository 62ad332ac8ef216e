"""The composition root of postprocess-service."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from chassis.application import create_service_app
from chassis.health import Probe
from chassis.metrics import ServiceMetrics

from .core.context import ProcessContext
from .core.settings import Settings
from .features.analysis.router import router as analysis
from .features.emission.router import router as emission
from .features.packs.router import router as packs
from .features.patches.router import router as patches
from .features.plans.router import router as plans
from .features.previews.router import router as previews

SERVICE = "postprocess-service"
MAX_BODY_BYTES = 8 * 1024 * 1024


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application; settings come from the environment where none are given."""
    settings = settings or Settings()
    context = ProcessContext.from_settings(settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        warming = asyncio.create_task(context.warm())
        yield
        await warming

    app = create_service_app(
        settings,
        service=SERVICE,
        summary="Reads engines' answers, emits a screen's files from its spec, and checks every file.",
        metrics=ServiceMetrics(SERVICE),
        lifespan=lifespan,
        probes=[Probe("packs", context.packs)],
        max_body_bytes=MAX_BODY_BYTES,
    )
    app.state.context = context
    app.include_router(analysis)
    app.include_router(emission)
    app.include_router(previews)
    app.include_router(packs)
    app.include_router(patches)
    app.include_router(plans)
    return app
