"""The LLM proxy: every engine behind one address and one wire format."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from chassis.application import create_service_app
from chassis.direct import setup_direct_paths
from chassis.guard import Verifier
from chassis.health import Probe
from chassis.metrics import ServiceMetrics
from chassis.protocol_errors import ProtocolErrorsMiddleware
from chassis.tokens import ServiceTokens

from .answering.metrics import CompletionMetrics
from .core.context import SERVICE, ProcessContext, open_context
from .core.keys import ANYBODY, KeysOrTokens
from .core.settings import Settings
from .features.adapters.router import router as adapters
from .features.completions.router import DIRECT_PATHS, router as completions
from .features.models.router import router as models
from .features.ollama.router import DIRECT_PATHS as OLLAMA_PATHS, router as ollama
from .features.responses.router import DIRECT_PATHS as RESPONSES_PATHS, router as responses
from .routing.registry import DEFAULT_MODEL

OPENAI_PATHS = ("/v1/chat", "/v1/completions", "/v1/responses", "/v1/models")
FOUR_BITS = ("q4", "int4", "awq", "gptq", "4bit", "w4a16", "fp4", "bnb")


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application; `settings` come from the environment unless they are given."""
    given = settings or Settings()
    metrics = ServiceMetrics(SERVICE)
    completion_metrics = CompletionMetrics(metrics)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_context(given, completion_metrics, metrics) as context:
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
        verifier=_verifier(given),
        anonymous=ANYBODY if given.open else None,
    )
    app.include_router(completions)
    app.include_router(responses)
    app.include_router(models)
    app.include_router(adapters)
    app.include_router(ollama)
    app.add_middleware(ProtocolErrorsMiddleware, openai=OPENAI_PATHS, ollama=["/api/"])
    setup_direct_paths(app, (DIRECT_PATHS | OLLAMA_PATHS | RESPONSES_PATHS).values())
    return app


def _verifier(settings: Settings) -> Verifier:
    tokens = ServiceTokens(service=SERVICE, secret=settings.service_secret.get_secret_value())
    if not settings.alone:
        return tokens
    keys = settings.api_keys.get_secret_value() if settings.api_keys else ""
    return KeysOrTokens(tokens, keys=keys, anybody=settings.open)


async def _settings_state(app: FastAPI) -> str:
    context: ProcessContext = app.state.context
    return context.watcher.state


def _facts(app: FastAPI) -> dict[str, Any]:
    context: ProcessContext = app.state.context
    return {
        "default_engine": context.registry.default_id,
        "engines": {slot.settings.id: slot.state for slot in context.registry.slots()},
        **_model_facts(context),
    }


def _model_facts(context: ProcessContext) -> dict[str, Any]:
    """R4.5: what holds for the engine that answers where none is named."""
    slot = context.registry.find(DEFAULT_MODEL)
    weights = slot.shares.now
    adapter = max(weights, key=lambda name: weights[name], default="")
    return {
        "model_loaded": slot.state == "ready",
        "quantization": slot.quantization or None,
        "use_4bit": any(mark in slot.quantization.lower() for mark in FOUR_BITS),
        "adapter_path": adapter.partition("@")[0] or None,
        "adapter_version": adapter.partition("@")[2] or None,
        "clean_response": context.settings.clean_response,
        "stop_think_default": context.settings.stop_think,
    }
