"""Jobs survive the death of what runs them and of what keeps them; streams survive their gateway's."""

import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from support.api import GENERATIONS, TERMINAL, Api, assert_whole, of_type
from support.engine import PacedEngine
from support.gateways import OwnProcess, spec_pieces
from support.mesh import Mesh, until

PROMPT = "Task 관리 화면 만들어줘"
LIMIT_S = 60.0


@pytest.fixture
def slow(api: Api, paced: PacedEngine) -> PacedEngine:
    """An engine that takes some seconds for a spec that can be used."""
    made = api.generate(PROMPT, model="builtin")[0]["generation_id"]
    spec = api.http.get(f"{GENERATIONS}/{made}/spec").json()
    pieces = spec_pieces(spec, 40)
    paced.pieces, paced.pause_s = pieces, 4.0 / len(pieces)
    paced.forget()
    return paced


def ordered(api: Api, engine: PacedEngine) -> str:
    """The location of a job's generation of whose answer something can be seen."""
    answer = api.http.post(
        GENERATIONS, json={"prompt": PROMPT, "model": "paced"}, headers={"Prefer": "respond-async"}
    )  # fmt: skip
    assert answer.status_code == 202, answer.text
    assert engine.started.wait(30)
    location: str = answer.headers["location"]
    with api.stream("GET", f"{location}/events") as events:
        next(event for event in events if event["type"] == "delta")
    return location


def ended(api: Api, location: str) -> dict[str, Any]:
    """The result, asked for again while the mesh is hurt."""
    deadline = time.monotonic() + LIMIT_S
    while True:
        try:
            answer = api.http.get(location)
            if answer.status_code == 200 and answer.json()["ended_at"]:
                document: dict[str, Any] = answer.json()
                return document
        except httpx.TransportError:
            pass
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_job_goes_on_when_its_worker_is_killed(api: Api, mesh: Mesh, slow: PacedEngine):  # R2.3
    location = ordered(api, slow)
    mesh.kill("gateway-worker")
    assert ended(api, location)["status"] == "completed"
    events = api.resume(location.rpartition("/")[2], 0)
    assert_whole(events)
    assert [event["code"] for event in of_type(events, "warning")] == ["taken_over"]
    assert of_type(events, "reset"), "what the dead one sent is void"


def test_a_job_goes_on_when_postgres_is_killed(api: Api, mesh: Mesh, slow: PacedEngine):  # R2.3
    location = ordered(api, slow)
    mesh.kill("postgres")
    assert ended(api, location)["status"] == "completed"
    assert_whole(api.resume(location.rpartition("/")[2], 0))
    until(lambda: mesh.is_ready("gateway-worker"), limit_s=30)


def test_a_batch_goes_on_when_its_worker_is_killed(api: Api, mesh: Mesh):  # R2.3
    rows = "prompt\n" + "사원 목록 조회 화면 만들어줘\n" * 12
    answer = api.http.post("/api/v1/batches", content=rows.encode(), headers={"Content-Type": "text/csv"})
    location = answer.headers["location"]
    until(lambda: api.http.get(location).json()["done"] > 0)
    mesh.kill("gateway-worker")
    batch = ended(api, location)
    assert batch["counts"] == {"completed": 12}


@pytest.mark.usefixtures("slow")
def test_a_stream_goes_on_when_its_gateway_is_killed(api: Api, mesh: Mesh):  # R1.9
    seen: list[dict[str, Any]] = []
    killed = False
    deadline = time.monotonic() + LIMIT_S
    while not seen or seen[-1]["type"] not in TERMINAL:
        assert time.monotonic() < deadline
        try:
            if seen:
                headers = {"Last-Event-ID": str(seen[-1]["seq"])}
                stream = api.stream("GET", f"{GENERATIONS}/{seen[0]['generation_id']}/events", headers=headers)
            else:
                stream = api.stream("POST", GENERATIONS, json={"prompt": PROMPT, "model": "paced"})
            with stream as events:
                for event in events:
                    seen.append(event)
                    if event["type"] == "delta" and not killed:
                        killed = True
                        mesh.kill("gateway")
        except (httpx.TransportError, AssertionError):
            time.sleep(0.2)
    assert_whole(seen)
    assert seen[-1]["type"] == "completed"
    assert "taken_over" in {event.get("code") for event in seen}


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize(("drain_s", "ends_there"), [("15", True), ("0.5", False)])
def test_a_gateway_that_is_stopped_leaves_no_stream_open(
    api: Api, mesh: Mesh, tmp_path: Path, drain_s: str, *, ends_there: bool
):
    second = OwnProcess(mesh, mesh.port_base + 82, tmp_path / "second.log", settings=(("GATEWAY_DRAIN_S", drain_s),))
    second.start()
    headers = {"Authorization": f"Bearer {mesh.key}"}
    try:
        with httpx.Client(base_url=second.url, headers=headers, timeout=60, trust_env=False) as http:
            seen: list[dict[str, Any]] = []
            with Api(http).stream("POST", GENERATIONS, json={"prompt": PROMPT, "model": "paced"}) as events:
                for event in events:
                    seen.append(event)
                    if event["type"] == "delta" and second.running():
                        second.ask_to_stop()
    finally:
        second.stop()
    assert (seen[-1]["type"] in TERMINAL) == ends_there
    rest = api.resume(seen[0]["generation_id"], seen[-1]["seq"])
    assert_whole([*seen, *rest])
    assert [*seen, *rest][-1]["type"] == "completed"
