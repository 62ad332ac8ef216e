"""The gateway's own metrics."""

from collections.abc import Callable

from chassis.metrics import ServiceMetrics

from ..pipeline.draft import Draft


class Measures:
    def __init__(self, metrics: ServiceMetrics) -> None:
        self._generations = metrics.counter(
            "generations_total", "Generations that ended.", ("status", "kind", "engine", "degraded")
        )
        self._seconds = metrics.histogram("generation_seconds", "From the request to its end.", ("kind",))
        self._stage_seconds = metrics.histogram("stage_seconds", "Time of a stage, repeats added.", ("stage",))
        self.streams = metrics.gauge("event_streams", "Open event streams.")
        self.sockets = metrics.gauge("chat_sockets", "Open WebSockets.")
        self._running = metrics.gauge("generations_running", "Generations that this process runs.")

    def running(self, count: Callable[[], int]) -> None:
        """`count` is asked whenever the metrics are read."""
        self._running.set_function(count)

    def ended(self, draft: Draft, status: str) -> None:
        kind = draft.kind or "none"
        engine = draft.engine_id or "none"
        self._generations.labels(status, kind, engine, str(draft.degraded).lower()).inc()
        for name, ms in draft.timings.items():
            if name == "total":
                self._seconds.labels(kind).observe(ms / 1000)
            else:
                self._stage_seconds.labels(name).observe(ms / 1000)
