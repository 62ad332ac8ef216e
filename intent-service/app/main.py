"""The composition root of intent-service."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from chassis.application import create_service_app
from chassis.metrics import ServiceMetrics

from .core.context import SERVICE, ProcessContext
from .core.settings import Settings
from .features.intents.router import router as intents
from .features.questions.router import router as questions

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
        await context.aclose()

    app = create_service_app(
        settings,
        service=SERVICE,
        summary="What a prompt asks for: kind, data model, screen pattern, questions.",
        metrics=ServiceMetrics(SERVICE),
        lifespan=lifespan,
        max_body_bytes=MAX_BODY_BYTES,
    )
    app.state.context = context
    app.include_router(intents)
    app.include_router(questions)
    return app
