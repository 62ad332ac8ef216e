"""The metrics of vLLM's names that dashboards and the LLM proxy read."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from .batch import Batch, Sequence

_SECONDS = (0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 300)
_TOKENS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000)
_LABELS = ("model_name", "engine")


class EngineMetrics:
    def __init__(self, batch: Batch) -> None:
        self.registry = CollectorRegistry()
        self._batch = batch
        values = (batch.pace.model, "0")

        def gauge(name: str, text: str) -> Gauge:
            return Gauge(f"vllm:{name}", text, _LABELS, registry=self.registry).labels(*values)

        def counter(name: str, text: str) -> Counter:
            return Counter(f"vllm:{name}", text, _LABELS, registry=self.registry).labels(*values)

        def histogram(name: str, text: str, buckets: tuple[float, ...] = _SECONDS) -> Histogram:
            return Histogram(f"vllm:{name}", text, _LABELS, buckets=buckets, registry=self.registry).labels(*values)

        gauge("num_requests_running", "Number of requests in model execution batches.").set_function(
            lambda: len(batch.running)
        )
        gauge("num_requests_waiting", "Number of requests waiting to be processed.").set_function(
            lambda: len(batch.waiting)
        )
        gauge("kv_cache_usage_perc", "KV-cache usage. 1 means 100 percent usage.").set_function(
            lambda: batch.cache_used
        )
        self._prompt = counter("prompt_tokens", "Number of prefill tokens processed.")
        self._generated = counter("generation_tokens", "Number of generation tokens processed.")
        self._ended = Counter(
            "vllm:request_success", "Count of processed requests.", (*_LABELS, "finished_reason"),
            registry=self.registry,
        )  # fmt: skip
        self._values = values
        self._first = histogram("time_to_first_token_seconds", "Histogram of time to first token in seconds.")
        self._between = histogram("inter_token_latency_seconds", "Histogram of inter-token latency in seconds.")
        self._whole = histogram("e2e_request_latency_seconds", "Histogram of e2e request latency in seconds.")
        self._queued = histogram("request_queue_time_seconds", "Histogram of time spent in WAITING phase.")
        self._prompts = histogram("request_prompt_tokens", "Number of prefill tokens processed.", _TOKENS)
        self._answers = histogram("request_generation_tokens", "Number of generation tokens processed.", _TOKENS)

    def ended(self, sequence: Sequence, finish: str) -> None:
        """Counts a request when it has ended, however it did."""
        self._ended.labels(*self._values, finish).inc()
        self._prompt.inc(sequence.prompt_tokens)
        self._generated.inc(sequence.sent)
        self._prompts.observe(sequence.prompt_tokens)
        self._answers.observe(sequence.sent)
        end = sequence.ended or sequence.arrived
        self._whole.observe(end - sequence.arrived)
        if sequence.admitted:
            self._queued.observe(sequence.admitted - sequence.arrived)
        if sequence.first_at:
            self._first.observe(sequence.first_at - sequence.arrived)
            if sequence.sent > 1:
                self._between.observe((end - sequence.first_at) / (sequence.sent - 1))

    def text(self) -> bytes:
        return generate_latest(self.registry)
