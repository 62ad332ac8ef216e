"""The stack scaled by a number: replicas come, go and die, and what was ordered is delivered."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from framewright.client import Client
from framewright.errors import Refused, Unreachable
from running_stack import GENERATIONS, PROMPT, Running

ENGINE = "paced"
MINUTES_OF_KILLS = 1.0
KILL_EVERY_S = 5.0
TWO_POLLS_S = 10.0
"""A new engine has come through to every replica of llm-proxy and of the gateway."""
CALLERS = 4


@dataclass
class Orders:
    """What the callers ordered, and what became of it."""

    ends: Counter[str] = field(default_factory=Counter)
    cut: int = 0
    turned_away: int = 0
    faults: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


@pytest.fixture(scope="module")
def paced(running: Running) -> Iterator[str]:
    """An engine that takes six seconds for a screen, so that a gateway that dies takes something with it."""
    with running.client() as client:
        made = client.post(GENERATIONS, json=PROMPT, headers={"Accept": "application/json"}).json()
        spec = client.get(f"{GENERATIONS}/{made['generation_id']}/spec").json()
        file = running.folder / "deploy" / "tests" / "paced_spec.json"
        file.write_text(json.dumps(spec.get("spec", spec), ensure_ascii=False), encoding="utf-8")
        body = {"id": ENGINE, "kind": "openai", "base_url": "http://paced:8000/v1", "model": "paced-7b"}
        created = client.post("/api/admin/engines", json=body)
        assert created.status_code == 201, created.text
        deadline = time.monotonic() + 60
        while True:
            answer = client.post(GENERATIONS, json={**PROMPT, "model": ENGINE}, headers={"Accept": "application/json"})
            if answer.status_code == 200 and answer.json()["engine"] == ENGINE and not answer.json()["degraded"]:
                break
            assert time.monotonic() < deadline, answer.text
            time.sleep(1)
        time.sleep(TWO_POLLS_S)
        yield ENGINE
        client.delete(f"/api/admin/engines/{ENGINE}")


def order(running: Running, orders: Orders, stop: threading.Event) -> None:
    """One caller: orders, follows to the end over cut connections, orders again."""

    def cut(_reason: str) -> None:
        orders.cut += 1

    with Client(running.base_url, running.api_key, on_cut=cut) as client:
        while not stop.is_set():
            begun = time.monotonic()
            try:
                events = list(client.generate(**PROMPT, model=ENGINE))
            except (Refused, Unreachable) as error:
                if isinstance(error, Refused) and error.status not in {502, 503}:
                    orders.faults.append(repr(error))
                orders.turned_away += 1
                time.sleep(0.5)
                continue
            numbers = [event.seq for event in events]
            if numbers != list(range(1, len(numbers) + 1)):
                orders.faults.append(f"events {numbers}")
            orders.ends[events[-1].type] += 1
            if events[-1].type != "completed":
                orders.faults.append(f"{events[-1].type}: {events[-1].data}")
            orders.seconds.append(time.monotonic() - begun)


def test_everything_scales_by_a_number(running: Running) -> None:  # R5.8
    wanted = {"gateway": 3, "llm-proxy": 2, "gateway-worker": 4, "intent-service": 2, "postprocess-service": 2}
    scales = [part for name, count in wanted.items() for part in ("--scale", f"{name}={count}")]
    running.compose("up", "-d", "--no-recreate", "--wait", *scales)
    states = [json.loads(line) for line in running.compose("ps", "--format", "json").splitlines()]
    counts = Counter(state["Service"] for state in states if state["Health"] == "healthy")
    assert {name: counts[name] for name in wanted} == wanted


def test_generations_complete_while_a_gateway_is_killed_every_five_seconds(  # R1.12, R5.8
    running: Running, paced: str, record_property: Any
) -> None:
    running.scale("gateway", 3)
    orders, stop = Orders(), threading.Event()
    callers = [threading.Thread(target=order, args=(running, orders, stop)) for _ in range(CALLERS)]
    for caller in callers:
        caller.start()
    kills, deadline = 0, time.monotonic() + 60 * MINUTES_OF_KILLS
    while time.monotonic() < deadline:
        time.sleep(KILL_EVERY_S)
        gateways = running.containers("gateway")
        running.kill(gateways[kills % len(gateways)])
        kills += 1
    stop.set()
    for caller in callers:
        caller.join(120)
    slowest = max(orders.seconds)
    print(f"\n{kills} kills; ends {dict(orders.ends)}; {orders.cut} streams cut and taken up again; "
          f"{orders.turned_away} orders made again; slowest {slowest:.1f} s")  # fmt: skip
    assert orders.faults == []
    assert set(orders.ends) == {"completed"}
    assert sum(orders.ends.values()) >= CALLERS * 4
    assert orders.cut > 0, "no kill met a running generation"


def test_a_gateway_that_is_scaled_away_loses_nothing(running: Running, paced: str) -> None:
    orders, stop = Orders(), threading.Event()
    callers = [threading.Thread(target=order, args=(running, orders, stop)) for _ in range(CALLERS)]
    for caller in callers:
        caller.start()
    time.sleep(3)
    running.scale("gateway", 1)
    time.sleep(8)
    running.scale("gateway", 2)
    stop.set()
    for caller in callers:
        caller.join(120)
    assert orders.faults == []
    assert set(orders.ends) == {"completed"}


def test_a_service_whose_process_dies_is_started_again(running: Running) -> None:
    container = running.containers("intent-service")[0]
    running.kill(container)
    deadline = time.monotonic() + 60
    while running.run("docker", "inspect", "-f", "{{.State.Health.Status}}", container).strip() != "healthy":
        assert time.monotonic() < deadline
        time.sleep(0.5)
    with running.client() as client:
        assert client.post(GENERATIONS, json=PROMPT, headers={"Accept": "application/json"}).status_code == 200


def test_without_a_gateway_the_edge_answers_with_a_problem(running: Running) -> None:
    running.compose("stop", "gateway")
    with running.client() as client:
        answer = client.get("/readyz")
    running.compose("start", "gateway")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "gateway_unavailable"
    assert answer.headers["retry-after"] == "2"
    deadline = time.monotonic() + 60
    while True:
        with running.client() as client:
            if client.get("/readyz").status_code == httpx.codes.OK:
                return
        assert time.monotonic() < deadline
        time.sleep(0.5)
