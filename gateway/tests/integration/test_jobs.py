"""Generations that a job runs, in a worker of its own."""

import re
import time
from typing import Any

import httpx

from ..conftest import GatewayFactory
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


def test_an_asynchronous_generation_is_run_by_the_worker(client: httpx.Client, start_worker: GatewayFactory) -> None:
    location = ordered(client)
    assert client.get(location).json()["status"] == "queued"
    start_worker()
    with streamed(client, "GET", f"{location}/events") as events:
        seen = list(events)
    assert [event["seq"] for event in seen] == list(range(1, len(seen) + 1))
    assert seen[-1]["type"] == "completed"
