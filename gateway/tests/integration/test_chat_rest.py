"""Turns and single answers by REST; what of a conversation goes to the engine (R3.5, R3.7)."""

from typing import Any

import httpx
import psycopg
import pytest

from chassis.errors import ServiceError

from ..conftest import FakeMesh, GatewayFactory
from ..fakes.admin import KEY
from ..fakes.llm import Script
from .reading import streamed
from .test_sessions import SESSIONS, Json, begin, say


def sent(mesh: FakeMesh) -> Json:
    """What the engine was asked last."""
    body: Json = mesh.llm.bodies("/v1/chat/completions")[-1]
    return body


def test_a_session_sets_what_the_engine_is_asked(mesh: FakeMesh, client: httpx.Client) -> None:  # R3.2
    session = begin(client, temperature=0.1, max_tokens=77, system_prompt="존댓말로 답합니다.", model="vllm")
    say(client, session, "안녕")
    body = sent(mesh)
    assert (body["temperature"], body["max_tokens"], body["model"]) == (0.1, 77, "vllm")
    assert body["messages"][0]["role"] == "system"
    assert body["messages"][0]["content"].endswith("존댓말로 답합니다.")
    assert body["messages"][-1]["content"].endswith("안녕")
    assert "framewright-request" not in body["messages"][-1]["content"]
    say(client, session, "다시", temperature=0.9, max_tokens=5)
    body = sent(mesh)
    assert (body["temperature"], body["max_tokens"]) == (0.9, 5)
    assert mesh.rag.bodies("/v1/prompts")[-1]["task"] == "chat"
    assert mesh.intent.bodies("/v1/intents") == []


def test_earlier_turns_go_with_the_next_one(mesh: FakeMesh, client: httpx.Client) -> None:  # R3.5
    session = begin(client)
    mesh.llm.scripts = [Script(["첫 답"]), Script(["둘째 답"])]
    say(client, session, "첫 질문")
    say(client, session, "둘째 질문")
    history = mesh.rag.bodies("/v1/prompts")[-1]["history"]
    assert history == [{"role": "user", "content": "첫 질문"}, {"role": "assistant", "content": "첫 답"}]


def test_the_oldest_turns_are_cut_and_it_is_said_how_many(mesh: FakeMesh, client: httpx.Client) -> None:  # R3.5
    mesh.llm.windows["vllm"] = None
    session = begin(client)
    words = "낱말 " * 400
    mesh.llm.scripts = [Script([f"답{number} {words}"]) for number in range(4)]
    for number in range(4):
        answer = say(client, session, f"질문{number} {words}")
    history = mesh.rag.bodies("/v1/prompts")[-1]["history"]
    assert answer["context"]["limit"] == 3_500
    assert answer["context"]["dropped"] == 6 - len(history)
    assert answer["context"]["dropped"] > 0
    assert history[-1]["content"].startswith("답2")
    assert history[0]["role"] == "user"


def test_a_message_longer_than_the_window_is_refused_and_nothing_is_kept(
    mesh: FakeMesh, client: httpx.Client
) -> None:  # R3.5 R3.8
    mesh.llm.windows["vllm"] = 4096
    session = begin(client)
    answer = client.post(f"{SESSIONS}/{session['id']}/messages", json={"message": "낱말 " * 2_000})
    assert (answer.status_code, answer.json()["code"]) == (422, "message_too_long")
    assert answer.json()["limit"] == 3_500
    assert client.get(f"{SESSIONS}/{session['id']}").json()["message_count"] == 0
    assert client.post("/api/llm/generate", json={"prompt": "낱말 " * 2_000}).json()["errors"][0]["field"] == "prompt"


def test_knowledge_is_used_where_the_session_wants_it(mesh: FakeMesh, client: httpx.Client) -> None:
    say(client, begin(client), "그리드?")
    assert mesh.rag.bodies("/v1/search") == []
    answer = say(client, begin(client, use_knowledge=True), "그리드?")
    assert len(mesh.rag.bodies("/v1/search")) == 1
    assert mesh.rag.bodies("/v1/prompts")[-1]["hits"]
    assert answer["citations"]


