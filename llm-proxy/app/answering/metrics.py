"""What is measured of answers: by the GenAI conventions of OpenTelemetry where those have a name for it.

https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics/, in Prometheus' way of writing names.
"""

from dataclasses import dataclass

from prometheus_client import Histogram

from chassis.metrics import ServiceMetrics

from ..engines.protocol import CallKind, Usage
from ..routing.opened import Route

_LABELS = ("engine", "gen_ai_response_model", "gen_ai_operation_name")
_OPERATIONS: dict[CallKind, str] = {"chat": "chat", "completion": "text_completion", "responses": "responses"}
_FIRST_TOKEN_S = (0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 120)
_PER_TOKEN_S = (0.001, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5)
_DURATION_S = (0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 300)
_TOKENS = (1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576)
_WAIT_S = (0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 20, 40, 60, 120)
_TRUNCATED = frozenset({"engine_truncated", "prompt_truncated"})

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Series:
    """The series of one engine, model and operation: to look them up by their labels costs more than to count."""

    first_token: Histogram
    per_token: Histogram
    tokens_in: Histogram
    tokens_out: Histogram


class CompletionMetrics:
    """Counts answers, tokens, times and fallbacks."""

    def __init__(self, metrics: ServiceMetrics) -> None:
        def gen_ai(name: str, text: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
            return Histogram(name, text, (*_LABELS, *labels), buckets=buckets, registry=metrics.registry)

        self._first_token = gen_ai(
            "gen_ai_server_time_to_first_token_seconds", "From request to the engine's first content.", _FIRST_TOKEN_S
        )
        self._per_token = gen_ai(
            "gen_ai_server_time_per_output_token_seconds", "Between two tokens, after the first.", _PER_TOKEN_S
        )
        self._duration = gen_ai(
            "gen_ai_server_request_duration_seconds", "From request to the end of the answer.", _DURATION_S,
            "error_type",
        )  # fmt: skip
        self._tokens = gen_ai("gen_ai_client_token_usage", "Tokens of a request.", _TOKENS, "gen_ai_token_type")
        labels = ("engine", "model")
        self._waits = metrics.histogram("queue_wait_seconds", "Waiting for a turn at an engine.", ("engine",), _WAIT_S)
        self._cancelled = metrics.counter("cancelled_total", "Answers whose caller left.", labels)
        self._truncated = metrics.counter(
            "truncated_total", "Answers or prompts that an engine cut off.", (*labels, "code")
        )
        self._fallbacks = metrics.counter(
            "fallbacks_total", "Answers of another engine than the one asked for.", labels
        )
        self._failures = metrics.counter("failures_total", "Requests that no engine answered.", ("model", "code"))
        self._series: dict[Key, _Series] = {}
        self._durations: dict[tuple[Key, str], Histogram] = {}

    def begun(self, route: Route, kind: CallKind, *, first_s: float, waited_s: float) -> None:
        """`first_s`: from the request to the first content, `waited_s` of it in a queue."""
        self._of((route.engine, route.model, _OPERATIONS[kind])).first_token.observe(first_s)
        if waited_s:
            self._waits.labels(route.engine).observe(waited_s)
        if route.degraded:
            self._fallbacks.labels(route.engine, route.model).inc()

    def ended(
        self, route: Route, kind: CallKind, outcome: str, usage: Usage | None, *, first_s: float, all_s: float
    ) -> None:
        """`outcome`: `completed`, `cancelled`, or an error's code; times from the request on."""
        key = (route.engine, route.model, _OPERATIONS[kind])
        duration = self._durations.get((key, outcome))
        if duration is None:
            error = "" if outcome == "completed" else outcome
            duration = self._durations[key, outcome] = self._duration.labels(*key, error)
        duration.observe(all_s)
        if usage is not None:
            series = self._of(key)
            series.tokens_in.observe(usage.prompt_tokens)
            series.tokens_out.observe(usage.completion_tokens)
            if usage.completion_tokens > 1:
                series.per_token.observe((all_s - first_s) / (usage.completion_tokens - 1))
        if outcome == "cancelled":
            self._cancelled.labels(route.engine, route.model).inc()
        elif outcome in _TRUNCATED:
            self._truncated.labels(route.engine, route.model, outcome).inc()

    def left(self, model: str) -> None:
        """Its caller left before an engine had begun to answer."""
        self._cancelled.labels("", model).inc()

    def failed(self, model: str, code: str) -> None:
        if code in _TRUNCATED:
            self._truncated.labels("", model, code).inc()
        self._failures.labels(model, code).inc()

    def _of(self, key: Key) -> _Series:
        series = self._series.get(key)
        if series is None:
            series = self._series[key] = _Series(
                self._first_token.labels(*key),
                self._per_token.labels(*key),
                self._tokens.labels(*key, "input"),
                self._tokens.labels(*key, "output"),
            )
        return series
