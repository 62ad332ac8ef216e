"""Every alert fires for its fault on the running mesh, reaches the operators, and is resolved when the fault is over.

Prometheus, Alertmanager, rules and routes are the shipped ones; only their times are shortened (`scaled.py`).
"""

import time
from functools import partial

import httpx
import pytest

from fault_table.faulty_mesh import FaultyMesh
from observability import causes
from observability.causes import Cause
from observability.scaled import alert_names
from observability.stack import Stack, seen_for
from support.mesh import until

_FIRES_S, _RESOLVES_S = 240.0, 300.0
CAUSES: dict[str, tuple[Cause, tuple[str, ...]]] = {
    "a service is down": (causes.service_down, ("ServiceDown",)),
    "a service is nowhere": (causes.service_gone, ("ServiceGone",)),
    "a service restarts": (causes.service_restarting, ("ServiceRestarting",)),
    "nothing can be checked": (causes.postprocess_down, ("ErrorsHigh", "GenerationsFail")),
    "an engine breaks off": (causes.engine_broken, ("GenerationsDegraded",)),
    "a prompt is cut": (causes.prompt_cut, ("PromptsTruncated",)),
    "no engine answers": (causes.no_engine, ("EnginesFail",)),
    "thirty want one engine": (causes.queue, ("EngineQueueLong", "EngineFirstTokenSlow", "GenerationsSlow")),
    "embeddings are late": (causes.slow_search, ("SearchSlow",)),
    "long queries": (causes.many_queries, ("EmbeddingBacklog",)),
    "passwords are guessed": (causes.guessed_passwords, ("SignInsFail",)),
    "few files": (causes.few_files, ("FilesRunOut",)),
    "a leak": (causes.leak, ("MemoryGrows",)),
}


def test_every_alert_has_a_fault():
    assert sorted(name for _, alerts in CAUSES.values() for name in alerts) == sorted(alert_names())


def test_a_mesh_that_is_well_is_silent(stack: Stack, http: httpx.Client):
    for _ in range(5):
        http.post("/api/v1/search", json={"query": "그리드에서 수정하고 저장", "framework": "xframe5"})
    assert seen_for(stack, 15) <= {"SearchSlow"}, "a first search may be slow on a busy machine"


@pytest.mark.parametrize("name", CAUSES)
def test_alerts_fire_and_are_resolved(name: str, faulty: FaultyMesh, http: httpx.Client, stack: Stack):  # R5.8
    cause, alerts = CAUSES[name]
    stack.pager.told.clear()
    started = time.monotonic()
    with cause(faulty, http, stack):
        for alert in alerts:
            until(partial(stack.pager.heard, alert, "firing"), limit_s=_FIRES_S)
        fired_s = time.monotonic() - started
    ended = time.monotonic()
    for alert in alerts:
        until(partial(stack.pager.heard, alert, "resolved"), limit_s=_RESOLVES_S)
    print(f"{name}: {', '.join(alerts)} fired after {fired_s:.0f} s, resolved {time.monotonic() - ended:.0f} s later")
    until(lambda: set(alerts).isdisjoint(stack.firing()), limit_s=30)
