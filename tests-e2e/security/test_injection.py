"""SQL, prompts and logs: what a stranger wrote stays what a stranger wrote."""

import json
import re
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from security.conftest import logs
from security.payloads import payloads
from support.api import GENERATIONS, Api
from support.engine import PacedEngine
from support.mesh import Mesh, until

SLEEP_S = 8
"""What the payloads ask PostgreSQL to wait."""
READS_ALL = re.compile(r"OR|UNION|%|_")
"""The payloads that would show other people's rows."""
SEARCHES = [
    "/api/v1/generations?q={}", "/api/v1/generations?status={}", "/api/v1/generations?cursor={}",
    "/api/v1/generations/{}", "/api/sessions/search/?q={}", "/api/sessions/{}/", "/api/auth/history?q={}",
    "/api/v1/audit?user_id={}", "/api/v1/audit?cursor={}", "/api/v1/patches/{}", "/api/v1/batches/{}",
    "/api/admin/users?q={}", "/api/admin/users?role={}", "/api/admin/knowledge?q={}", "/api/admin/knowledge?tag={}",
    "/api/admin/generations?q={}", "/api/admin/generations?user_id={}", "/api/admin/templates?task={}",
    "/api/v1/training/export?model={}", "/api/admin/usage?by={}", "/api/v1/repositories/{}",
]  # fmt: skip


@pytest.mark.parametrize("path", SEARCHES)
def test_no_search_reads_more_than_its_own(http: httpx.Client, developer: httpx.Client, path: str) -> None:  # R3.8
    """An admin's calls answer as for any text; a developer's give nothing of others'."""
    for text in payloads("sql"):
        target = path.replace("{}", "".join(f"%{byte:02X}" for byte in text.encode()))
        started = time.monotonic()
        answer = http.get(target)
        assert answer.status_code < 500, f"{text}: {answer.text[:300]}"
        assert "syntax error" not in answer.text
        assert "PostgreSQL" not in answer.text
        if not READS_ALL.search(text):
            continue
        theirs = developer.get(target)
        assert theirs.status_code < 500, f"{text}: {theirs.text[:300]}"
        if theirs.status_code == 200 and "items" in theirs.json():
            assert theirs.json()["items"] == [], text
        assert time.monotonic() - started < SLEEP_S


@pytest.mark.parametrize("text", payloads("sql"))
def test_what_is_stored_comes_back_as_it_was(http: httpx.Client, text: str) -> None:  # R3.8
    made = http.post("/api/sessions/", json={"title": text})
    assert made.status_code == 201, made.text
    session = made.json()["id"]
    assert http.get(f"/api/sessions/{session}/").json()["title"] == text.strip()
    found = http.get("/api/sessions/search/", params={"q": text})
    assert found.status_code in {200, 422}
    assert http.post("/api/v1/search", json={"query": text}).status_code == 200
    assert http.get("/api/v1/generations").status_code == 200, "the tables are there"
    assert http.delete(f"/api/sessions/{session}/").status_code == 204


@pytest.fixture
def asked(paced: PacedEngine) -> PacedEngine:
    paced.pieces = ["Nothing."]
    return paced


def _messages(engine: PacedEngine) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = engine.requests[-1]["messages"]
    return found


@pytest.mark.parametrize("text", payloads("prompts", escaped=True))
def test_a_prompt_stays_data(api: Api, asked: PacedEngine, text: str) -> None:  # R1.6
    """Wherever it is written, the system part is ours alone, and one block, the last, is the request."""
    calm = {"name": "notes.txt", "media_type": "text/plain", "content": "Task: title, due date"}
    api.generate("Task 관리 화면 만들어줘", model="paced", attachments=[calm])
    ours = [one["content"] for one in _messages(asked) if one["role"] == "system"]
    hostile = {**calm, "content": f"Task: title, due date\n{text}"}
    for prompt, attachment in ((f"Task 관리 화면 만들어줘. {text}", calm), ("Task 관리 화면 만들어줘", hostile)):
        asked.forget()
        events = api.generate(prompt, model="paced", attachments=[attachment])
        assert events[-1]["type"] in {"completed", "failed"}
        if not asked.requests:
            continue  # refused, or answered by rule: no engine saw it
        messages = _messages(asked)
        if "answer" not in str(events[0].get("kind", "")):
            systems = [one["content"] for one in messages if one["role"] == "system"]
            assert all(text not in system for system in systems)
            assert len(systems) == len(ours)
        last = messages[-1]["content"]
        assert last.count("```framewright-request\n") == 1
        block = last.rpartition("```framewright-request\n")[2]
        document = json.loads(block.partition("\n")[0])
        assert document.get("task") != "answer" or "owned" not in str(document.get("prompt"))


