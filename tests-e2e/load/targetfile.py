"""The target's load: so many searches and generations a second, whatever the answers take, as cheap as it can be sent.

Times count from when a request was due, so that a mesh that can't keep up shows it.
"""

import json
import os
import re
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import gevent
import orjson
from geventhttpclient import HTTPClient
from locust import User, events, task

from load.words import Words

SEARCHES, GENERATIONS = float(os.environ["LOAD_SEARCHES"]), float(os.environ["LOAD_GENERATIONS"])
SECONDS, WARM_UP_S = float(os.environ["LOAD_SECONDS"]), float(os.environ["LOAD_WARM_UP_S"])
"""The warm-up before has the same load; its answers are looked at, and not counted."""
FRESH = bool(os.environ.get("LOAD_FRESH"))
"""Whether no two queries are alike; else they come as people ask."""
_LIMIT_S = 60.0
_CODE = re.compile(rb'"code":"([a-z_]+)"')
_words = Words()
_queries: set[str] = set()
_times_ms: defaultdict[str, list[float]] = defaultdict(list)
"""Exact: locust's own statistics round to tens above 100 ms."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of request; `wanted` stands in every good answer."""

    name: str
    path: str
    accept: str
    wanted: bytes


SEARCH = Kind("search", "/api/v1/search", "application/json", b'"hits"')
GENERATE = Kind("generate", "/api/v1/generations", "text/event-stream", b"event: completed")


class Target(User):
    """Both streams of requests at their fixed rates."""

    @task
    def run_both(self) -> None:
        assert self.host
        self._http = HTTPClient.from_url(self.host, concurrency=400, network_timeout=_LIMIT_S)
        self._started = time.perf_counter()
        streams = [
            gevent.spawn(self._at_rate, SEARCHES, self._search),
            gevent.spawn(self._at_rate, GENERATIONS, self._generate),
        ]
        gevent.joinall(streams, raise_error=True)
        assert self.environment.runner is not None
        self.environment.runner.quit()

    def _at_rate(self, rate: float, work: Callable[[int, float], None]) -> None:
        running = []
        for number in range(round(rate * (WARM_UP_S + SECONDS))):
            due = self._started + number / rate
            gevent.sleep(max(0.0, due - time.perf_counter()))
            running.append(gevent.spawn(work, number, due))
            if number % 1_000 == 0:
                running = [item for item in running if not item.ready()]
        gevent.joinall(running, timeout=_LIMIT_S)

    def _search(self, number: int, due: float) -> None:
        query = _words.query(number) if FRESH else _words.asked()
        if due >= self._started + WARM_UP_S:
            _queries.add(query)
        self._ask(SEARCH, {"query": query, "framework": "xframe5"}, due)

    def _generate(self, number: int, due: float) -> None:
        body = {"prompt": _words.prompt(number)}
        self._ask(GENERATE, body, due)

    def _ask(self, kind: Kind, body: object, due: float) -> None:
        headers = {
            "Authorization": f"Bearer {os.environ['FRAMEWRIGHT_KEY']}", "Content-Type": "application/json",
            "Accept": kind.accept,
        }  # fmt: skip
        problem: Exception | None = None
        size = 0
        try:
            answer = self._http.post(kind.path, body=orjson.dumps(body), headers=headers)
            content = bytes(answer.read())
            size = len(content)
            if answer.status_code != 200 or kind.wanted not in content:
                problem = RuntimeError(f"{answer.status_code} {_code(content)}")
        except OSError as error:
            problem = error
        took_ms = (time.perf_counter() - due) * 1000
        if due < self._started + WARM_UP_S and problem is None:
            return
        _times_ms[kind.name].append(took_ms)
        self.environment.events.request.fire(
            request_type="POST", name=kind.name, response_time=took_ms, response_length=size,
            exception=problem, context={},
        )  # fmt: skip


def _code(content: bytes) -> str:
    """Of a problem, its code: one word for all of a kind."""
    found = _CODE.search(content)
    return found[1].decode() if found else "not as wanted"


@events.quitting.add_listener
def write_times(**_: object) -> None:
    cuts = {name: statistics.quantiles(times, n=100) for name, times in _times_ms.items() if len(times) > 1}
    exact = {name: {"p50_ms": cut[49], "p95_ms": cut[94], "p99_ms": cut[98]} for name, cut in cuts.items()}
    searches = max(1, len(_times_ms[SEARCH.name]))
    document = {
        "exact": exact,
        "answered": {
            name: {"requests": len(times), "per_s": len(times) / SECONDS} for name, times in _times_ms.items()
        },
        "generator_cores": time.process_time() / (WARM_UP_S + SECONDS),
        "different_queries": len(_queries) / searches,
    }
    Path(os.environ["LOAD_TIMES"]).write_text(json.dumps(document, indent=1), encoding="utf-8")
