"""What is measured of completions, by engine and model."""

from chassis.metrics import ServiceMetrics

from ..engines.protocol import Usage
from ..routing.dispatcher import Route


class CompletionMetrics:
    """Counts answers, tokens, times and fallbacks."""

    def __init__(self, metrics: ServiceMetrics) -> None:
        labels = ("engine", "model")
        self._first_piece = metrics.histogram(
            "time_to_first_piece_seconds", "Time from request to the engine's first content.", labels
        )
        self._duration = metrics.histogram(
            "completion_seconds", "Time from request to the end of the answer.", (*labels, "outcome")
        )
        self._tokens = metrics.counter("tokens_total", "Tokens in and out.", (*labels, "direction"))
        self._fallbacks = metrics.counter(
            "fallbacks_total", "Answers of another engine than the one asked for.", labels
        )
        self._failures = metrics.counter("failures_total", "Requests that no engine answered.", ("model", "code"))

    def begun(self, route: Route, seconds: float) -> None:
        self._first_piece.labels(route.engine, route.model).observe(seconds)
        if route.degraded:
            self._fallbacks.labels(route.engine, route.model).inc()

    def ended(self, route: Route, outcome: str, usage: Usage | None, seconds: float) -> None:
        self._duration.labels(route.engine, route.model, outcome).observe(seconds)
        if usage is not None:
            self._tokens.labels(route.engine, route.model, "prompt").inc(usage.prompt_tokens)
            self._tokens.labels(route.engine, route.model, "completion").inc(usage.completion_tokens)

    def failed(self, model: str, code: str) -> None:
        self._failures.labels(model, code).inc()
