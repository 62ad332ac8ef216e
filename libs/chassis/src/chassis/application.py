"""The frame of every service: one FastAPI application with errors, trace, metrics, health, docs and guard."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from .errors import setup_errors
from .guard import ServiceGuardMiddleware, Verifier
from .health import Probe, setup_health
from .logging import configure_logging
from .metrics import ServiceMetrics, setup_metrics
from .middleware import BodyLimitMiddleware, RequestContextMiddleware
from .settings import ServiceSettings
from .spans import span_export
from .tokens import Caller, ServiceTokens

VERSION = "0.1.0"
MAX_BODY_BYTES = 4 * 1024 * 1024


def create_service_app(
    settings: ServiceSettings,
    *,
    service: str,
    summary: str,
    metrics: ServiceMetrics,
    lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]] | None = None,
    probes: Sequence[Probe] = (),
    facts: Callable[[], dict[str, Any]] = dict,
    guarded: bool = True,
    max_body_bytes: int = MAX_BODY_BYTES,
    verifier: Verifier | None = None,
    anonymous: Caller | None = None,
) -> FastAPI:
    """An application without routes of its own yet.

    `service` is the service's name in tokens, logs and metrics. `facts` adds to `/health`. `guarded=False` is for
    a service whose callers are not services (the gateway), which then guards itself. `verifier` knows further callers
    beside the mesh's services, `anonymous` is who a caller without credentials is.
    """
    configure_logging(service=service, level=settings.log_level, log_format=settings.log_format)
    app = FastAPI(
        title=f"Framewright {service}",
        summary=summary,
        version=VERSION,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # ours: middleware.py, tracing.py, metrics.py
    )
    setup_errors(app)
    setup_health(app, service=service, version=VERSION, probes=probes, facts=facts)
    setup_metrics(app, metrics)
    setup_docs(app)
    app.add_middleware(BodyLimitMiddleware, max_bytes=max_body_bytes)
    if guarded:
        app.add_middleware(
            ServiceGuardMiddleware,
            tokens=verifier or ServiceTokens(service=service, secret=settings.service_secret.get_secret_value()),
            metrics_token=settings.metrics_token.get_secret_value() if settings.metrics_token else None,
            anonymous=anonymous,
        )
    spans = span_export(service=service, endpoint=settings.otlp_endpoint)
    app.add_middleware(RequestContextMiddleware, metrics=metrics, spans=spans)
    return app


def setup_docs(app: FastAPI) -> None:
    """`GET /docs` with Swagger UI from this machine: a closed network has no CDN."""
    package = find_spec("fastapi_offline")  # for its assets alone: importing it would load its own application class
    if package is None or not package.submodule_search_locations:
        raise RuntimeError("fastapi_offline is not installed: it is a declared dependency of the chassis")
    assets = Path(package.submodule_search_locations[0]) / "static"
    app.mount("/docs/assets", StaticFiles(directory=assets), name="docs-assets")

    @app.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url="/openapi.json",
            title=app.title,
            swagger_js_url="/docs/assets/swagger-ui-bundle.js",
            swagger_css_url="/docs/assets/swagger-ui.css",
            swagger_favicon_url="/docs/assets/favicon.png",
        )
