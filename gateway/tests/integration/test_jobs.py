"""Generations that a job runs, in a worker of its own."""

import re
import time
from typing import Any

import httpx
import psycopg
from app.worker import create_app as create_worker

from chassis.errors import Unavailable
from chassis.testing import TEST_METRICS_TOKEN, running

from ..conftest import FakeMesh, GatewayFactory, SettingsFactory
from ..fakes.llm import Script
from .reading import streamed

GENERATIONS = "/api/v1/generations"
ASYNC = {"Prefer": "respond-async"}


def ordered(client: httpx.Client, **body: Any) -> str:
    """The location of a generation that a job runs."""
    answer = client.post(GENERATIONS, json={"prompt": "Task 화면", **body}, headers=ASYNC)
    assert answer.status_code == 202
    assert re.fullmatch(rf"{GENERATIONS}/[0-9a-f-]{{36}}", answer.headers["location"])
    return answer.headers["location"]


def until_ended(client: httpx.Client, location: str, limit_s: float = 20) -> dict[str, Any]:
    deadline = time.monotonic() + limit_s
    while True:
        result: dict[str, Any] = client.get(location).json()
        if result["ended_at"] or time.monotonic() > deadline:
            return result
        time.sleep(0.05)


def test_an_asynchronous_generation_is_run_by_the_worker(
    client: httpx.Client, start_worker: GatewayFactory
) -> None:  # R2.2
    location = ordered(client)
    assert client.get(location).json()["status"] == "queued"
    start_worker()
    with streamed(client, "GET", f"{location}/events") as events:
        seen = list(events)
    assert [event["seq"] for event in seen] == list(range(1, len(seen) + 1))
    assert seen[-1]["type"] == "completed"


def test_a_passing_failure_is_tried_again_and_the_log_says_so(  # R2.2
    mesh: FakeMesh, client: httpx.Client, worker: str
) -> None:
    mesh.postprocess.fail = Unavailable("down for a moment")
    location = ordered(client)
    with streamed(client, "GET", f"{location}/events") as events:
        for event in events:
            if event.get("code") == "retrying":
                mesh.postprocess.fail = None
                assert "1/3" in event["message"]
    assert event["type"] == "completed"
    assert client.get(location).json()["status"] == "completed"


def test_a_refusal_is_not_tried_again(mesh: FakeMesh, client: httpx.Client, worker: str) -> None:  # R2.2
    result = until_ended(client, ordered(client, prompt="색을 바꿔줘"))
    assert result["status"] == "failed"
    assert result["problem"]["code"] == "nothing_to_modify"


def test_a_queued_generation_is_cancelled_at_once(client: httpx.Client) -> None:
    location = ordered(client)
    assert client.delete(location).json()["status"] == "cancelled"
    with streamed(client, "GET", f"{location}/events") as events:
        assert [event["type"] for event in events] == ["created", "cancelled"]


def test_a_running_job_is_cancelled(mesh: FakeMesh, client: httpx.Client, worker: str) -> None:
    mesh.llm.scripts = [Script(parts=["SPEC", *"x" * 200], pause_s=0.05)]
    location = ordered(client)
    with streamed(client, "GET", f"{location}/events") as events:
        for event in events:
            if event["type"] == "delta":
                client.delete(location)
    assert event["type"] == "cancelled"


def test_indexing_never_delays_a_person(  # R2.2, R2.3
    mesh: FakeMesh, client: httpx.Client, start_worker: GatewayFactory
) -> None:
    mesh.rag.repository_state = "indexing"
    repository = {"name": "shop", "source": {"type": "path", "path": "/a"}}
    for _ in range(5):
        assert client.post("/api/v1/repositories", json=repository).status_code == 202
    start_worker(drain_s=0.2, worker_indexing=1, worker_generations=1)
    deadline = time.monotonic() + 10
    while not any(path.startswith("GET") for path, _ in mesh.rag.calls):
        assert time.monotonic() < deadline, "nothing was indexed"
        time.sleep(0.05)
    assert until_ended(client, ordered(client), limit_s=10)["status"] == "completed"


def test_a_worker_that_stops_puts_its_job_back(
    mesh: FakeMesh, client: httpx.Client, settings_with: SettingsFactory, start_worker: GatewayFactory
) -> None:  # R2.3
    mesh.llm.scripts = [Script(parts=["SPEC", *"x" * 400], pause_s=0.05)]
    with running(create_worker(settings_with(drain_s=0.2))):
        location = ordered(client)
        with streamed(client, "GET", f"{location}/events") as events:
            next(event for event in events if event["type"] == "delta")
    assert client.get(location).json()["status"] == "queued"
    start_worker()
    result = until_ended(client, location)
    assert result["status"] == "completed"
    with streamed(client, "GET", f"{location}/events") as events:
        seen = list(events)
    assert [event["seq"] for event in seen] == list(range(1, len(seen) + 1))
    assert "taken_over" in {event.get("code") for event in seen}


def test_the_job_of_a_dead_worker_goes_to_another(
    client: httpx.Client, start_worker: GatewayFactory, database_url: str
) -> None:  # R2.3
    location = ordered(client)
    with psycopg.connect(database_url, autocommit=True, options="-c search_path=gateway") as connection:
        connection.execute(
            "INSERT INTO gateway.procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute')"
        )
        connection.execute(
            "UPDATE gateway.procrastinate_jobs SET status = 'doing', "
            "worker_id = (SELECT max(id) FROM gateway.procrastinate_workers) WHERE status = 'todo'"
        )
        connection.execute(
            "UPDATE gateway.generations SET status = 'running', holder = 'dead', epoch = 1, lease_until = now() "
            "WHERE id = %s",
            [location.rpartition("/")[2]],
        )
    start_worker()
    assert until_ended(client, location, limit_s=15)["status"] == "completed"


def test_a_job_that_kills_its_workers_is_given_up(
    client: httpx.Client, start_worker: GatewayFactory, database_url: str
) -> None:
    location = ordered(client)
    with psycopg.connect(database_url, autocommit=True, options="-c search_path=gateway") as connection:
        connection.execute("UPDATE gateway.procrastinate_jobs SET attempts = 6 WHERE status = 'todo'")
    start_worker()
    result = until_ended(client, location)
    assert (result["status"], result["problem"]["code"]) == ("failed", "owner_lost")


def test_the_worker_says_whether_it_fetches(worker: str) -> None:
    headers = {"Authorization": f"Bearer {TEST_METRICS_TOKEN}"}
    deadline = time.monotonic() + 10
    while httpx.get(f"{worker}/readyz").status_code != 200 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert httpx.get(f"{worker}/readyz").json()["dependencies"]["workers"]["ok"]
    while 'jobs_waiting{queue="webhooks"}' not in (text := httpx.get(f"{worker}/metrics", headers=headers).text):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert "framewright_gateway_worker_jobs_rescued_total" in text
    assert "framewright_gateway_worker_generations_running 0.0" in text
