"""The engines as they are at the moment of a scrape."""

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from .registry import Registry


class EngineGauges(Collector):
    """Read from the registry, so that nothing has to be kept up to date. `prefix` begins the names."""

    def __init__(self, registry: Registry, *, prefix: str) -> None:
        self._registry = registry
        self._prefix = prefix

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing yet: the engines are not known when this is registered."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        labels = ["engine"]
        ready = GaugeMetricFamily(f"{self._prefix}_engine_ready", "1 where the engine is ready.", labels=labels)
        paused = GaugeMetricFamily(f"{self._prefix}_engine_paused", "1 where its breaker is open.", labels=labels)
        running = GaugeMetricFamily(f"{self._prefix}_engine_running", "Calls that it is working on.", labels=labels)
        waiting = GaugeMetricFamily(f"{self._prefix}_engine_waiting", "Calls in its queue.", labels=labels)
        tokens = GaugeMetricFamily(f"{self._prefix}_engine_outstanding_tokens", "Tokens of its calls.", labels=labels)
        theirs = GaugeMetricFamily(f"{self._prefix}_server_waiting", "Calls in the server's own queue.", labels=labels)
        for slot in self._registry.slots():
            name = [slot.settings.id]
            ready.add_metric(name, slot.state == "ready")
            paused.add_metric(name, bool(slot.breaker.waits_s))
            running.add_metric(name, slot.load.running)
            waiting.add_metric(name, slot.queue.length)
            tokens.add_metric(name, slot.load.outstanding)
            if slot.server_waiting is not None:
                theirs.add_metric(name, slot.server_waiting)
        yield from (theirs, ready, paused, running, waiting, tokens)
