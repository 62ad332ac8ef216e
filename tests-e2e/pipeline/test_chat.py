"""Accounts, sessions and chat as a client application uses them, over a mesh of real processes (R3)."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from support.engine import PacedEngine
from support.mesh import Mesh, until

SESSIONS = "/api/sessions/"
Frame = dict[str, Any]


@contextmanager
def chat(mesh: Mesh, session_id: str, *, resume_from: int | None = None) -> Iterator[ClientConnection]:
    query = f"?resume_from={resume_from}" if resume_from is not None else ""
    url = f"{mesh.url.replace('http', 'ws', 1)}/ws/chat/{session_id}{query}"
    with connect(url, additional_headers={"Authorization": f"Bearer {mesh.key}"}, proxy=None) as connection:
        yield connection


def kept(connection: ClientConnection, until_type: str, *, limit_s: float = 30) -> list[Frame]:
    """The frames that count, up to the first of a type."""
    frames: list[Frame] = []
    while not frames or frames[-1]["type"] != until_type:
        frame: Frame = json.loads(connection.recv(limit_s))
        if "seq" in frame:
            frames.append(frame)
    return frames


def say(connection: ClientConnection, message: str, **members: Any) -> None:
    connection.send(json.dumps({"type": "chat_message", "message": message, **members}))


@pytest.fixture
def session(http: httpx.Client) -> Frame:
    made: Frame = http.post(SESSIONS, json={}).json()
    return made


def test_an_account_is_made_used_and_left(mesh: Mesh):  # R3.1
    with httpx.Client(base_url=mesh.url, timeout=30, trust_env=False) as person:
        account = {"email": f"e2e-{time.time_ns()}@example.com", "password": "long-Enough-1"}
        tokens = person.post("/api/auth/register/", json=account).json()
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        assert person.get("/api/auth/me/", headers=bearer).json()["email"] == account["email"]
        renewed = person.post("/api/auth/refresh/", json={"refresh_token": tokens["refresh_token"]}).json()
        bearer = {"Authorization": f"Bearer {renewed['access_token']}"}
        assert person.get("/api/admin/users", headers=bearer).status_code == 403
        body = {"refresh_token": renewed["refresh_token"]}
        assert person.post("/api/auth/logout/", json=body, headers=bearer).status_code == 204
        left = time.monotonic()
        until(lambda: person.get("/api/auth/me", headers=bearer).status_code == 401, limit_s=10)
        assert time.monotonic() - left < 5, "a revocation holds within 5 s"


def test_a_browser_signs_in_by_cookie_and_its_changes_need_the_csrf_token(mesh: Mesh):  # R3.8
    credentials = json.loads((mesh.state / "credentials.json").read_text())
    body = {"email": credentials["admin_email"], "password": credentials["admin_password"], "cookie": True}
    with httpx.Client(base_url=mesh.url, timeout=30, trust_env=False) as browser:
        csrf = browser.post("/api/auth/login", json=body).json()["csrf_token"]
        assert browser.get("/api/admin/users").status_code == 200
        assert browser.post(SESSIONS, json={}).status_code == 403
        assert browser.post(SESSIONS, json={}, headers={"X-CSRF-Token": csrf}).status_code == 201
        assert browser.post("/api/auth/logout", headers={"X-CSRF-Token": csrf}).status_code == 204
        assert browser.get("/api/admin/users").status_code == 401


def test_chat_is_answered_honestly_without_a_model(mesh: Mesh, session: Frame):  # R3.4 R3.8
    with chat(mesh, session["id"]) as connection:
        say(connection, "그리드가 무엇인가요?")
        frames = kept(connection, "ai_complete")
    text = "".join(frame["chunk"] for frame in frames if frame["type"] == "ai_chunk")
    assert text.strip() == frames[-1]["message"]["content"]
    assert "엔진" in text
    assert frames[-1]["engine"] == "builtin"


def test_a_conversation_is_found_exported_and_imported(mesh: Mesh, http: httpx.Client, session: Frame):  # R3.2
    with chat(mesh, session["id"]) as connection:
        say(connection, "두루마리휴지 재고를 관리하려면?")
        kept(connection, "ai_complete")
    hits = http.get(f"{SESSIONS}search/", params={"q": "마리휴지"}).json()["items"]
    assert {hit["session"]["id"] for hit in hits} == {session["id"]}
    exported = http.get(f"{SESSIONS}{session['id']}/export/", params={"format": "markdown"}).content
    imported = http.post(f"{SESSIONS}import/", content=exported, headers={"Content-Type": "text/markdown"})
    assert imported.json()["messages"] == 2
    assert http.get("/api/auth/history/", params={"q": "두루마리"}).json()["items"]


def test_a_chat_goes_on_over_cut_connections_and_a_killed_gateway(
    mesh: Mesh, session: Frame, paced: PacedEngine
):  # R3.4
    paced.pieces, paced.pause_s = [f"{number} " for number in range(60)], 0.05
    with chat(mesh, session["id"]) as connection:
        say(connection, "세어 줘", client_id="once", model="paced")
        seen = kept(connection, "ai_chunk")
    for _ in range(3):
        with chat(mesh, session["id"], resume_from=seen[-1]["seq"]) as connection:
            seen += kept(connection, "ai_chunk")
    with chat(mesh, session["id"], resume_from=seen[-1]["seq"]) as connection:
        mesh.kill("gateway")
        with pytest.raises((ConnectionClosed, TimeoutError)):
            seen += kept(connection, "ai_complete", limit_s=5)
    until(lambda: mesh.is_ready("gateway"))
    with chat(mesh, session["id"], resume_from=seen[-1]["seq"]) as connection:
        say(connection, "세어 줘", client_id="once", model="paced")
        seen += kept(connection, "ai_complete", limit_s=60)
    seqs = [frame["seq"] for frame in seen]
    assert seqs == sorted(set(seqs)), "nothing twice, all in order"
    text = ""
    for frame in seen:
        text = "" if frame["type"] == "reset" else text + frame.get("chunk", "")
    assert text.strip() == seen[-1]["message"]["content"] == "".join(paced.pieces).strip()


def test_a_studio_session_makes_a_screen_and_names_its_files(http: httpx.Client):  # R1.12 R3.3
    session = http.post(SESSIONS, json={"kind": "studio"}).json()
    answer = http.post(f"{SESSIONS}{session['id']}/messages/", json={"message": "Task 관리 화면 만들어줘"}).json()
    assert "`TaskList.xml`" in answer["message"]["content"]
    assert http.get(f"{SESSIONS}{session['id']}").json()["title"] == "Task 관리 화면 만들어줘"


def test_without_a_credential_no_socket_opens(mesh: Mesh, session: Frame):  # R3.4
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(f"{mesh.url.replace('http', 'ws', 1)}/ws/chat/{session['id']}", proxy=None),
    ):
        pass
    assert refused.value.response.status_code == 401
