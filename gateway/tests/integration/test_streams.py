"""Streams are cut, resumed, and read on other replicas."""

import itertools
import re
import zipfile
from io import BytesIO
from random import Random
from typing import Any

import httpx
import pytest

from ..conftest import FakeMesh, GatewayFactory
from ..fakes.admin import KEY, OTHER_KEY
from ..fakes.llm import Script
from .reading import STREAM, generate, streamed

GENERATIONS = "/api/v1/generations"


def test_a_stream_is_resumed_after_the_end(client: httpx.Client) -> None:
    events = generate(client)
    path = f"{GENERATIONS}/{events[0]['generation_id']}/events"
    with streamed(client, "GET", path, headers={"Last-Event-ID": "4"}) as rest:
        assert list(rest) == events[4:]
    with streamed(client, "GET", path) as everything:
        assert list(everything) == events
    for last in (events[-1]["seq"], 999_999):
        nothing = client.get(path, headers={**STREAM, "Last-Event-ID": str(last)})
        assert (nothing.status_code, nothing.content) == (204, b""), "a browser's EventSource would ask for ever"


@pytest.mark.parametrize("bad", ["x", "-1", "1.5", "9" * 30, "٣"])
def test_a_last_event_id_that_is_no_number_is_a_400(client: httpx.Client, bad: str) -> None:
    generation_id = generate(client)[0]["generation_id"]
    headers = {b"Last-Event-ID": bad.encode()}
    answer = client.get(f"{GENERATIONS}/{generation_id}/events", headers=headers)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "Last-Event-ID"


def test_a_cut_stream_goes_on_at_another_replica_without_loss_or_repeat(
    mesh: FakeMesh, start_gateway: GatewayFactory
) -> None:  # R1.9
    mesh.llm.scripts = [Script(parts=["SPEC", *"abcdefgh"], pause_s=0.05)]
    headers = {"Authorization": f"Bearer {KEY}"}
    seen = []
    with (
        httpx.Client(base_url=start_gateway(), headers=headers, timeout=20) as first,
        httpx.Client(base_url=start_gateway(), headers=headers, timeout=20) as second,
    ):
        with streamed(first, "POST", GENERATIONS, json={"prompt": "Task 화면"}) as events:
            for event in events:
                seen.append(event)
                if event["type"] == "delta":
                    break
        path = f"{GENERATIONS}/{seen[0]['generation_id']}/events"
        with streamed(second, "GET", path, headers={"Last-Event-ID": str(seen[-1]["seq"])}) as rest:
            seen += [event for event in rest if event["type"] != "comment"]
    assert [event["seq"] for event in seen] == list(range(1, len(seen) + 1))
    assert "".join(event["text"] for event in seen if event["type"] == "delta") == "SPECabcdefgh"
    assert seen[-1]["type"] == "completed"


def test_a_stream_survives_a_restart_of_the_gateway(mesh: FakeMesh, start_gateway: GatewayFactory) -> None:
    headers = {"Authorization": f"Bearer {KEY}"}
    with httpx.Client(base_url=start_gateway(), headers=headers) as first:
        events = generate(first)
    with (
        httpx.Client(base_url=start_gateway(), headers=headers) as second,
        streamed(second, "GET", f"{GENERATIONS}/{events[0]['generation_id']}/events") as again,
    ):
        assert list(again) == events


def test_silence_is_kept_alive_by_comments(mesh: FakeMesh, start_gateway: GatewayFactory) -> None:  # R1.9
    mesh.llm.scripts = [Script(parts=["SPEC"], pause_s=0.5)]
    headers = {"Authorization": f"Bearer {KEY}"}
    with httpx.Client(base_url=start_gateway(keep_alive_s=0.1), headers=headers) as client:
        events = generate(client)
    assert "comment" in {event["type"] for event in events}
    assert events[-1]["type"] == "completed"


def test_json_waits_and_gives_the_result_and_its_files(client: httpx.Client) -> None:  # R1.12
    answer = client.post(GENERATIONS, json={"prompt": "Task 관리 화면 만들어줘"})
    assert answer.status_code == 200
    result = answer.json()
    assert (result["status"], result["intent"]["kind"], result["engine"]) == ("completed", "generate", "vllm")
    assert result["data_model"]["entities"][0]["fields"][0]["origin"] == "inferred"
    assert result["knowledge"][0]["score"] == 0.8
    path = f"{GENERATIONS}/{result['generation_id']}"
    assert client.get(path).json() == result
    assert client.get(f"{path}/artifacts").json()["artifacts"] == result["artifacts"]
    file = client.get(f"{path}/artifacts/TaskList.xml")
    assert file.headers["content-type"] == "application/xml; charset=utf-8"
    assert file.content.startswith(b"\xef\xbb\xbf<?xml")
    assert len(file.content) == result["artifacts"][0]["size"]
    with zipfile.ZipFile(BytesIO(client.get(f"{path}/archive").content)) as packed:
        assert packed.read("TaskList.xml") == file.content
    assert client.get(f"{path}/spec").json()["screen_id"] == "TaskList"


def test_respond_async_answers_at_once_and_says_where(client: httpx.Client, worker: str) -> None:
    answer = client.post(GENERATIONS, json={"prompt": "Task 화면"}, headers={"Prefer": "respond-async"})
    assert answer.status_code == 202
    assert re.fullmatch(rf"{GENERATIONS}/[0-9a-f-]{{36}}", answer.headers["location"])
    with streamed(client, "GET", f"{answer.headers['location']}/events") as events:
        assert list(events)[-1]["type"] == "completed"


def test_another_users_generation_is_not_found(client: httpx.Client, gateway: str) -> None:
    generation_id = generate(client)[0]["generation_id"]
    with httpx.Client(base_url=gateway, headers={"X-API-Key": OTHER_KEY}) as other:
        for path in ("", "/events", "/spec", "/artifacts", "/artifacts/TaskList.xml", "/archive"):
            assert other.get(f"{GENERATIONS}/{generation_id}{path}").status_code == 404
        assert other.delete(f"{GENERATIONS}/{generation_id}").status_code == 404
        assert other.post(f"{GENERATIONS}/{generation_id}/feedback", json={"rating": 1}).status_code == 404
        assert other.get(GENERATIONS).json() == {"items": [], "next_cursor": None}


def test_many_random_cuts_over_two_replicas_lose_and_repeat_nothing(
    mesh: FakeMesh, start_gateway: GatewayFactory
) -> None:  # R1.9
    seed = 20_261_121
    random = Random(seed)
    headers = {"Authorization": f"Bearer {KEY}"}
    replicas = [start_gateway(), start_gateway()]
    for _ in range(3):
        mesh.llm.scripts = [Script(parts=["SPEC", *"abcdefghijklmnop"], pause_s=0.02)]
        seen: list[dict[str, Any]] = []
        with httpx.Client(headers=headers, timeout=20) as client:
            path, method = f"{replicas[0]}{GENERATIONS}", "POST"
            while not seen or seen[-1]["type"] != "completed":
                resume = {"Last-Event-ID": str(seen[-1]["seq"])} if seen else {}
                body = {"prompt": "Task 화면"} if method == "POST" else None
                with streamed(client, method, path, headers=resume, json=body) as events:
                    seen += itertools.islice(events, random.randint(1, 4))
                method = "GET"
                path = f"{random.choice(replicas)}{GENERATIONS}/{seen[0]['generation_id']}/events"
        assert [event["seq"] for event in seen] == list(range(1, len(seen) + 1)), seed
        assert "".join(event["text"] for event in seen if event["type"] == "delta") == "SPECabcdefghijklmnop"
