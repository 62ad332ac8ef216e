"""The five prompts of the main job end in the files that they name, in the same words each time."""

import io
import zipfile

import pytest

from support.api import GENERATIONS, Api, assert_whole, of_type
from support.prompts import PROMPTS

STAGES = ["intent", "data_model", "knowledge", "artifacts", "prompt", "engine", "analysis", "postprocess", "result"]


@pytest.mark.parametrize(("prompt", "files"), PROMPTS.items(), ids=[files[0] for files in PROMPTS.values()])
def test_a_prompt_ends_in_its_files(api: Api, prompt: str, files: list[str]):  # R1.1 R1.2 R1.5 R1.12
    events = api.generate(prompt)
    assert_whole(events)
    assert events[0]["type"] == "created"
    assert events[0]["prompt"] == prompt
    assert events[-1]["type"] == "completed", events[-1]
    completed = [event["stage"] for event in of_type(events, "stage") if event["status"] == "completed"]
    assert completed == STAGES
    assert len(of_type(events, "spec")) == 1
    assert {event["path"] for event in of_type(events, "artifact")} == set(files)
    result = api.result(events[0]["generation_id"])
    assert result["status"] == "completed"
    assert result["intent"]["kind"] == "generate"
    assert result["engine"] == "builtin"
    assert result["degraded"] is False, "nobody asked for another engine"
    assert sorted(item["path"] for item in result["artifacts"]) == sorted(files)
    assert not any(item["diagnostics"] for item in result["artifacts"])


def test_the_same_prompt_gives_the_same_bytes(api: Api):  # R1.11
    prompt = next(iter(PROMPTS))
    first, second = (api.files(api.generate(prompt)[0]["generation_id"]) for _ in range(2))
    assert first == second
    assert first["TaskList.xml"].startswith(b"\xef\xbb\xbf<?xml") or first["TaskList.xml"].startswith(b"<?xml")
    assert b"CREATE TABLE" in first["task.sql"].upper()


def test_the_names_of_a_ddl_are_kept(api: Api):  # R1.2
    prompt = next(prompt for prompt in PROMPTS if "CREATE TABLE" in prompt)
    generation_id = api.generate(prompt)[0]["generation_id"]
    entity = api.result(generation_id)["data_model"]["entities"][0]
    assert [field["name"] for field in entity["fields"]] == ["id", "login_id", "nickname", "birth", "point"]
    assert {field["origin"] for field in entity["fields"]} == {"stated"}
    ddl = api.files(generation_id)["member.sql"].decode().lower()
    assert all(name in ddl for name in ("member", "login_id", "nickname", "birth", "point"))


def test_json_gives_the_same_result_and_the_archive_its_files(api: Api):
    answer = api.wait_for("사원 목록 조회 화면 만들어줘")
    assert answer.status_code == 200
    result = answer.json()
    assert result["status"] == "completed"
    assert result["timings"]["total"] > 0
    base = f"{GENERATIONS}/{result['generation_id']}"
    archive = api.http.get(f"{base}/archive")
    assert archive.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(archive.content)) as packed:
        contents = {name: packed.read(name) for name in packed.namelist()}
    assert contents == api.files(result["generation_id"])
    assert api.http.get(f"{base}/spec").json()["screen_id"] == "EmployeeList"


def test_a_job_answers_at_once_and_says_where_to_look(api: Api):
    accepted = api.http.post(GENERATIONS, json={"prompt": "공지사항 목록 화면"}, headers={"Prefer": "respond-async"})
    assert accepted.status_code == 202
    generation_id = accepted.json()["generation_id"]
    assert accepted.headers["location"] == f"{GENERATIONS}/{generation_id}"
    assert_whole(api.resume(generation_id, 0))


def test_knowledge_is_found_by_meaning_and_by_word(api: Api):  # R1.3
    found = api.http.post(
        "/api/v1/search", json={"query": "그리드에서 수정하고 저장", "framework": "xframe5", "limit": 5}
    )
    assert found.status_code == 200
    assert found.json()["warnings"] == []
    assert 0 < len(found.json()["hits"]) <= 5
    best = found.json()["hits"][0]
    assert set(best) >= {"id", "title", "kind", "text", "score", "dense", "sparse", "source"}
    assert 0 < best["score"] <= 1


def test_a_question_is_answered_with_its_sources(api: Api):  # R1.1
    result = api.wait_for("xFrame5에서 그리드의 변경된 행만 저장하려면 어떻게 하나요?").json()
    assert result["intent"]["kind"] == "question"
    assert result["answer"]
    assert result["citations"]
    assert result["artifacts"] == []


def test_what_cannot_be_served_says_why_and_what_can(api: Api):  # R1.1
    result = api.wait_for("오늘 서울 날씨 알려줘").json()
    assert result["intent"]["kind"] == "unsupported"
    assert result["intent"]["reason"]
    assert result["intent"]["alternatives"]
    assert result["artifacts"] == []
