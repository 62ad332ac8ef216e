"""Cancels, questions, feedback, and owners that die."""

import threading
import time
from typing import Any

import httpx
import psycopg
import pytest
from app.main import create_app

from chassis.testing import running

from ..conftest import FakeMesh, GatewayFactory, SettingsFactory
from ..fakes.admin import KEY
from ..fakes.llm import Script
from .reading import generate, streamed

GENERATIONS = "/api/v1/generations"
HEADERS = {"Authorization": f"Bearer {KEY}"}


@pytest.fixture
def second(start_gateway: GatewayFactory, gateway: str) -> Any:
    with httpx.Client(base_url=start_gateway(), headers=HEADERS, timeout=20) as client:
        client.get("/health")
        yield client


@pytest.mark.parametrize("replica", ["own", "other"])
def test_a_cancel_reaches_the_engine_within_200_ms_from_any_replica(
    mesh: FakeMesh, client: httpx.Client, second: httpx.Client, replica: str
) -> None:
    canceller = client if replica == "own" else second
    quickest = min(cancelled_after(mesh, client, canceller) for _ in range(3))
    assert quickest < 0.2, "the quickest of three: this machine may be busy with other things"


def cancelled_after(mesh: FakeMesh, client: httpx.Client, canceller: httpx.Client) -> float:
    """Seconds from the request to cancel until the engine sees its client go."""
    mesh.reset()
    mesh.llm.scripts = [Script(parts=["SPEC", *"x" * 300], pause_s=0.05)]
    asked_at = 0.0
    seen: list[dict[str, Any]] = []
    with streamed(client, "POST", GENERATIONS, json={"prompt": "Task 화면"}) as events:
        for event in events:
            seen.append(event)
            if event["type"] == "delta" and not asked_at:
                asked_at = time.monotonic()
                answer = canceller.delete(f"{GENERATIONS}/{seen[0]['generation_id']}")
                assert answer.json()["status"] == "cancelled"
    assert seen[-1]["type"] == "cancelled"
    again = client.delete(f"{GENERATIONS}/{seen[0]['generation_id']}")
    assert (again.status_code, again.json()["status"]) == (200, "cancelled")
    assert mesh.llm.left_at is not None
    return mesh.llm.left_at - asked_at


def test_a_client_that_leaves_does_not_cancel(mesh: FakeMesh, client: httpx.Client) -> None:
    mesh.llm.scripts = [Script(parts=["SPEC", *"abc"], pause_s=0.05)]
    with streamed(client, "POST", GENERATIONS, json={"prompt": "Task 화면"}) as events:
        generation_id = next(events)["generation_id"]
    with streamed(client, "GET", f"{GENERATIONS}/{generation_id}/events") as events:
        assert list(events)[-1]["type"] == "completed"


def test_a_vague_prompt_asks_and_the_answer_changes_the_request(
    mesh: FakeMesh, client: httpx.Client, second: httpx.Client
) -> None:  # R1.9
    seen = []
    with streamed(client, "POST", GENERATIONS, json={"prompt": "화면 만들어줘"}) as events:
        for event in events:
            seen.append(event)
            if event["type"] == "question":
                path = f"{GENERATIONS}/{seen[0]['generation_id']}"
                assert event["default"] == "task"
                assert second.post(f"{path}/answers", json={"question_id": "no", "value": "x"}).status_code == 404
                body = {"question_id": event["question_id"], "value": "employee"}
                assert second.post(f"{path}/answers", json=body).status_code == 200
                assert second.post(f"{path}/answers", json=body).status_code in {404, 409}
    assert seen[-1]["type"] == "completed"
    assert [body["prompt"] for body in mesh.intent.bodies("/v1/intents")] == ["화면 만들어줘", "사원 화면 만들어줘"]
    assert client.post(f"{path}/answers", json=body).status_code == 409


def test_a_question_that_nobody_answers_takes_its_default(mesh: FakeMesh, start_gateway: GatewayFactory) -> None:
    with httpx.Client(base_url=start_gateway(question_limit_s=0.2), headers=HEADERS) as client:
        events = generate(client, "화면 만들어줘")
    assert "question_timeout" in {event.get("code") for event in events}
    assert events[-1]["type"] == "completed"


def test_a_caller_that_cannot_be_asked_gets_the_default_at_once(client: httpx.Client) -> None:
    started = time.monotonic()
    result = client.post(GENERATIONS, json={"prompt": "화면 만들어줘"}).json()
    assert time.monotonic() - started < 5
    assert [warning["code"] for warning in result["warnings"]] == ["question_default"]
    events = generate(client, "화면 만들어줘", options={"questions": False})
    assert "question" not in {event["type"] for event in events}


def test_a_generation_whose_owner_died_is_ended_by_another_replica(
    mesh: FakeMesh, client: httpx.Client, second: httpx.Client, database_url: str
) -> None:
    mesh.llm.scripts = [Script(parts=["SPEC", *"x" * 100], pause_s=0.05)]
    accepted = client.post(GENERATIONS, json={"prompt": "Task 화면"}, headers={"Prefer": "respond-async"}).json()
    generation_id = accepted["generation_id"]
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "UPDATE gateway.generations SET holder = 'dead', lease_until = now() - interval '1 s' WHERE id = %s",
            [generation_id],
        )
    started = time.monotonic()
    with streamed(second, "GET", f"{GENERATIONS}/{generation_id}/events") as events:
        seen = list(events)
    assert time.monotonic() - started < 15
    assert seen[-1]["type"] == "failed"
    assert seen[-1]["problem"]["code"] == "owner_lost"
    assert "게이트웨이" in seen[-1]["problem"]["detail"]
    time.sleep(0.5)
    with streamed(second, "GET", f"{GENERATIONS}/{generation_id}/events") as events:
        assert list(events) == seen, "the old owner wrote after the takeover"
    deadline = time.monotonic() + 5
    while mesh.llm.left_at is None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert mesh.llm.left_at is not None, "the old owner let the engine go on"


def test_a_gateway_that_stops_says_so_in_the_log(
    mesh: FakeMesh, settings_with: SettingsFactory, client: httpx.Client
) -> None:
    mesh.llm.scripts = [Script(parts=["SPEC", *"x" * 200], pause_s=0.05)]
    headers = {**HEADERS, "Prefer": "respond-async"}
    with running(create_app(settings_with())) as stopping:
        answer = httpx.post(f"{stopping}{GENERATIONS}", json={"prompt": "Task"}, headers=headers)
    result = client.get(answer.headers["location"]).json()
    assert result["status"] == "failed"
    assert result["problem"]["code"] == "gateway_stopped"


def test_feedback_is_kept(client: httpx.Client) -> None:
    generation_id = generate(client)[0]["generation_id"]
    path = f"{GENERATIONS}/{generation_id}"
    body = {"rating": 5, "comment": "좋아요", "accepted": [{"path": "TaskList.xml", "content": "<screen/>"}]}
    answer = client.post(f"{path}/feedback", json=body)
    assert answer.status_code == 200
    assert client.get(path).json()["feedback"]["accepted"] == body["accepted"]
    assert client.post(f"{path}/feedback", json={"rating": 6}).json()["errors"][0]["field"] == "rating"


def test_many_generations_at_once_all_end_whole(mesh: FakeMesh, client: httpx.Client, gateway: str) -> None:
    results: list[list[dict[str, Any]]] = []

    def one() -> None:
        with httpx.Client(base_url=gateway, headers=HEADERS, timeout=30) as own:
            results.append(generate(own))

    threads = [threading.Thread(target=one) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 12
    for events in results:
        assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
        assert events[-1]["type"] == "completed"
