"""The application of admin-service."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

from fastapi import FastAPI

from chassis.application import create_service_app
from chassis.health import Probe

from .core.context import Context, build_context
from .core.settings import SERVICE, Settings
from .db.housekeeping import run_housekeeping
from .features.audit.router import router as audit_router
from .features.auth.router import keys_router as signing_keys_router, router as auth_router
from .features.engines.router import router as engines_router
from .features.generations.router import router as generations_router
from .features.keys.router import router as keys_router
from .features.knowledge.router import router as knowledge_router
from .features.settings.router import router as settings_router
from .features.templates.router import router as templates_router
from .features.users.router import router as users_router

ROUTERS = (
    auth_router,
    users_router,
    keys_router,
    engines_router,
    settings_router,
    signing_keys_router,
    templates_router,
    knowledge_router,
    generations_router,
    audit_router,
)


def create_app(settings: Settings | None = None, *, context: Context | None = None) -> FastAPI:
    """The service. `context` is for tests that set the clock or hand in a fake client."""
    settings = settings or Settings()  # from the environment
    context = context or build_context(settings)
    app = create_service_app(
        settings,
        service=SERVICE,
        summary="Users, keys, engines, templates, knowledge, settings and the audit log.",
        metrics=context.metrics,
        lifespan=_lifespan(context),
        probes=_probes(context),
    )
    app.state.context = context
    for router in ROUTERS:
        app.include_router(router)
    return app


def _probes(context: Context) -> list[Probe]:
    async def gateway() -> str:
        return await context.gateway.is_ready()

    return [Probe("postgres", context.database.check), Probe("gateway", gateway, required=False)]


def _lifespan(context: Context) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        housekeeping = asyncio.create_task(run_housekeeping(context.database, context.clock))
        yield
        housekeeping.cancel()
        with suppress(asyncio.CancelledError):
            await housekeeping
        await context.aclose()

    return lifespan
