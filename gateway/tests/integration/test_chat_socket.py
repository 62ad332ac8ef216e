"""The WebSocket of R3.4: its messages, resumption, other replicas, refusals before it opens."""

import time
from collections.abc import Iterator

import httpx
import psycopg
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from ..conftest import FakeMesh, GatewayFactory
from ..fakes.admin import KEY, OTHER_KEY
from ..fakes.llm import Script
from .reading import streamed
from .sockets import chat, text_of
from .test_sessions import Json, begin


@pytest.fixture
def session(client: httpx.Client) -> Json:
    return begin(client)


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_message_is_answered_in_chunks_and_completed(
    mesh: FakeMesh, gateway: str, session: Json, slash: str
) -> None:  # R3.4 R3.7
    mesh.llm.scripts = [Script(["그리드는 ", "표입니다."], pause_s=0.05)]
    with chat(gateway, session["id"], slash=slash) as socket:
        socket.send("chat_message", message="그리드가 뭐야?")
        frames = socket.turn()
    assert frames[0]["type"] == "user_message"
    assert (frames[0]["message"], frames[0]["turn"]) == ("그리드가 뭐야?", 1)
    chunks = [frame for frame in frames if frame["type"] == "ai_chunk"]
    assert "".join(frame["chunk"] for frame in chunks) == "그리드는 표입니다."
    assert len(chunks) > 1
    last = frames[-1]
    assert (last["type"], last["status"], last["engine"], last["degraded"]) == (
        "ai_complete",
        "complete",
        "vllm",
        False,
    )
    assert last["message"]["content"] == "그리드는 표입니다."
    assert last["message"]["processing_ms"] > 0
    assert last["usage"]["completion_tokens"] == 5
    seqs = [frame["seq"] for frame in frames]
    assert seqs == sorted(set(seqs))
    typing = [frame["typing"] for frame in socket.seen if frame["type"] == "typing"]
    assert typing == [True, False]


def test_the_socket_and_sse_show_the_same_events(
    mesh: FakeMesh, gateway: str, client: httpx.Client, session: Json
) -> None:  # R3.4
    mesh.llm.scripts = [Script(["하나 ", "둘"], reasoning=["생각"], pause_s=0.05)]
    with chat(gateway, session["id"]) as socket:
        socket.send("chat_message", message="세어 줘")
        frames = socket.turn()
    with streamed(client, "GET", f"/api/v1/generations/{frames[0]['generation_id']}/events") as events:
        shown = list(events)
    names = {"user_message": "created", "ai_chunk": "delta", "ai_complete": "completed"}
    assert [names.get(frame["type"], frame["type"]) for frame in frames] == [event["type"] for event in shown]
    assert [frame["seq"] % 1_000_000 for frame in frames] == [event["seq"] for event in shown]
    answer = "".join(event["text"] for event in shown if event["type"] == "delta" and event["channel"] == "answer")
    assert answer == text_of(frames) == "하나 둘"
    assert [frame["text"] for frame in frames if frame["type"] == "delta"] == ["생각"]


def test_a_client_that_was_cut_off_resumes_on_any_replica(
    mesh: FakeMesh, start_gateway: GatewayFactory, session: Json, gateway: str
) -> None:  # R3.4
    mesh.llm.scripts = [Script([f"{number} " for number in range(30)], pause_s=0.03)]
    other = start_gateway()
    with chat(gateway, session["id"]) as socket:
        socket.send("chat_message", message="세어 줘")
        got = [socket.until("user_message")]
        while len(got) < 6:
            frame = socket.frame()
            if "seq" in frame:
                got.append(frame)
    with chat(other, session["id"], resume_from=got[-1]["seq"]) as socket:
        got += socket.turn()
    seqs = [frame["seq"] for frame in got]
    assert seqs == sorted(set(seqs))
    assert text_of(got) == "".join(f"{number} " for number in range(30))
    with chat(other, session["id"], resume_from=seqs[-1]) as socket:
        socket.until("presence")
        socket.send("ping")
        socket.until("pong")
        assert [frame for frame in socket.seen if "seq" in frame] == []
    with chat(gateway, session["id"], resume_from=0) as socket:
        replayed = socket.turn()
    assert [frame["seq"] for frame in replayed] == seqs


def test_without_resume_from_the_running_turn_comes_from_its_start_and_nothing_else(
    mesh: FakeMesh, gateway: str, session: Json
) -> None:
    mesh.llm.scripts = [Script(["하나"]), Script([f"{number} " for number in range(20)], pause_s=0.05)]
    with chat(gateway, session["id"]) as socket:
        socket.send("chat_message", message="첫째")
        socket.turn()
        socket.send("chat_message", message="둘째")
        socket.until("ai_chunk")
        with chat(gateway, session["id"]) as late:
            frames = late.turn()
    assert (frames[0]["type"], frames[0]["message"]) == ("user_message", "둘째")
    assert text_of(frames) == "".join(f"{number} " for number in range(20))


