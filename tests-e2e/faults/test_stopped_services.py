"""With a service down, a generation ends with the fallback that DESIGN names, and says so."""

import time
from functools import partial

import httpx

from support.api import Api, assert_whole, of_type
from support.engine import PacedEngine
from support.mesh import Mesh, until

PROMPT = "Task 관리 화면 만들어줘"
FILES = {"TaskList.xml", "TaskList.js", "task.sql"}


def test_without_embeddings_words_are_searched(api: Api, mesh: Mesh):  # R2.3
    with mesh.without("embedding-service"):
        started = time.monotonic()
        events = api.generate(PROMPT)
        assert time.monotonic() - started < 30
        assert_whole(events)
        assert events[-1]["type"] == "completed"
        assert {event["path"] for event in of_type(events, "artifact")} == FILES
        assert of_type(events, "warning"), "the fallback is marked"
        assert mesh.is_ready("gateway"), "peers are information"
        assert mesh.is_ready("rag-service")


def test_without_admin_service_known_keys_and_settings_go_on(api: Api, mesh: Mesh):
    api.generate(PROMPT)
    with mesh.without("admin-service"):
        events = api.generate(PROMPT)
        assert events[-1]["type"] == "completed"
        assert {event["path"] for event in of_type(events, "artifact")} == FILES
        unknown = httpx.get(
            f"{mesh.url}/api/v1/generations", headers={"Authorization": "Bearer fwk_00_11"}, trust_env=False
        )
        assert unknown.status_code in {401, 503}
        console = api.http.get("/api/admin/users")
        assert console.status_code in {502, 503, 504}
        assert "admin-service" in console.text


def test_without_knowledge_the_packs_defaults_serve(api: Api, mesh: Mesh):
    with mesh.without("rag-service"):
        started = time.monotonic()
        events = api.generate(PROMPT)
        assert time.monotonic() - started < 30
        assert_whole(events)
        assert events[-1]["type"] in {"completed", "failed"}
        if events[-1]["type"] == "failed":
            assert "rag-service" in str(events[-1]["problem"])


def test_without_postprocess_the_failure_names_it(api: Api, mesh: Mesh):
    with mesh.without("postprocess-service"):
        events = api.generate(PROMPT)
        assert_whole(events)
        assert events[-1]["type"] == "failed"
        assert events[-1]["problem"]["status"] in {502, 503, 504}
        assert "postprocess-service" in events[-1]["problem"]["detail"]
        answer = api.wait_for(PROMPT)
        assert answer.status_code in {502, 503, 504}
        assert answer.headers["content-type"].startswith("application/problem+json")


def test_an_engine_that_breaks_off_is_replaced_and_the_result_says_so(api: Api, paced: PacedEngine):  # R3.8
    paced.pieces, paced.break_after = ["x "] * 50, 10
    events = api.generate(PROMPT, model="paced")
    assert_whole(events)
    assert events[-1]["type"] == "completed", events[-1]
    result = api.result(events[0]["generation_id"])
    assert result["engine"] == "builtin"
    assert result["degraded"] is True
    assert of_type(events, "reset"), "what the broken attempt sent is void"
    assert {item["path"] for item in result["artifacts"]} == FILES


def test_an_engine_that_writes_nonsense_is_asked_again_and_then_replaced(api: Api, paced: PacedEngine):  # R1.10
    paced.pieces, paced.pause_s = ["no ", "screen ", "today"], 0
    events = api.generate(PROMPT, model="paced")
    assert_whole(events)
    assert events[-1]["type"] == "completed", events[-1]
    assert len(paced.requests) == 2, "asked again once, with the reason"
    result = api.result(events[0]["generation_id"])
    assert result["engine"] == "builtin"
    assert result["degraded"] is True


def test_a_killed_service_is_started_again(api: Api, mesh: Mesh):
    for service in ("intent-service", "postprocess-service", "llm-proxy"):
        mesh.kill(service)
        until(partial(_restarted, mesh, service))
    assert api.generate(PROMPT)[-1]["type"] == "completed"


def _restarted(mesh: Mesh, service: str) -> bool:
    return bool(mesh.record()["restarts"][service]) and mesh.is_ready(service)
