"""Text that PostgreSQL does not take: an engine's is cleaned; what comes another way ends the generation, once."""

import httpx
import pytest

from ..conftest import FakeMesh
from ..fakes.llm import Script
from .reading import generate

GENERATIONS = "/api/v1/generations"


def test_the_character_nul_in_an_engines_answer_is_dropped(mesh: FakeMesh, client: httpx.Client) -> None:  # R3.8
    mesh.llm.scripts = [Script(reasoning=["그\x00래"], parts=["안녕", "\x00", "하세\x00요"])]
    session = client.post("/api/sessions", json={}).json()["id"]
    messages = f"/api/sessions/{session}/messages"
    assert client.post(messages, json={"message": "안녕"}).status_code == 200
    assert client.get(messages).json()["items"][-1]["content"] == "안녕하세요"
    assert len(mesh.llm.bodies("/v1/chat/completions")) == 1


def test_half_a_surrogate_pair_is_an_answer_that_broke_off(mesh: FakeMesh, client: httpx.Client) -> None:
    mesh.llm.scripts = [Script(parts=["half"], ending="surrogate")]
    events = generate(client)
    assert (events[-1]["type"], events[-1]["engine"], events[-1]["degraded"]) == ("completed", "builtin", True)


def test_what_postgresql_refuses_ends_the_generation_at_once(
    mesh: FakeMesh, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:  # R3.8
    monkeypatch.setattr(mesh.postprocess, "content", "<screen\x00/>")
    events = generate(client)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert (events[-1]["type"], events[-1]["problem"]["code"]) == ("failed", "internal_error")
    assert len(mesh.llm.bodies("/v1/chat/completions")) == 1
    kept = client.get(f"{GENERATIONS}/{events[0]['generation_id']}").json()
    assert (kept["status"], kept["problem"]["code"]) == ("failed", "internal_error")
