"""The gateway's application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from chassis.application import create_service_app
from chassis.metrics import ServiceMetrics
from chassis.protocol_errors import ProtocolErrorsMiddleware

from .core import cross_origin
from .core.auditing import AuditMiddleware
from .core.context import SERVICE, Context, create_context
from .core.dependencies import set_context
from .core.guard import GatewayGuardMiddleware
from .core.kept_answers import IdempotencyMiddleware
from .core.proxies import TrustedProxyMiddleware
from .core.response_headers import SecurityHeadersMiddleware
from .core.settings import Settings
from .features.admin_proxy.router import router as admin_proxy
from .features.audit.router import router as audit
from .features.auth.router import router as auth
from .features.batches.router import router as batches
from .features.chat.router import router as chat
from .features.chat.socket import router as chat_socket
from .features.generations.results import router as results
from .features.generations.router import router as generations
from .features.internal.router import router as internal
from .features.learning.router import router as learning
from .features.mcp.door import McpDoor
from .features.mcp.tools import Tools
from .features.ollama.heartbeat import router as heartbeat
from .features.ollama.router import router as ollama
from .features.openai.router import router as openai
from .features.packs.router import router as packs
from .features.patches.router import router as patches
from .features.repositories.router import router as repositories
from .features.search.router import router as search
from .features.sessions.messages_router import history_router, router as messages
from .features.sessions.router import router as sessions
from .features.training.router import router as training
from .features.webhooks.router import router as webhooks

OLLAMA_PATHS = ("/api/generate", "/api/chat", "/api/tags", "/api/show", "/api/ps", "/api/version", "/api/embed")


def create_app(settings: Settings | None = None) -> FastAPI:
    settings = settings or Settings()
    metrics = ServiceMetrics(SERVICE)
    context = create_context(settings, metrics)
    agents = McpDoor(Tools(context.orders, context.clients.rag, context.clients.postprocess))

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with context.running():
            try:
                yield
            finally:
                await agents.close()

    def facts() -> dict[str, Any]:
        return {
            "running_generations": context.executor.running,
            "event_streams": context.hub.size,
            "chat_sockets": context.conversations.sockets.size,
            "listening": context.listener.connected.is_set(),
        }

    app = create_service_app(
        settings,
        service=SERVICE,
        summary="The public API: generations with their event streams, search, the OpenAI protocol, accounts.",
        metrics=metrics,
        lifespan=lifespan,
        probes=context.probes(),
        facts=facts,
        guarded=False,
        max_body_bytes=settings.max_body_bytes,
    )
    app.router.redirect_slashes = False
    set_context(app, context)
    for router in (
        generations, results, search, repositories, auth, history_router, sessions, messages, chat, chat_socket,
        openai, ollama, heartbeat, patches, packs, batches, webhooks, audit, training, learning, internal, admin_proxy,
    ):  # fmt: skip
        app.include_router(router)
    app.router.routes.append(Route("/mcp", endpoint=agents, include_in_schema=False))
    setup_door(app, context)
    return app


def setup_door(app: FastAPI, context: Context) -> None:
    """From the outside in: the caller's true address, security headers, CORS, guard.

    Inside the ring of trace and log, and outside everything else. Errors are put in their protocol's shape outside all.
    """
    settings = context.settings
    metrics_token = settings.metrics_token
    app.user_middleware[1:1] = [
        Middleware(TrustedProxyMiddleware, trusted=settings.trusted_proxies, always_secure=settings.cookie_secure),
        Middleware(SecurityHeadersMiddleware),
        Middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=cross_origin.METHODS,
            allow_headers=cross_origin.HEADERS,
            expose_headers=cross_origin.EXPOSED,
            max_age=600,
        ),
        Middleware(
            GatewayGuardMiddleware,
            identity=context.identity,
            tokens=context.tokens,
            metrics_token=metrics_token.get_secret_value() if metrics_token else None,
            origins=settings.cors_origins,
        ),
    ]
    app.add_middleware(ProtocolErrorsMiddleware, openai=["/v1/"], ollama=OLLAMA_PATHS)
    app.user_middleware.append(Middleware(AuditMiddleware, audit=context.audit))
    app.user_middleware.append(Middleware(IdempotencyMiddleware, keys=context.keys))
