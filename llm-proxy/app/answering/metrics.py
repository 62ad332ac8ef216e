"""What is measured of completions, by engine and model."""

from dataclasses import dataclass

from prometheus_client import Counter, Histogram

from chassis.metrics import ServiceMetrics

from ..engines.protocol import Usage
from ..routing.opened import Route

_REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class _Series:
    """The series of one engine and model: looking them up by their labels costs more than counting."""

    first_piece: Histogram
    prompt_tokens: Counter
    completion_tokens: Counter
    fallbacks: Counter


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
        self._series: dict[tuple[str, str], _Series] = {}
        self._durations: dict[tuple[str, str, str], Histogram] = {}

    def begun(self, route: Route, seconds: float) -> None:
        series = self._of(route)
        series.first_piece.observe(seconds)
        if route.degraded:
            series.fallbacks.inc()

    def ended(self, route: Route, outcome: str, usage: Usage | None, seconds: float) -> None:
        key = (route.engine, route.model, outcome)
        duration = self._durations.get(key)
        if duration is None:
            duration = self._durations[key] = self._duration.labels(*key)
        duration.observe(seconds)
        if usage is not None:
            series = self._of(route)
            series.prompt_tokens.inc(usage.prompt_tokens)
            series.completion_tokens.inc(usage.completion_tokens)

    def failed(self, model: str, code: str) -> None:
        self._failures.labels(model, code).inc()

    def _of(self, route: Route) -> _Series:
        key = (route.engine, route.model)
        series = self._series.get(key)
        if series is None:
            if len(self._series) > _REMEMBERED:
                self._series.clear()
            series = self._series[key] = _Series(
                self._first_piece.labels(*key),
                self._tokens.labels(*key, "prompt"),
                self._tokens.labels(*key, "completion"),
                self._fallbacks.labels(*key),
            )
        return series
