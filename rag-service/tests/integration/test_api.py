"""The wire contract over a socket, on the embedded store."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from app.core.clients.admin import (
    AdminKnowledge,
    AdminSettings,
    AdminTemplates,
    KnowledgeOverlay,
    TemplateOverlay,
)
from app.core.context import Upstreams
from app.core.settings import RetrievalLimits
from app.main import create_app
from tests.conftest import AWAY, PACK, FakeAdmin, FakeEmbedding, indexed, make_settings, wait_until, write_pack

from chassis.testing import TEST_SECRET, running, service_headers

OPENAPI = Path(__file__).parents[2] / "openapi.json"


def _app(settings, embedding=None, admin=None):
    return create_app(
        settings, upstreams=lambda _settings: Upstreams(embedding or FakeEmbedding(), admin or FakeAdmin())
    )


def test_the_committed_contract_is_the_applications(settings):  # R5.5
    assert json.loads(OPENAPI.read_text(encoding="utf-8")) == _app(settings).openapi()


def test_search_finds_by_meaning_and_says_how(client):  # R1.3
    answer = client.post("/v1/search", json={"query": "체크된 행을 삭제", "framework": "demo"}).json()
    assert set(answer) == {"hits", "threshold", "considered", "warnings"}
    hit = answer["hits"][0]
    assert (hit["id"], hit["title"], hit["kind"], hit["source"]) == (
        "grid.deletecheckedrow",
        "체크된 행 삭제",
        "api",
        "S1",
    )
    assert 0 < hit["score"] <= 1
    assert hit["sparse"] > 0
    assert (answer["threshold"], answer["warnings"]) == (None, [])
    english = client.post("/v1/search", json={"query": "delete checked rows"}).json()["hits"][0]
    assert english["title"] == "Delete checked rows"
    examples = client.post("/v1/search", json={"query": "grid", "kinds": ["example"]}).json()["hits"]
    assert {item["kind"] for item in examples} == {"example"}
    assert '```\n<grid name="grd_list"/>\n```' in examples[0]["text"]


def test_a_query_without_a_known_word_finds_nothing_and_fails_nothing(client):
    answer = client.post("/v1/search", json={"query": "ㅋㅋㅋ 밥", "threshold": 0.3})
    assert answer.status_code == 200
    assert (answer.json()["hits"], answer.json()["warnings"]) == ([], [])


def test_a_search_keeps_to_components_and_kinds(client, embedding):  # R1.3
    def found(**filters: object) -> set[str]:
        answer = client.post("/v1/search", json={"query": "grid deletecheckedrow controller", **filters})
        return {hit["id"] for hit in answer.json()["hits"]}

    assert found() == {"grid.deletecheckedrow", "grid.list", "server.spring"}
    assert found(components=["grid"]) == {"grid.deletecheckedrow", "grid.list"}
    assert found(components=["grid"], kinds=["api"]) == {"grid.deletecheckedrow"}
    embedding.failure = AWAY
    assert found(components=["grid"], kinds=["api"]) == {"grid.deletecheckedrow"}
    assert found(components=["none"]) == set()


def test_an_identifier_is_found_whatever_its_case(client):
    hits = client.post("/v1/search", json={"query": "what does deleteCheckedRow do"}).json()["hits"]
    assert hits[0]["id"] == "grid.deletecheckedrow"
    assert hits[0]["score"] > 0.5


def test_thresholds_differ_by_model_class(client, admin):  # R1.4
    def asked(**more):
        return client.post("/v1/search", json={"query": "체크된 행을 삭제", **more}).json()

    small, large = asked(model_class="small"), asked(model_class="large")
    assert small["threshold"] > large["threshold"]
    assert all(hit["score"] >= small["threshold"] for hit in small["hits"])
    assert asked(threshold=1.0)["hits"] == []
    assert len(asked(threshold=0.0, limit=2)["hits"]) == 2
    admin.settings_document = AdminSettings(retrieval={"small": RetrievalLimits(threshold=0.99, limit=1)})
    admin.revision += 1
    wait_until(lambda: asked(model_class="small")["threshold"] == 0.99)


def test_bad_input_names_its_field(client):
    for body, field in (
        ({"query": ""}, "query"),
        ({"query": " "}, "query"),
        ({}, "query"),
        ({"query": "a", "threshold": 2}, "threshold"),
        ({"query": "a", "kinds": ["nothing"]}, "kinds.0"),
        ({"query": "a", "framework": "nowhere"}, "framework"),
    ):
        refused = client.post("/v1/search", json=body)
        assert refused.status_code == 422, body
        assert refused.json()["errors"][0]["field"] == field
    assert client.post("/v1/prompts", json={"task": "spec", "prompt": "a", "framework": "nowhere"}).status_code == 422
    assert client.post("/v1/prompts", json={"task": "spec", "prompt": "a", "artifacts": ["no"]}).status_code == 422


def test_without_embedding_it_searches_by_keywords(settings):  # R1.3 R2.3
    embedding = FakeEmbedding(failure=AWAY)
    with (
        running(_app(settings, embedding)) as url,
        httpx.Client(base_url=url, headers=service_headers("rag-service")) as client,
    ):
        assert client.get("/readyz").status_code == 200
        answer = client.post("/v1/search", json={"query": "체크한 행을 삭제하려면", "model_class": "small"}).json()
        assert [warning["code"] for warning in answer["warnings"]] == ["keyword_search_only"]
        assert "키워드" in answer["warnings"][0]["message"]
        assert answer["hits"][0]["id"] == "grid.deletecheckedrow"
        embedding.failure = None
        wait_until(lambda: indexed(client) == 3)
        assert client.post("/v1/search", json={"query": "체크한 행"}).json()["warnings"] == []
        embedding.failure = AWAY
        english = client.post("/v1/search", json={"query": "checked rows"}).json()
        assert english["warnings"][0]["message"].startswith("Vector search")


def test_nothing_unchanged_is_embedded_again(settings, embedding, admin):
    with (
        running(_app(settings, embedding, admin)) as url,
        httpx.Client(base_url=url, headers=service_headers("rag-service")) as client,
    ):
        wait_until(lambda: indexed(client) == 3)
        assert len(embedding.documents_seen) == 3
        assert client.post("/v1/knowledge/index").json() == {"embedded": 0, "deleted": 0, "unchanged": 3}
    changed = PACK.replace("removes the checked rows", "takes the checked rows away")
    (settings.packs_dir / "demo" / "knowledge" / "all.yaml").write_text(changed, encoding="utf-8")
    with (
        running(_app(settings, embedding, admin)) as url,
        httpx.Client(base_url=url, headers=service_headers("rag-service")) as client,
    ):
        wait_until(lambda: len(embedding.documents_seen) == 4)
        smaller = changed[: changed.index("- id: server.spring")]
        (settings.packs_dir / "demo" / "knowledge" / "all.yaml").write_text(smaller, encoding="utf-8")
        assert client.post("/v1/knowledge/index").json() == {"embedded": 0, "deleted": 1, "unchanged": 2}
        status = client.get("/v1/knowledge/status").json()["demo"]
        assert (status["entries"], status["indexed"], status["embedding_fingerprint"]) == (2, 2, "fake@1")


def followed(client: httpx.Client, query: str = "") -> list[tuple[str, dict[str, Any]]]:
    with client.stream("POST", f"/v1/knowledge/index{query}", headers={"Accept": "text/event-stream"}) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        frames = answer.read().decode().strip().split("\n\n")
    return [(name.removeprefix("event: "), json.loads(data[6:])) for name, data in (f.split("\n", 1) for f in frames)]


def test_a_run_over_everything_is_followed_to_its_end(settings, embedding, admin):  # R1.15
    with (
        running(_app(settings, embedding, admin)) as url,
        httpx.Client(base_url=url, headers=service_headers("rag-service")) as client,
    ):
        wait_until(lambda: indexed(client) == 3)
        *progress, (name, end) = followed(client, "?everything=true")
        assert {kind for kind, _ in progress} == {"progress"}
        phases = [item["phase"] for _, item in progress]
        assert phases == sorted(phases), "comparing, entries, phrases"
        assert phases[0] == "comparing"
        assert {"entries", "phrases"} <= set(phases)
        assert progress[-1][1]["total"] > progress[-1][1]["done"] >= 3
        assert (name, end["embedded"], end["deleted"], end["unchanged"]) == ("completed", 3, 0, 0)
        assert len(embedding.documents_seen) == 6
        assert followed(client)[-1][1]["embedded"] == 0, "without `everything`, only what changed"
        embedding.failure = AWAY
        name, end = followed(client, "?everything=true")[-1]
        assert (name, end["status"]) == ("failed", 502)


def test_another_model_gets_a_collection_of_its_own(settings, embedding):
    with (
        running(_app(settings, embedding)) as url,
        httpx.Client(base_url=url, headers=service_headers("rag-service")) as client,
    ):
        wait_until(lambda: indexed(client) == 3)
        embedding.fingerprint = "other@1"
        answer = client.post("/v1/search", json={"query": "체크된 행"}).json()
        assert answer["warnings"][0]["code"] == "keyword_search_only"
        wait_until(lambda: client.post("/v1/search", json={"query": "체크된 행"}).json()["warnings"] == [])
        assert len(embedding.documents_seen) == 6


def test_the_admins_knowledge_is_indexed_and_goes_again(client, admin):  # R1.15
    admin.knowledge_document = AdminKnowledge(
        entries=[
            KnowledgeOverlay(
                id="Company-Rule",
                framework="demo",
                kind="standard",
                title="회사 규칙",
                text="버튼은 오른쪽 위에.",
            )
        ]
    )
    admin.revision += 1
    wait_until(lambda: indexed(client) == 4)
    hit = client.post("/v1/search", json={"query": "회사 규칙 버튼 오른쪽"}).json()["hits"][0]
    assert (hit["id"], hit["source"]) == ("company-rule", "admin")
    admin.failure = AWAY
    admin.knowledge_document = AdminKnowledge()
    admin.revision += 1
    assert client.post("/v1/knowledge/index").json()["unchanged"] == 4  # what was known last holds
    admin.failure = None
    wait_until(lambda: indexed(client) == 3)


def test_a_prompt_holds_all_that_the_contract_says(client):  # R1.5 R1.6
    body = {
        "task": "spec",
        "prompt": "Task 관리 화면 만들어줘",
        "language": "ko",
        "framework": "demo",
        "pattern": "list_popup",
        "screen": {"id": "TaskList", "title": "Task 관리"},
        "data_model": {
            "entities": [{"name": "task_item", "label": "Task", "table": "TB_TASK/../x", "fields": []}],
        },
        "model_class": "small",
        "context_window": 8192,
        "max_output_tokens": 2048,
    }
    answer = client.post("/v1/prompts", json=body).json()
    assert [(item["kind"], item["path"]) for item in answer["artifacts"]] == [
        ("screen_xml", "TaskList.xml"),
        ("popup_xml", "TaskItemPopup.xml"),
        ("ddl", "TB_TASK_x.sql"),
    ]
    assert answer["templates"] == [{"id": "demo/spec", "version": "3", "source": "pack"}]
    assert answer["response_schema"]["additionalProperties"] is False
    last = answer["messages"][-1]["content"]
    assert last.endswith("\n```")
    block = json.loads(last[last.index("```framewright-request\n") :].splitlines()[1])
    assert block["prompt"] == body["prompt"]
    assert block["screen"] == body["screen"]
    assert (block["citations"], block["task"]) == ([], "spec")
    assert answer["tokens"]["total"] <= answer["tokens"]["limit"] == 6144


def test_an_admins_template_takes_the_packs_place(client, admin):  # R1.16
    content = "# system\nCOMPANY SYSTEM\n# request\nGO"
    admin.templates_document = AdminTemplates(
        templates=[TemplateOverlay(id="demo/spec", framework="demo", task="spec", version="9", content=content)]
    )
    admin.revision += 1
    body = {"task": "spec", "prompt": "a", "framework": "demo", "hits": []}
    wait_until(lambda: client.post("/v1/prompts", json=body).json()["templates"][0]["source"] == "admin")
    assert client.post("/v1/prompts", json=body).json()["messages"][0]["content"] == "COMPANY SYSTEM"


def test_a_second_process_exits_and_names_the_lock(settings, client):
    code = "import uvicorn; from app.main import create_app; uvicorn.run(create_app(), port=0)"
    environment = {
        "FRAMEWRIGHT_SERVICE_SECRET": TEST_SECRET,
        "QDRANT_PATH": str(settings.qdrant_path),
        "FRAMEWRIGHT_PACKS_DIR": str(settings.packs_dir),
    }
    ended = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        capture_output=True,
        text=True,
        timeout=30,
        env=environment,
        cwd=Path(__file__).parents[2],
    )
    assert ended.returncode != 0
    assert str(settings.qdrant_path / "store.lock") in ended.stderr


def test_the_store_alone_decides_readiness(tmp_path):
    write_pack(tmp_path / "packs")
    settings = make_settings(tmp_path, qdrant_url="http://127.0.0.1:9")
    with running(_app(settings)) as url, httpx.Client(base_url=url, headers=service_headers("rag-service")) as client:
        assert client.get("/livez").status_code == 200
        assert client.get("/readyz").status_code == 503
        answer = client.post("/v1/search", json={"query": "체크된 행"}).json()
        assert answer["warnings"][0]["code"] == "keyword_search_only"
        assert answer["hits"]
        assert client.post("/v1/knowledge/index").status_code == 502


@pytest.mark.parametrize("task", ["answer", "chat", "modify", "direct"])
def test_every_task_has_a_template_in_a_pack_without_one(client, task):
    body = {"task": task, "prompt": "그리드", "framework": "demo", "screen": {"id": "A", "title": "a"}}
    answer = client.post("/v1/prompts", json=body).json()
    assert answer["templates"][0]["source"] == "product"
    assert answer["response_schema"] is None


@pytest.fixture(name="reading_client")
def _reading_client(tmp_path, embedding, admin) -> Iterator[httpx.Client]:
    """The service with a cross-encoder set."""
    write_pack(tmp_path / "packs")
    app = _app(make_settings(tmp_path, rerank_model="some/cross-encoder"), embedding, admin)
    with running(app) as url, httpx.Client(base_url=url, headers=service_headers("rag-service")) as client:
        wait_until(lambda: indexed(client) == 3)
        yield client


def test_a_cross_encoder_reads_the_first_hits_again(reading_client, embedding):  # R1.3
    query = {"query": "grid spring", "framework": "demo", "language": "en"}
    first = reading_client.post("/v1/search", json=query).json()["hits"]
    assert embedding.documents_read[-1]
    embedding.cross_encoder = True
    again = reading_client.post("/v1/search", json={**query, "query": "grid Spring"}).json()
    assert again["hits"][0]["id"] == "server.spring"
    before = next(hit["score"] for hit in first if hit["id"] == "server.spring")
    assert again["hits"][0]["score"] == pytest.approx((before + 1) / 2, abs=0.05)
    assert again["warnings"] == []


def test_without_the_cross_encoder_the_first_order_stands_and_it_says_so(reading_client, embedding):
    query = {"query": "checked rows", "framework": "demo"}
    before = reading_client.post("/v1/search", json=query).json()["hits"]
    embedding.reading_failure = AWAY
    after = reading_client.post("/v1/search", json={**query, "query": "checked  rows"}).json()
    assert after["hits"] == before
    assert [warning["code"] for warning in after["warnings"]] == ["not_reranked"]


def test_without_a_repository_everything_is_the_knowledge(client):
    query = {"query": "checked rows", "framework": "demo"}
    everything = client.post("/v1/search", json={**query, "index": "all"}).json()
    assert everything == client.post("/v1/search", json=query).json()