def test_two_sockets_on_two_replicas_see_one_conversation(
    mesh: FakeMesh, start_gateway: GatewayFactory, gateway: str, session: Json
) -> None:  # R3.4
    other = start_gateway()
    mesh.llm.scripts = [Script(["네"])]
    with chat(gateway, session["id"]) as first, chat(other, session["id"]) as second:
        assert first.until("presence")["online"] in {1, 2}
        while second.seen[-1].get("online") != 2 or first.seen[-1].get("online") != 2:
            (second if second.seen[-1].get("online") != 2 else first).until("presence")
        first.send("typing", typing=True)
        seen = second.until("typing")
        assert (seen["author"], seen["typing"]) == ("user", True)
        first.send("chat_message", message="안녕")
        assert text_of(second.turn()) == "네"
        first.turn()
        second.connection.close()
        assert first.until("presence")["online"] == 1
    assert not [frame for frame in first.seen if frame["type"] == "typing" and frame["author"] == "user"]


def test_a_message_sent_again_after_a_loss_is_no_second_turn(mesh: FakeMesh, gateway: str, session: Json) -> None:
    mesh.llm.scripts = [Script(["네"])]
    with chat(gateway, session["id"]) as socket:
        socket.send("chat_message", message="안녕", client_id="c-1")
        frames = socket.turn()
        assert frames[0]["client_id"] == "c-1"
    with chat(gateway, session["id"]) as socket:
        socket.send("chat_message", message="안녕", client_id="c-1")
        socket.send("ping", id=7)
        assert socket.until("pong", "user_message", "error") == {"type": "pong", "id": 7}


def test_a_turn_can_be_cancelled_and_what_had_come_is_kept(
    mesh: FakeMesh, gateway: str, client: httpx.Client, session: Json
) -> None:  # R3.4
    mesh.llm.scripts = [Script([f"{number} " for number in range(100)], pause_s=0.05)]
    with chat(gateway, session["id"]) as socket:
        socket.send("cancel")
        assert socket.until("error")["code"] == "nothing_running"
        socket.send("chat_message", message="세어 줘")
        socket.until("ai_chunk")
        socket.send("chat_message", message="또", client_id="c-2")
        busy = socket.until("error")
        assert (busy["code"], busy["client_id"]) == ("session_busy", "c-2")
        socket.send("cancel", generation_id=busy["generation_id"])
        last = socket.until("ai_complete")
    assert last["status"] == last["message"]["status"] == "cancelled"
    assert last["message"]["content"].startswith("0")
    assert mesh.llm.left_at is not None


def test_a_lost_engine_ends_in_the_built_in_one_and_says_so(
    mesh: FakeMesh, gateway: str, session: Json
) -> None:  # R3.8
    mesh.llm.scripts = [Script(["반쪽"], ending="cut")]
    with chat(gateway, session["id"]) as socket:
        socket.send("chat_message", message="안녕?")
        frames = socket.turn()
    assert [frame["type"] for frame in frames].count("reset") == 1
    assert frames[-1]["degraded"] is True
    assert frames[-1]["message"]["content"] == text_of(frames).strip()
    assert frames[-1]["message"]["engine"] == "builtin"
    assert frames[-1]["message"]["warnings"]


def test_where_no_engine_answers_there_is_a_clear_error(mesh: FakeMesh, gateway: str, session: Json) -> None:  # R3.8
    mesh.llm.builtin_fails = True
    mesh.llm.scripts = [Script(status=503)]
    with chat(gateway, session["id"]) as socket:
        socket.send("chat_message", message="안녕")
        last = socket.turn()[-1]
        assert last["type"] == "error"
        assert last["code"]
        assert "llm-proxy" in last["message"]
        mesh.llm.builtin_fails = False
        socket.send("chat_message", message="다시")
        assert socket.turn()[-1]["type"] == "ai_complete"


@pytest.mark.parametrize(
    ("key", "session_id", "query", "status", "code"),
    [
        ("", None, "", 401, "unauthenticated"),
        ("fwk_9_wrong", None, "", 401, "unauthenticated"),
        (OTHER_KEY, None, "", 404, "session_not_found"),
        (KEY, "nope", "", 404, "session_not_found"),
        (KEY, None, "resume_from=abc", 400, "invalid_resume_from"),
        (KEY, None, "resume_from=-1", 400, "invalid_resume_from"),
    ],
)
def test_it_is_refused_before_the_upgrade(
    gateway: str, session: Json, key: str, session_id: str | None, query: str, status: int, code: str
) -> None:  # R3.4
    url = f"{gateway.replace('http', 'ws', 1)}/ws/chat/{session_id or session['id']}?{query}"
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    with pytest.raises(InvalidStatus) as refused, connect(url, additional_headers=headers, proxy=None):
        pass
    assert refused.value.response.status_code == status
    assert f'"code":"{code}"'.encode() in refused.value.response.body.replace(b'": "', b'":"')


@pytest.fixture
def cookie(gateway: str) -> Iterator[str]:
    with httpx.Client(base_url=gateway) as browser:
        browser.post("/api/auth/login", json={"email": "a@b", "password": "right", "cookie": True})
        yield f"fw_session={browser.cookies['fw_session']}"


