"""The application of admin-service."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial

from fastapi import FastAPI

from chassis.application import create_service_app
from chassis.health import Probe

from .core.context import Context, build_context
from .core.peers import PeerWatch
from .core.settings import SERVICE, Settings
from .db.audit import Actor
from .db.housekeeping import run_housekeeping
from .features.adapters.router import router as adapters_router
from .features.audit.router import router as audit_router
from .features.auth.router import keys_router as signing_keys_router, router as auth_router
from .features.console.files import setup_console
from .features.engines.router import router as engines_router
from .features.evaluations.internal_router import router as evaluation_runs_router
from .features.evaluations.router import router as evaluations_router
from .features.examples.consent import run_consent_watch
from .features.examples.router import router as examples_router
from .features.examples.service import ExampleService
from .features.experiments.router import router as experiments_router
from .features.generations.router import router as generations_router
from .features.invitations.router import router as invitations_router
from .features.keys.router import router as keys_router
from .features.knowledge.router import router as knowledge_router
from .features.knowledge.transfer_router import router as knowledge_files_router
from .features.operations.router import router as operations_router
from .features.profiles.router import router as profiles_router
from .features.releases.router import router as releases_router
from .features.settings.router import router as settings_router
from .features.templates.router import router as templates_router
from .features.templates.trial_router import router as trial_router
from .features.usage.router import router as usage_router
from .features.users.router import router as users_router

ROUTERS = (
    auth_router,
    users_router,
    invitations_router,
    keys_router,
    engines_router,
    settings_router,
    signing_keys_router,
    templates_router,
    trial_router,
    knowledge_router,
    knowledge_files_router,
    generations_router,
    evaluations_router,
    evaluation_runs_router,
    releases_router,
    experiments_router,
    examples_router,
    profiles_router,
    adapters_router,
    operations_router,
    usage_router,
    audit_router,
)


def create_app(settings: Settings | None = None, *, context: Context | None = None) -> FastAPI:
    """The service. `context` is for tests that set the clock or hand in a fake client."""
    settings = settings or Settings()  # from the environment
    context = context or build_context(settings)
    gateway = PeerWatch(partial(_ask_gateway, context))
    app = create_service_app(
        settings,
        service=SERVICE,
        summary="Users, keys, engines, templates, knowledge, settings and the audit log.",
        metrics=context.metrics,
        lifespan=_lifespan(context, gateway),
        probes=[Probe("postgres", context.database.check), Probe("gateway", gateway.check, required=False)],
    )
    app.state.context = context
    for router in ROUTERS:
        app.include_router(router)
    setup_console(app, settings.console_folder)
    return app


async def _ask_gateway(context: Context) -> str:
    """The client is made off the event loop the first time: its imports take a tenth of a second."""
    return await (await asyncio.to_thread(lambda: context.gateway)).is_alive()


async def _retract_withdrawn(context: Context) -> int:
    candidates = await asyncio.to_thread(lambda: context.gateway)
    return await ExampleService(context.database, candidates, context.clock).retract_withdrawn(Actor(service=SERVICE))


def _lifespan(context: Context, gateway: PeerWatch) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        tasks = [
            asyncio.create_task(run_housekeeping(context.database, context.box, context.clock)),
            asyncio.create_task(gateway.run()),
            asyncio.create_task(run_consent_watch(partial(_retract_withdrawn, context))),
        ]
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await context.aclose()

    return lifespan