def test_without_rag_service_the_chat_goes_on_and_says_so(mesh: FakeMesh, client: httpx.Client) -> None:  # R3.8
    mesh.rag.fail = ServiceError("down")
    session = begin(client, system_prompt="짧게")
    mesh.llm.scripts = [Script(["네"]), Script(["네네"])]
    say(client, session, "안녕")
    answer = say(client, session, "또")
    assert [warning["code"] for warning in answer["warnings"]] == ["prompt_unavailable"]
    messages = sent(mesh)["messages"]
    assert [message["role"] for message in messages] == ["system", "user", "assistant", "user"]
    assert messages[0]["content"].endswith("짧게")


def test_a_turn_streams_the_events_of_its_generation(mesh: FakeMesh, client: httpx.Client) -> None:  # R3.7
    session = begin(client)
    mesh.llm.scripts = [Script(["가", "나"])]
    with streamed(client, "POST", f"{SESSIONS}/{session['id']}/messages/", json={"message": "안녕"}) as events:
        shown = list(events)
    assert shown[0]["session_id"] == session["id"]
    assert "".join(event["text"] for event in shown if event["type"] == "delta") == "가나"
    assert (shown[-1]["type"], shown[-1]["kind"], shown[-1]["answer"]) == ("completed", "chat", "가나")


def test_a_turn_may_go_on_behind_the_answer(mesh: FakeMesh, client: httpx.Client) -> None:  # R2.2
    session = begin(client)
    mesh.llm.scripts = [Script(["가"], silence_s=0.5)]
    path = f"{SESSIONS}/{session['id']}/messages"
    accepted = client.post(path, json={"message": "안녕", "client_id": "c"}, headers={"Prefer": "respond-async"})
    assert accepted.status_code == 202
    running = client.get(f"{SESSIONS}/{session['id']}").json()
    assert running["running"] == accepted.json()["generation_id"]
    message = client.get(f"{path}/{accepted.json()['message_id']}").json()
    assert (message["status"], message["content"]) == ("streaming", "")
    assert client.delete(f"{path}/{message['id']}").status_code == 409
    assert client.delete(path).json()["deleted"] == 0
    busy = client.post(path, json={"message": "또"})
    assert (busy.status_code, busy.json()["generation_id"]) == (409, accepted.json()["generation_id"])
    again = client.post(path, json={"message": "안녕", "client_id": "c"}).json()
    assert again["message"]["id"] == message["id"]
    assert again["message"]["content"] == "가"


def test_a_session_that_is_deleted_takes_its_running_turn_with_it(mesh: FakeMesh, client: httpx.Client) -> None:
    session = begin(client)
    mesh.llm.scripts = [Script(["가"] * 100, pause_s=0.05)]
    path = f"{SESSIONS}/{session['id']}"
    accepted = client.post(f"{path}/messages", json={"message": "안녕"}, headers={"Prefer": "respond-async"}).json()
    assert client.delete(path).status_code == 204
    with streamed(client, "GET", f"/api/v1/generations/{accepted['generation_id']}/events") as events:
        assert list(events)[-1]["type"] == "cancelled"


