"""Screens that were accepted and approved: found as examples, shown whole in prompts, gone when taken back."""

import json

import pytest
from app.core.clients.admin import AdminKnowledge, KnowledgeOverlay
from tests.conftest import indexed, wait_until

SPEC = {"version": "1", "screen_id": "LeaveList", "title": "휴가 신청 현황", "pattern": "list", "datasets": []}
TEXT = f"""사원이 올린 휴가 신청을 조회하는 화면입니다.

```json
{json.dumps(SPEC, ensure_ascii=False, indent=1)}
```

```xml path=LeaveList.xml
<screen id="LeaveList"/>
```
"""
PROMPT = {
    "task": "spec",
    "prompt": "휴가 신청 현황을 조회하는 화면",
    "language": "ko",
    "framework": "demo",
    "pattern": "list",
    "context_window": 32_000,
}


def accepted(**changes):
    members = {
        "id": "accepted-gen_1",
        "framework": "demo",
        "kind": "example",
        "title": "휴가 신청 현황",
        "text": TEXT,
        "aliases": ["휴가 신청 현황 화면 만들어줘"],
        "tags": ["accepted"],
        "source": "generation gen_1, approved by kim",
    }
    return KnowledgeOverlay.model_validate({**members, **changes})


@pytest.fixture(name="approve")
def _approve(admin):
    def publish(*entries):
        admin.knowledge_document = AdminKnowledge(entries=list(entries))
        admin.revision += 1

    return publish


def test_an_approved_screen_is_found_with_where_it_comes_from_and_gone_when_it_is_taken_back(client, approve):  # R1.15
    approve(accepted(), accepted(id="hint", title="휴가 규칙", text="휴가는 미리.", tags=[]))
    wait_until(lambda: indexed(client) == 5)
    asked = {"query": "휴가 신청 화면", "origins": ["accepted"]}
    hits = client.post("/v1/search", json=asked).json()["hits"]
    assert [(hit["id"], hit["origin"], hit["source"]) for hit in hits] == [
        ("accepted-gen_1", "accepted", "generation gen_1, approved by kim")
    ]
    origins = {hit["origin"] for hit in client.post("/v1/search", json={"query": "휴가 grid"}).json()["hits"]}
    assert origins == {"accepted", "admin", "pack"}
    approve()
    wait_until(lambda: indexed(client) == 3)
    assert client.post("/v1/search", json=asked).json()["hits"] == []


def test_only_prose_is_indexed_of_a_screen_its_code_is_shown(client, approve, embedding):
    approve(accepted())
    wait_until(lambda: indexed(client) == 4)
    assert not any("screen_id" in text for text in embedding.documents_seen)
    hit = client.post("/v1/search", json={"query": "휴가", "origins": ["accepted"]}).json()["hits"][0]
    assert '"screen_id": "LeaveList"' in hit["text"]


def test_a_prompt_carries_the_accepted_screen_of_its_pattern(client, approve):  # R1.6
    approve(accepted())
    wait_until(lambda: indexed(client) == 4)
    answer = client.post("/v1/prompts", json=PROMPT).json()
    system, user = (message["content"] for message in answer["messages"])
    assert '"screen_id":"LeaveList"' in system
    assert "accepted-gen_1" in answer["hits_used"]
    assert "LeaveList" not in user.partition("framewright-request")[0]  # not a second time as a hit
    other = client.post("/v1/prompts", json={**PROMPT, "pattern": "form"}).json()
    assert "LeaveList" not in other["messages"][0]["content"]
    files = client.post("/v1/prompts", json={**PROMPT, "task": "direct"}).json()
    assert '<screen id="LeaveList"/>' in files["messages"][0]["content"]


def test_the_screens_are_listed_with_their_state(client, approve):
    approve(accepted(), accepted(id="accepted-broken", text="```json\n{nothing\n```"))

    def listed() -> list[dict[str, object]]:
        items: list[dict[str, object]] = client.get("/v1/knowledge/examples", params={"origin": "accepted"}).json()[
            "items"
        ]
        return items

    wait_until(lambda: [item["indexed"] for item in listed()] == [True])
    assert listed() == [
        {
            "id": "accepted-gen_1",
            "framework": "demo",
            "pattern": "list",
            "title": "휴가 신청 현황",
            "origin": "accepted",
            "source": "generation gen_1, approved by kim",
            "indexed": True,
        }
    ]
    assert client.get("/v1/knowledge/examples", params={"pattern": "form"}).json()["items"] == []
