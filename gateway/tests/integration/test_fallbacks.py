"""What happens when an engine or a service behind a stage fails."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from chassis.errors import ServiceError, Unavailable
from chassis.local_postgres import free_port
from chassis.testing import running

from ..conftest import FakeMesh, GatewayFactory
from ..fakes.admin import KEY
from ..fakes.llm import Script
from .reading import generate

GENERATIONS = "/api/v1/generations"
HEADERS = {"Authorization": f"Bearer {KEY}"}


def codes(events: list[dict[str, Any]]) -> list[str]:
    return [event["code"] for event in events if event["type"] == "warning"]


def of_type(events: list[dict[str, Any]], type_: str) -> list[dict[str, Any]]:
    return [event for event in events if event["type"] == type_]


@pytest.mark.parametrize(
    "script", [Script(parts=["half"], ending="error"), Script(parts=["half"], ending="cut"), Script(status=503)]
)
def test_an_engine_that_fails_is_followed_by_the_builtin_one(
    mesh: FakeMesh, client: httpx.Client, script: Script
) -> None:  # R3.8
    mesh.llm.scripts = [script]
    events = generate(client)
    assert events[-1]["type"] == "completed"
    assert (events[-1]["engine"], events[-1]["degraded"]) == ("builtin", True)
    assert codes(events) == ["engine_failed"]
    [reset] = of_type(events, "reset")
    assert (reset["stage"], reset["attempt"]) == ("engine", 1)
    deltas = [event for event in of_type(events, "delta") if event["seq"] > reset["seq"]]
    assert "".join(event["text"] for event in deltas) == "SPEC"
    assert {event["attempt"] for event in deltas} == {2}
    assert of_type(events, "stage")[-1]["stage"] == "result"


def test_a_useless_answer_is_asked_again_once_with_the_reason_then_builtin(
    mesh: FakeMesh, client: httpx.Client
) -> None:
    mesh.llm.scripts = [Script(parts=["bla"]), Script(parts=["bla bla"])]
    events = generate(client)
    assert events[-1]["type"] == "completed"
    assert (events[-1]["engine"], events[-1]["degraded"]) == ("builtin", True)
    assert codes(events) == ["engine_answer_unusable"]
    assert len(of_type(events, "reset")) == 2
    reasons = [body["retry_reason"] for body in mesh.rag.bodies("/v1/prompts")]
    assert reasons[0] is None
    assert reasons[1].startswith("no spec in it")
    assert [body["model"] for body in mesh.llm.bodies("/v1/chat/completions")] == ["default", "default", "builtin"]
    assert events[-1]["usage"]["prompt_tokens"] == 30


def test_the_second_answer_may_be_the_good_one(mesh: FakeMesh, client: httpx.Client) -> None:
    mesh.llm.scripts = [Script(parts=["SPEC:dangling"]), Script(parts=["SPEC"])]
    events = generate(client)
    assert (events[-1]["type"], events[-1]["degraded"]) == ("completed", False)
    assert "there is no such dataset" in mesh.rag.bodies("/v1/prompts")[1]["retry_reason"]
    assert len(of_type(events, "spec")) == 1


def test_the_proxys_own_fallback_is_marked(mesh: FakeMesh, client: httpx.Client) -> None:
    mesh.llm.scripts = [Script(engine="builtin", degraded=True, reasoning=["hm"])]
    events = generate(client)
    assert (events[-1]["engine"], events[-1]["degraded"]) == ("builtin", True)
    assert codes(events) == ["engine_fallback"]
    assert [event["text"] for event in of_type(events, "delta") if event["channel"] == "reasoning"] == ["hm"]


def test_builtin_as_the_default_is_not_degraded(mesh: FakeMesh, client: httpx.Client) -> None:
    mesh.llm.default = "builtin"
    last = generate(client)[-1]
    assert (last["engine"], last["degraded"]) == ("builtin", False)


def test_without_rag_service_there_is_no_knowledge_and_a_bare_prompt(mesh: FakeMesh, client: httpx.Client) -> None:
    mesh.rag.fail = Unavailable("no store")
    events = generate(client)
    assert events[-1]["type"] == "completed"
    assert codes(events) == ["knowledge_unavailable", "prompt_unavailable"]
    body = mesh.llm.bodies("/v1/chat/completions")[0]
    assert body["messages"][-1]["content"].splitlines()[-3] == "```framewright-request"
    assert body["response_format"]["json_schema"]["schema"]["title"] == "ScreenSpec"
    assert mesh.postprocess.bodies("/v1/artifacts")[0]["artifacts"] is None
    question = generate(client, "그리드가 뭐예요?")
    assert question[-1]["type"] == "completed"


@pytest.mark.parametrize(
    ("service", "setting", "name"),
    [("intent", "intent_url", "intent-service"), ("llm", "llm_proxy_url", "llm-proxy"),
     ("postprocess", "postprocess_url", "postprocess-service")],
)  # fmt: skip
def test_a_stopped_service_without_fallback_is_named(
    mesh: FakeMesh, start_gateway: GatewayFactory, service: str, setting: str, name: str
) -> None:
    url = start_gateway(**{setting: "http://127.0.0.1:9"})
    with httpx.Client(base_url=url, headers=HEADERS, timeout=20) as client:
        answer = client.post(GENERATIONS, json={"prompt": "Task 화면"})
        assert answer.status_code == 502
        problem = answer.json()
        assert problem["code"] == "upstream_failed"
        assert name in problem["detail"]
        assert "Traceback" not in answer.text
        assert client.get(f"{GENERATIONS}/{problem['generation_id']}").json()["problem"]["status"] == 502
        assert generate(client)[-1]["problem"]["status"] == 502


@pytest.mark.parametrize("service", ["intent", "postprocess", "llm_proxy"])
def test_a_service_that_starts_again_is_waited_for(  # R3.8
    mesh: FakeMesh, start_gateway: GatewayFactory, service: str
) -> None:
    port = free_port()
    url = start_gateway(**{f"{service}_url": f"http://127.0.0.1:{port}", "upstream_patience_s": 10})
    with ThreadPoolExecutor(1) as pool, httpx.Client(base_url=url, headers=HEADERS, timeout=30) as caller:
        asked = pool.submit(generate, caller)
        time.sleep(1.0)
        assert not asked.done()
        with running(getattr(mesh, service.removesuffix("_proxy")).app, port=port):
            last = asked.result(20)[-1]
    assert last["type"] == "completed"
    assert not last["degraded"]


def test_a_service_that_breaks_inside_is_a_502_and_a_slow_one_a_504(
    mesh: FakeMesh, start_gateway: GatewayFactory
) -> None:
    with httpx.Client(base_url=start_gateway(prepare_limit_s=0.3), headers=HEADERS, timeout=20) as client:
        mesh.intent.fail = ServiceError("bug")
        broken = client.post(GENERATIONS, json={"prompt": "Task 화면"})
        assert (broken.status_code, broken.json()["code"]) == (502, "upstream_failed")
        mesh.intent.fail = None
        mesh.intent.delay_s = 1
        slow = client.post(GENERATIONS, json={"prompt": "Task 화면"})
        assert (slow.status_code, slow.json()["code"]) == (504, "upstream_timed_out")
        assert "intent-service" in slow.json()["detail"]


def test_a_service_that_hangs_holds_up_no_calls_to_the_others(
    mesh: FakeMesh, start_gateway: GatewayFactory
) -> None:  # R2.3
    mesh.rag.delay_s = 4.0
    url = start_gateway(upstream_connections=1)
    with (
        httpx.Client(base_url=url, headers=HEADERS, timeout=20) as client,
        ThreadPoolExecutor(4) as callers,
    ):
        hanging = [callers.submit(client.post, "/api/v1/search", json={"query": "그리드"}) for _ in range(3)]
        deadline = time.monotonic() + 10
        while not mesh.rag.callers:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        reading = client.post("/api/v1/generations/readings", json={"prompt": "Task 화면"})
        assert reading.status_code == 200, reading.text
        assert not any(call.done() for call in hanging), "the other service was waited for"
        assert {call.result().status_code for call in hanging} <= {200, 504}


@pytest.mark.parametrize("limit", ["engine_first_byte_s", "engine_gap_s", "engine_total_s"])
def test_an_engine_that_hangs_is_given_up(mesh: FakeMesh, start_gateway: GatewayFactory, limit: str) -> None:  # R3.8
    pause, silence = (0.0, 3.0) if limit == "engine_first_byte_s" else (3.0, 0.0)
    mesh.llm.scripts = [Script(parts=["a", "b"], pause_s=pause, silence_s=silence)]
    with httpx.Client(base_url=start_gateway(**{limit: 0.4}), headers=HEADERS, timeout=20) as client:
        events = generate(client)
    assert (events[-1]["type"], events[-1]["engine"]) == ("completed", "builtin")


def test_a_question_ends_as_an_answer_with_citations(mesh: FakeMesh, client: httpx.Client) -> None:  # R1.1
    mesh.llm.default = "builtin"
    events = generate(client, "그리드가 뭐예요?")
    assert {event["channel"] for event in of_type(events, "delta")} == {"answer"}
    assert events[-1]["answer"] == "그리드는 조회 결과를 보여 줍니다."
    assert events[-1]["citations"][0]["id"] == "k1"
    assert mesh.rag.bodies("/v1/prompts")[0]["task"] == "answer"
    result = client.get(f"{GENERATIONS}/{events[0]['generation_id']}").json()
    assert (result["answer"], result["citations"]) == (events[-1]["answer"], events[-1]["citations"])
    assert mesh.rag.bodies("/v1/search")[-1]["index"] == "all"


def test_an_empty_answer_to_a_question_is_asked_again(mesh: FakeMesh, client: httpx.Client) -> None:
    mesh.llm.scripts = [Script(parts=[" "]), Script(parts=["답"])]
    assert generate(client, "그리드가 뭐예요?")[-1]["answer"] == "답"


def test_an_unsupported_request_ends_after_the_intent(mesh: FakeMesh, client: httpx.Client) -> None:  # R1.1
    events = generate(client, "오늘 날씨 알려줘")
    assert events[-1]["type"] == "completed"
    assert events[-1]["alternatives"] == ["목록 화면 만들어줘"]
    assert {event["stage"] for event in of_type(events, "stage")} == {"intent"}
    assert mesh.llm.bodies("/v1/chat/completions") == []


def test_a_modification_starts_from_the_earlier_spec(mesh: FakeMesh, client: httpx.Client) -> None:
    base = generate(client)[0]["generation_id"]
    mesh.llm.scripts = [Script(parts=["SPEC:새 제목"])]
    events = generate(client, "제목을 새 제목으로 바꿔줘", base_generation_id=base)
    assert events[-1]["type"] == "completed"
    assert of_type(events, "spec")[0]["spec"]["title"] == "새 제목"
    assert mesh.intent.bodies("/v1/intents")[-1]["base"]["screen_id"] == "TaskList"
    prompt = mesh.rag.bodies("/v1/prompts")[-1]
    assert (prompt["task"], prompt["base_spec"]["title"]) == ("modify", "Task 관리")


@pytest.mark.parametrize(
    ("scripts", "code"),
    [([Script(parts=["no"]), Script(parts=["no"])], "modification_failed"), ([Script()], "nothing_modified"),
     ([Script(parts=["no"], engine="builtin")], "modification_failed"), ([Script(status=503)], "upstream_failed")],
)  # fmt: skip
def test_a_modification_that_cannot_be_made_is_not_pretended(
    mesh: FakeMesh, client: httpx.Client, scripts: list[Script], code: str
) -> None:
    base = generate(client)[0]["generation_id"]
    mesh.llm.scripts = scripts
    events = generate(client, "제목을 바꿔줘", base_generation_id=base)
    assert events[-1]["type"] == "failed"
    assert events[-1]["problem"]["code"] == code
    assert of_type(events, "artifact") == []


def test_even_the_builtin_engine_may_have_no_answer(mesh: FakeMesh, client: httpx.Client) -> None:
    mesh.llm.scripts = [Script(parts=["no"], engine="builtin")]
    problem = generate(client)[-1]["problem"]
    assert (problem["status"], problem["code"]) == (502, "engine_answer_unusable")