def test_a_browser_comes_in_by_its_cookie_from_our_own_pages_alone(
    gateway: str, session: Json, cookie: str
) -> None:  # R3.8
    url = f"{gateway.replace('http', 'ws', 1)}/ws/chat/{session['id']}"
    headers = {"Cookie": cookie, "Origin": gateway}
    with connect(url, additional_headers=headers, proxy=None) as connection:
        assert "resume" in str(connection.recv(5))
    for origin in ("https://evil.example", "null"):
        with (
            pytest.raises(InvalidStatus) as refused,
            connect(url, additional_headers={**headers, "Origin": origin}, proxy=None),
        ):
            pass
        assert refused.value.response.status_code == 403


def test_a_void_credential_and_a_deleted_session_close_the_socket(
    mesh: FakeMesh, start_gateway: GatewayFactory, client: httpx.Client
) -> None:  # R3.8
    url = start_gateway(revocation_poll_s=0.1, socket_poll_s=0.1)
    session = begin(client)
    with chat(url, session["id"], key=mesh.admin.token()) as socket:
        mesh.admin.revoked = {"revision": 9, "tokens": ["jti-alice"], "users": [], "keys": []}
        with pytest.raises(ConnectionClosed) as closed:
            socket.until("nothing", timeout=5)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401
    with chat(url, session["id"]) as socket:
        client.delete(f"/api/sessions/{session['id']}")
        with pytest.raises(ConnectionClosed) as closed:
            socket.until("nothing", timeout=5)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4404
    assert socket.seen[-1]["code"] == "session_deleted"


def test_a_user_has_so_many_sockets_and_no_more(start_gateway: GatewayFactory, session: Json) -> None:
    url = start_gateway(sockets_per_user=1)
    with chat(url, session["id"]):
        with pytest.raises(InvalidStatus) as refused, chat(url, session["id"]):
            pass
        assert refused.value.response.status_code == 429
    time.sleep(0.2)
    with chat(url, session["id"]):
        pass


@pytest.mark.parametrize("replica", ["the same", "another"])
def test_other_sessions_hear_of_an_answer_and_of_changes(
    mesh: FakeMesh, start_gateway: GatewayFactory, gateway: str, client: httpx.Client, session: Json, replica: str
) -> None:  # R3.4
    mesh.llm.scripts = [Script(["네"])]
    elsewhere = begin(client, title="다른 방")
    with chat(gateway if replica == "the same" else start_gateway(), session["id"]) as socket:
        path = f"/api/sessions/{elsewhere['id']}"
        client.post(f"{path}/messages", json={"message": "안녕"})
        notice = socket.until("notification")
        assert (notice["code"], notice["session_id"], notice["title"]) == ("turn_completed", elsewhere["id"], "다른 방")
        client.patch(path, json={"title": "새 이름"})
        notice = socket.until("notification")
        assert (notice["code"], notice["title"]) == ("session_updated", "새 이름")


def test_a_studio_session_runs_the_whole_pipeline(mesh: FakeMesh, gateway: str, client: httpx.Client) -> None:  # R1.9
    session = begin(client, kind="studio")
    with chat(gateway, session["id"]) as socket:
        socket.send("chat_message", message="Task 관리 화면 만들어줘")
        frames = socket.turn()
    types = [frame["type"] for frame in frames]
    assert "spec" in types
    assert "artifact" in types
    assert "ai_chunk" not in types
    assert {frame["stage"] for frame in frames if frame["type"] == "stage"} >= {"intent", "knowledge", "postprocess"}
    assert frames[-1]["artifacts"][0]["path"] == "TaskList.xml"
    assert "`TaskList.xml`" in frames[-1]["message"]["content"]


def test_a_question_of_the_pipeline_is_answered_over_the_socket(
    mesh: FakeMesh, gateway: str, client: httpx.Client
) -> None:  # R1.9
    session = begin(client, kind="studio")
    with chat(gateway, session["id"]) as socket:
        socket.send("chat_message", message="화면 만들어줘")
        question = socket.until("question", "ai_complete", "error")
        assert question["type"] == "question"
        socket.send("answer", question_id="nonesuch", value="x")
        assert socket.until("error")["code"] == "question_not_found"
        socket.send("answer", question_id=question["question_id"], value=question["default"])
        assert socket.until("ai_complete")["status"] == "complete"


def test_presence_comes_back_after_a_crash_of_the_database_has_emptied_its_table(
    start_gateway: GatewayFactory, client: httpx.Client, database_url: str
) -> None:
    one, two = start_gateway(socket_poll_s=0.1), start_gateway(socket_poll_s=0.1)
    session = begin(client)
    with chat(one, session["id"]) as first, chat(two, session["id"]):
        while first.until("presence")["online"] != 2:
            continue
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute("TRUNCATE gateway.socket_presence")
            wait_until = time.monotonic() + 10
            while connection.execute("SELECT count(*) FROM gateway.socket_presence").fetchone() != (2,):
                assert time.monotonic() < wait_until
                time.sleep(0.05)