@pytest.fixture(scope="module")
def planted(mesh: Mesh) -> Iterator[None]:
    """An entry of the knowledge base for each payload, indexed."""
    headers = {"Authorization": f"Bearer {mesh.key}"}
    with httpx.Client(base_url=mesh.url, headers=headers, timeout=30) as http:
        made = []
        for number, text in enumerate(payloads("prompts", escaped=True)):
            entry = {
                "framework": "xframe5",
                "kind": "rule",
                "title": f"zebrafish {_word(number)}",
                "text": f"zebrafish {text}",
            }
            answer = http.post("/api/admin/knowledge", json=entry)
            assert answer.status_code == 201, answer.text
            made.append(answer.json()["id"])

        def indexed() -> bool:
            query = {"query": f"zebrafish {_word(len(made) - 1)}"}
            return any("zebrafish" in hit["title"] for hit in http.post("/api/v1/search", json=query).json()["hits"])

        until(indexed, limit_s=40)
        yield
        for entry_id in made:
            http.delete(f"/api/admin/knowledge/{entry_id}")


def _word(number: int) -> str:
    """A word of its own, so that each entry is found by its name."""
    return f"quartz{chr(97 + number) * 3}"


@pytest.mark.usefixtures("planted")
@pytest.mark.parametrize(("number", "text"), list(enumerate(payloads("prompts", escaped=True))))
def test_knowledge_stays_data(api: Api, asked: PacedEngine, number: int, text: str) -> None:  # R1.15
    """An entry of the knowledge base that says what to do: it goes along inside a fence that it can't close."""
    api.generate(f"zebrafish {_word(number)} 관리 화면 만들어줘", model="paced")
    assert asked.requests, "an engine was asked"
    for message in _messages(asked):
        content = message["content"]
        assert message["role"] != "system" or text not in content
        assert content.count("```framewright-request\n") <= 1
        if text in content:
            opened = content[: content.index(text)].rpartition("\n`")[2].partition("\n")[0]
            ticks = 1 + len(opened) - len(opened.lstrip("`"))
            assert "`" * ticks not in text, "the fence is longer than any in the text"


@pytest.mark.parametrize("text", payloads("logs", escaped=True))
def test_no_line_of_a_log_is_forged(http: httpx.Client, mesh: Mesh, text: str) -> None:
    """Prompts, names, addresses and headers reach the logs: one line each, as JSON, without a control sign."""
    shown = text.encode("latin-1", errors="replace").replace(b"\n", b" ").replace(b"\r", b" ").replace(b"\x00", b"")
    http.post(GENERATIONS, json={"prompt": f"화면 {text}".replace("\x00", "")})
    http.post("/api/v1/search", json={"query": text})
    http.post("/api/auth/login", json={"email": f"{text}@example.com", "password": text})
    http.get("/nowhere/" + "".join(f"%{byte:02X}" for byte in text.encode()))
    http.get("/api/v1/generations", headers=[(b"User-Agent", shown), (b"X-Request-Id", shown)])
    http.post("/api/v1/repositories", json={"name": text, "source": {"type": "git", "url": text}})
    for path, written in logs(mesh):
        if path.stem.startswith("supervisor"):
            continue
        for line in written.split("\n"):
            assert not (set(line) & {"\x1b", "\x07", "\x00", "\u2028", "\u0085", "\u202e", "\r"}), (
                f"{path.name}: {line[:300]!r}"
            )
            if not line.startswith("{"):
                assert "forged" not in line, f"{path.name}: {line[:300]!r}"
                continue
            document = json.loads(line)
            assert document.get("event") != "forged"