def test_what_failed_is_an_answer_with_the_reason(mesh: FakeMesh, client: httpx.Client) -> None:  # R3.8
    mesh.llm.builtin_fails = True
    mesh.llm.scripts = [Script(status=503)]
    session = begin(client)
    path = f"{SESSIONS}/{session['id']}/messages"
    answer = client.post(path, json={"message": "안녕"})
    assert answer.status_code == 502
    assert answer.json()["generation_id"]
    failed = client.get(path).json()["items"][-1]
    assert (failed["status"], failed["problem"]["status"]) == ("failed", 502)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"message": " "}, "message"),
        ({}, "message"),
        ({"message": "x" * 100_001}, "message"),
        ({"message": "\x00"}, "message"),
        ({"message": "x", "temperature": -1}, "temperature"),
        ({"message": "x", "model": "gpt-9"}, "model"),
        ({"message": "x", "role": "system"}, "role"),
    ],
)
def test_a_wrong_message_is_a_422_that_names_the_field(client: httpx.Client, body: Json, field: str) -> None:
    session = begin(client)
    answer = client.post(f"{SESSIONS}/{session['id']}/messages", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
    assert client.get(f"{SESSIONS}/{session['id']}").json()["message_count"] == 0


@pytest.mark.parametrize("slash", ["", "/"])
def test_one_answer_without_a_session(mesh: FakeMesh, client: httpx.Client, slash: str) -> None:  # R3.7
    mesh.llm.scripts = [Script(["네"]), Script(["네", "네"])]
    body = {"prompt": "안녕", "temperature": 0.0, "max_tokens": 9, "system_prompt": "짧게"}
    answer = client.post(f"/api/llm/generate{slash}", json=body).json()
    assert (answer["text"], answer["engine"], answer["degraded"]) == ("네", "vllm", False)
    assert answer["usage"]["total_tokens"] == 15
    assert (sent(mesh)["temperature"], sent(mesh)["max_tokens"]) == (0.0, 9)
    with streamed(client, "POST", f"/api/llm/generate{slash}", json={"prompt": "안녕"}) as events:
        assert list(events)[-1]["answer"] == "네네"
    assert client.post("/api/llm/generate", json={"prompt": ""}).status_code == 422


@pytest.mark.parametrize("slash", ["", "/"])
def test_the_models_that_there_are(client: httpx.Client, slash: str) -> None:  # R3.7
    found = client.get(f"/api/llm/models{slash}").json()
    assert found["default"] == "vllm"
    assert [model["id"] for model in found["models"]] == ["vllm", "builtin"]
    assert client.get(f"/api/llm/models/vllm{slash}").json()["model_class"] == "medium"
    assert client.get(f"/api/llm/models/nope{slash}").status_code == 404


def test_without_llm_proxy_the_models_are_not_known(start_gateway: GatewayFactory) -> None:  # R3.8
    gone = start_gateway(llm_proxy_url="http://127.0.0.1:9")
    answer = httpx.get(f"{gone}/api/llm/models", headers={"Authorization": f"Bearer {KEY}"})
    assert (answer.status_code, answer.json()["code"]) == (502, "engines_unknown")


def test_a_turn_whose_generation_never_came_is_ended(
    mesh: FakeMesh, client: httpx.Client, database_url: str
) -> None:  # R3.8
    session = begin(client)
    say(client, session, "안녕")
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "UPDATE gateway.messages SET status = 'streaming', generation_id = 'gone',"
            " created_at = now() - interval '31 s' WHERE role = 'assistant'"
        )
    message: dict[str, Any] = client.get(f"{SESSIONS}/{session['id']}/messages").json()["items"][-1]
    assert (message["status"], message["problem"]["code"]) == ("failed", "owner_lost")
    assert say(client, session, "다시")["status"] == "complete"


def test_a_generation_of_a_session_is_a_turn_of_it(mesh: FakeMesh, client: httpx.Client) -> None:  # R1.12 R3.3
    mesh.llm.scripts = [Script(), Script(["SPEC: 새 제목"])]
    session = begin(client, kind="studio")
    body = {"prompt": "Task 관리 화면 만들어줘", "session_id": session["id"]}
    first = client.post("/api/v1/generations", json=body).json()
    messages = client.get(f"{SESSIONS}/{session['id']}/messages").json()["items"]
    assert [message["role"] for message in messages] == ["user", "assistant"]
    assert messages[1]["generation_id"] == first["generation_id"]
    assert "`TaskList.xml`" in messages[1]["content"]
    second = client.post("/api/v1/generations", json=body | {"prompt": "제목을 바꿔줘"}).json()
    assert second["base_generation_id"] == first["generation_id"]
    assert mesh.rag.bodies("/v1/prompts")[-1]["history"][0] == {"role": "user", "content": "Task 관리 화면 만들어줘"}
    assert client.get(f"{SESSIONS}/{session['id']}").json()["title"] == "Task 관리 화면 만들어줘"


@pytest.mark.parametrize("session_id", ["nope", "01890000-0000-7000-8000-000000000000"])
def test_a_generation_of_no_session_names_the_field(client: httpx.Client, session_id: str) -> None:
    answer = client.post("/api/v1/generations", json={"prompt": "x", "session_id": session_id})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "session_id")


def test_a_refused_generation_leaves_no_turn(client: httpx.Client) -> None:
    session = begin(client, kind="studio")
    body = {"prompt": "x", "session_id": session["id"], "model": "gpt-9"}
    assert client.post("/api/v1/generations", json=body).status_code == 422
    assert client.get(f"{SESSIONS}/{session['id']}").json()["message_count"] == 0
