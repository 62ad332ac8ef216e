"""An A/B test of two templates over the whole mesh: drawn by session, judged by what people did, ended in one call."""

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from support.api import Api
from support.mesh import until
from support.replaying_engine import recorded_cases

PATH = "/api/admin/experiments"
ENOUGH = 12
"""Sessions in each arm: with 11 accepted in one and 3 in the other, chance is below 0.5 %."""
MOST, EDITED = 80, 3
PROMPT = "Task 관리 화면 만들어줘"


@pytest.fixture
def experiment(client: httpx.Client, prompts: dict[str, int]) -> Iterator[str]:
    arms = [
        {"name": name, "weight": 1, "engine": "obedient", "templates": {"xframe5/spec": version}}
        for name, version in (("careful", prompts["careful"]), ("prose", prompts["prose"]))
    ]
    started = client.post(
        PATH, json={"name": "care or prose", "arms": arms, "sticky": "session", "planned_units": ENOUGH}
    )
    assert started.status_code == 201, started.text
    yield str(started.json()["id"])
    client.post(f"{PATH}/{started.json()['id']}/rollback")


def read(client: httpx.Client, experiment_id: str) -> dict[str, dict[str, Any]]:
    """The outcomes by arm."""
    answer = client.get(f"{PATH}/{experiment_id}")
    assert answer.status_code == 200, answer.text
    return {item["name"]: item for item in answer.json()["outcomes"]}


def new_session(client: httpx.Client) -> str:
    return str(client.post("/api/sessions", json={"title": "A/B"}).json()["id"])


def generated(api: Api, session_id: str | None = None) -> dict[str, Any]:
    answer = api.wait_for(PROMPT, **({"session_id": session_id} if session_id else {}))
    assert answer.status_code == 200, answer.text
    document: dict[str, Any] = answer.json()
    return document


def react(client: httpx.Client, api: Api, made: dict[str, Any], *, mends: bool) -> None:
    """What a person does: takes the screen over as it is, or is not content and, where he `mends`, writes half anew."""
    path = f"/api/v1/generations/{made['generation_id']}"
    files = {name: content.decode() for name, content in api.files(made["generation_id"]).items()}
    liked = not made["degraded"]
    if not liked:
        files = {name: content[: len(content) // 2] + "\n// written by hand" for name, content in files.items()}
    accepted = [{"path": name, "content": content} for name, content in files.items()]
    body = {"rating": 5, "accepted": accepted, "consent": True} if liked else {"rating": 2}
    assert client.post(f"{path}/feedback", json=body).status_code == 200
    if not liked:
        later = {"accepted": accepted} if mends else {"comment": "prose"}
        assert client.post(f"{path}/feedback", json=later).status_code == 200


@pytest.mark.usefixtures("replays")
def test_two_templates_are_told_apart_and_the_loser_is_gone_in_one_call(  # R1.16 R4.6
    client: httpx.Client, experiment: str
) -> None:
    assert "multi-task-ko" in recorded_cases()
    api = Api(client)
    until(lambda: generated(api, new_session(client))["engine"] == "obedient", limit_s=20)
    sessions, disliked, careful_session = [], 0, ""
    for _ in range(MOST):
        if not any(item["missing_units"] for item in read(client, experiment).values()):
            break
        sessions.append(new_session(client))
        made = generated(api, sessions[-1])
        react(client, api, made, mends=disliked < EDITED)
        disliked += made["degraded"]
        careful_session = careful_session if made["degraded"] else sessions[-1]
    outcomes = read(client, experiment)
    careful, prose = outcomes["careful"], outcomes["prose"]
    print(careful, prose, sep="\n")
    assert min(careful["units"], prose["units"]) >= ENOUGH
    assert careful["degraded"] == 0
    assert prose["degraded"] == prose["generations"], "prose is no spec: the built-in engine answered"
    assert careful["accepted_rate"] > prose["accepted_rate"]
    assert (careful["distance_mean"], careful["accepted_p"]) == (0.0, None)
    assert prose["accepted_p"] < 0.05
    assert prose["distance_mean"] > 0.2
    assert prose["significant"] is True
    # A session stays with its arm.
    for session_id in sessions[:3]:
        first, second = (generated(api, session_id)["degraded"] for _ in range(2))
        assert first == second
    ended = client.post(f"{PATH}/{experiment}/rollback")
    assert (ended.status_code, ended.json()["status"]) == (200, "ended")
    called = time.monotonic()
    until(lambda: generated(api, careful_session)["engine"] == "builtin", limit_s=20)
    print(f"everything goes to production {time.monotonic() - called:.1f} s after the call")
    counted = read(client, experiment)
    assert [generated(api, session_id)["engine"] for session_id in sessions[:4]] == ["builtin"] * 4
    assert read(client, experiment) == counted, "what comes later is no part of it"
    actions = [item["action"] for item in client.get("/api/admin/audit", params={"limit": 10}).json()["items"]]
    assert {"experiment.start", "experiment.roll_back"} <= set(actions)
