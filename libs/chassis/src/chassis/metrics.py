"""Prometheus metrics: one registry for each application, never a module global."""

from fastapi import FastAPI, Request
from fastapi.responses import Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

LATENCY_BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300)


class ServiceMetrics:
    """A service's registry, and the request metrics that all services have.

    Names are `framewright_<service>_<what>_<unit>`; the service's name has no dash there.
    """

    def __init__(self, service: str) -> None:
        self.prefix = f"framewright_{service.removesuffix('-service').replace('-', '_')}"
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self.request_seconds = self.histogram(
            "http_request_seconds", "Time from request to the end of the answer.", ("method", "route", "status")
        )
        self.requests_in_flight = Gauge(
            f"{self.prefix}_http_requests_in_flight", "Requests being answered.", registry=self.registry
        )

    def histogram(
        self, name: str, description: str, labels: tuple[str, ...] = (), buckets: tuple[float, ...] = LATENCY_BUCKETS_S
    ) -> Histogram:
        return Histogram(f"{self.prefix}_{name}", description, labels, buckets=buckets, registry=self.registry)

    def counter(self, name: str, description: str, labels: tuple[str, ...] = ()) -> Counter:
        return Counter(f"{self.prefix}_{name}", description, labels, registry=self.registry)

    def gauge(self, name: str, description: str, labels: tuple[str, ...] = ()) -> Gauge:
        return Gauge(f"{self.prefix}_{name}", description, labels, registry=self.registry)


def setup_metrics(app: FastAPI, metrics: ServiceMetrics) -> None:
    """`GET /metrics` in Prometheus' text format; the guard asks for the scrape token."""

    @app.get("/metrics", include_in_schema=False)
    async def read_metrics(_request: Request) -> Response:
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)
