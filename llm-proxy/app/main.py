"""The LLM proxy: every engine behind one address and one wire format."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.middleware import Middleware

from chassis.application import create_service_app
from chassis.health import Probe
from chassis.metrics import ServiceMetrics

from .answering.metrics import CompletionMetrics
from .core.context import SERVICE, ProcessContext, open_context
from .core.direct import DirectPathsMiddleware
from .core.openai_errors import OpenAIErrorsMiddleware
from .core.settings import Settings
from .features.completions.router import DIRECT_PATHS, router as completions
from .features.models.router import router as models
from .features.ollama.router import DIRECT_PATHS as OLLAMA_PATHS, router as ollama


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application; `settings` come from the environment unless they are given."""
    given = settings or Settings()
    metrics = ServiceMetrics(SERVICE)
    completion_metrics = CompletionMetrics(metrics)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_context(given, completion_metrics) as context:
            app.state.context = context
            yield

    app = create_service_app(
        given,
        service=SERVICE,
        summary="Routes chat and text completions to every engine of the mesh, over OpenAI's protocol.",
        metrics=metrics,
        lifespan=lifespan,
        probes=[Probe("settings", lambda: _settings_state(app), required=False)],
        facts=lambda: _facts(app),
    )
    app.include_router(completions)
    app.include_router(models)
    app.include_router(ollama)
    app.add_middleware(OpenAIErrorsMiddleware)
    app.user_middleware.append(
        Middleware(DirectPathsMiddleware, paths=DIRECT_PATHS | OLLAMA_PATHS, context=lambda: app.state.context)
    )
    return app


async def _settings_state(app: FastAPI) -> str:
    context: ProcessContext = app.state.context
    return context.watcher.state


def _facts(app: FastAPI) -> dict[str, Any]:
    context: ProcessContext = app.state.context
    return {
        "default_engine": context.registry.default_id,
        "engines": {slot.settings.id: slot.state for slot in context.registry.slots()},
    }
