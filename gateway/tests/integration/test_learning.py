"""Feedback, candidates, training data and figures, through the API and PostgreSQL."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import datasets  # type: ignore[import-untyped]
import httpx
import psycopg
import pytest
from psycopg import sql
from psycopg.types.json import Json

from chassis.testing import service_headers

from ..conftest import FakeMesh, GatewayFactory
from ..fakes.admin import OTHER_KEY
from ..unit.learning import synthetic
from .reading import generate

GENERATIONS, TRAINING = "/api/v1/generations", "/api/v1/training"
SECRET_FILE = "/* 담당 hong.gildong@corp.co.kr 010-1234-5678 */\nvar a = 1;\n"


@pytest.fixture
def operator(mesh: FakeMesh, gateway: str) -> Any:
    mesh.admin.keys["fwk_operator"] = ("k-operator", "olga", "operator")
    with httpx.Client(base_url=gateway, headers={"Authorization": "Bearer fwk_operator"}, timeout=30) as own:
        yield own


def accepted(client: httpx.Client, *, consent: bool | None = True, rating: int | None = 5) -> tuple[str, Any]:
    """A generation whose script was edited and taken over."""
    generation_id = generate(client)[0]["generation_id"]
    files = client.get(f"{GENERATIONS}/{generation_id}/artifacts").json()["artifacts"]
    script = files[0]["path"]
    body = {"rating": rating, "consent": consent, "accepted": [{"path": script, "content": SECRET_FILE}]}
    answer = client.post(f"{GENERATIONS}/{generation_id}/feedback", json=body)
    assert answer.status_code == 200, answer.text
    return generation_id, answer.json()


def service() -> dict[str, str]:
    return service_headers("gateway", caller="admin-service")


def test_feedback_keeps_consent_and_the_distance_to_what_was_emitted(client: httpx.Client) -> None:  # R4.8
    generation_id, feedback = accepted(client)
    assert feedback["consent"] is True
    assert feedback["distance"]["lines"] > 0
    assert 0 < feedback["distance"]["ratio"] <= 1
    path = f"{GENERATIONS}/{generation_id}"
    emitted = [
        {"path": item["path"], "content": client.get(f"{path}/artifacts/{item['path']}").text}
        for item in client.get(f"{path}/artifacts").json()["artifacts"]
    ]
    assert client.post(f"{path}/feedback", json={"accepted": emitted}).json()["distance"]["lines"] == 0
    later = client.post(f"{path}/feedback", json={"comment": "좋아요"}).json()
    assert (later["rating"], later["consent"], later["comment"]) == (5, True, "좋아요")
    assert client.post(f"{path}/feedback", json={"accepted": None}).json()["distance"] is None


def test_an_edited_spec_counts_as_an_edit_of_the_first_emission(client: httpx.Client) -> None:
    generation_id = generate(client)[0]["generation_id"]
    path = f"{GENERATIONS}/{generation_id}"
    first = client.get(f"{path}/artifacts").json()["artifacts"][0]["path"]
    before = client.get(f"{path}/artifacts/{first}").text
    client.put(f"{path}/spec", json={**client.get(f"{path}/spec").json(), "title": "고친 제목"})
    answer = client.post(f"{path}/feedback", json={"accepted": [{"path": first, "content": before}]})
    assert answer.json()["distance"]["lines"] == 0


def test_a_patch_is_rated(client: httpx.Client) -> None:  # R4.8
    edit = {"path": "a.js", "search": "1", "replace": "2"}
    made = client.post("/api/v1/patches", json={"files": [{"path": "a.js", "content": "let a = 1;"}], "edits": [edit]})
    path = f"/api/v1/patches/{made.json()['patch_id']}/feedback"
    assert client.post(path, json={"rating": 5, "consent": True}).json()["consent"] is True
    kept = client.post(path, json={"comment": "ok"}).json()
    assert (kept["rating"], kept["comment"], kept["consent"]) == (5, "ok", True)
    assert client.post(path, json={"rating": 9}).status_code == 422


def test_training_data_loads_and_holds_no_secret(  # R4.8
    client: httpx.Client, operator: httpx.Client, tmp_path: Path
) -> None:
    accepted(client)
    accepted(client, consent=None)
    with operator.stream("GET", f"{TRAINING}/export") as answer:
        assert answer.headers["content-type"].startswith("application/x-ndjson")
        assert "framewright-sft" in answer.headers["content-disposition"]
        content = answer.read()
    assert b"hong.gildong" not in content
    assert b"[EMAIL]" in content
    assert b"[PHONE]" in content
    place = tmp_path / "sft.jsonl"
    place.write_bytes(content)
    loaded = datasets.load_dataset("json", data_files=str(place), split="train", cache_dir=str(tmp_path / "cache"))
    assert loaded.num_rows == 1
    assert [message["role"] for message in loaded[0]["messages"]] == ["system", "user", "assistant"]
    pairs = operator.get(f"{TRAINING}/export", params={"kind": "dpo"}).text
    assert json.loads(pairs)["task"] == "direct"
    summary = operator.get(f"{TRAINING}/summary").json()
    assert (summary["samples"], summary["train"] + summary["test"], summary["consent"]) == (1, 1, "asked")
    assert summary["scrubbed"]["email"] >= 1


def test_where_consent_is_assumed_silence_is_enough(
    client: httpx.Client, start_gateway: GatewayFactory, operator: httpx.Client, database_url: str
) -> None:
    accepted(client, consent=None)
    accepted(client, consent=False)
    assert operator.get(f"{TRAINING}/export").text == ""
    with httpx.Client(base_url=start_gateway(training_consent="assumed"), headers=operator.headers) as other:
        assert len(other.get(f"{TRAINING}/export").text.splitlines()) == 1
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute("UPDATE gateway.generations SET channel = 'evaluation'")
        assert other.get(f"{TRAINING}/export").text == "", "the golden cases are no training data"


def test_a_patch_is_training_data_of_its_plans_framework(
    client: httpx.Client, operator: httpx.Client, database_url: str
) -> None:
    record, _ = list(synthetic.logs(5))[4]
    with psycopg.connect(database_url, autocommit=True) as connection:
        _insert(connection, 1, record)
        connection.execute(
            "INSERT INTO gateway.plans (id, created_at, user_id, intent, language, framework, plan, files)"
            " VALUES ('p1', now(), 'u', 'x', 'ko', 'react', '{}', '[]')"
        )
        connection.execute("UPDATE gateway.patches SET plan_id = 'p1'")
    assert operator.get(f"{TRAINING}/export", params={"framework": "xframe5"}).text == ""
    found = operator.get(f"{TRAINING}/export", params={"framework": "react"}).text
    assert json.loads(found)["framework"] == "react"


def test_many_records_come_page_by_page_and_load(
    operator: httpx.Client, database_url: str, tmp_path: Path
) -> None:  # R4.8
    records = [record for record, _ in synthetic.logs(300)]
    with psycopg.connect(database_url, autocommit=True) as connection:
        for number, record in enumerate(records):
            _insert(connection, number, record)
    whole = operator.get(f"{TRAINING}/export").content
    halves = [operator.get(f"{TRAINING}/export", params={"split": split}).content for split in ("train", "test")]
    assert sorted(whole.splitlines()) == sorted(b"".join(halves).splitlines())
    assert len(whole.splitlines()) > 280
    place = tmp_path / "sft.jsonl"
    place.write_bytes(whole)
    loaded = datasets.load_dataset("json", data_files=str(place), split="train", cache_dir=str(tmp_path / "cache"))
    assert set(loaded.features) == {"id", "split", "framework", "task", "model", "rating", "messages"}
    assert set(loaded.unique("task")) == {"spec", "direct", "patch"}


def _insert(connection: psycopg.Connection[Any], number: int, record: dict[str, Any]) -> None:
    """A row as the pipeline, or the ledger, leaves it."""
    key = f"01890000-0000-7000-8000-{number:012d}"
    now = datetime.now(UTC)
    row: dict[str, Any] = {"id": key, "created_at": now, "user_id": "u", "status": record["status"]}
    if record["source"] == "patch":
        table = "patches"
        row |= {"key": key, "applied_at": now}
        names = ["intent", "edits", "files", "engine", "feedback"]
    else:
        table = "generations"
        row |= {
            "ended_at": now,
            "request": {},
            "mode": "spec",
            "channel": "rest",
            "kind": "generate",
            "holder": key,
            "lease_until": now,
        }
        names = ["prompt", "framework", "engine", "engine_model", "spec", "data_model", "artifacts", "prompts",
                 "raw_answers", "feedback"]  # fmt: skip
    row |= {name: record[name] for name in names}
    values = [Json(value) if isinstance(value, dict | list) else value for value in row.values()]
    columns, marks = sql.SQL(", ").join(map(sql.Identifier, row)), sql.SQL(", ").join([sql.Placeholder()] * len(row))
    statement = sql.SQL("INSERT INTO gateway.{} ({}) VALUES ({})").format(sql.Identifier(table), columns, marks)
    connection.execute(statement, values)


def test_accepted_screens_are_candidates_and_leave_scrubbed(client: httpx.Client, gateway: str) -> None:
    generation_id, _ = accepted(client)
    generate(client)
    page = client.get("/internal/learning/candidates", headers=service()).json()
    assert [item["generation_id"] for item in page["items"]] == [generation_id]
    assert page["items"][0]["consent"] is True
    path = f"/internal/learning/candidates/{generation_id}"
    candidate = client.get(path, headers=service()).json()
    assert "hong.gildong" not in json.dumps(candidate)
    assert candidate["scrubbed"] == {"email": 1, "phone": 1}
    assert candidate["files"][0]["diff"].startswith("--- a/")
    assert "+/* 담당 [EMAIL] [PHONE] */" in candidate["files"][0]["diff"]
    assert candidate["title"] == "Task 관리"
    assert client.get(f"{path}/preview", headers=service()).json()["html"].startswith("<!DOCTYPE")
    missing = "/internal/learning/candidates/01890000-0000-7000-8000-000000000000"
    assert client.get(missing, headers=service()).json()["code"] == "candidate_not_found"
    accepted(client)
    first = client.get("/internal/learning/candidates", headers=service(), params={"limit": 1}).json()
    following = {"limit": 1, "cursor": first["next_cursor"]}
    assert client.get("/internal/learning/candidates", headers=service(), params=following).json()["items"]


def test_whose_consent_was_taken_back_is_told(client: httpx.Client) -> None:  # R4.8
    kept, _ = accepted(client)
    gone, _ = accepted(client)
    client.post(f"{GENERATIONS}/{gone}/feedback", json={"accepted": None, "consent": False})
    asked = {"generation_id": [kept, gone, "01890000-0000-7000-8000-000000000000", "x"]}
    answer = client.get("/internal/learning/withdrawn", params=asked, headers=service())
    assert answer.json() == {"generation_ids": [gone]}
    assert client.get("/internal/learning/withdrawn", headers=service()).status_code == 422
    assert client.get("/internal/learning/withdrawn", params=asked).status_code == 401


def test_a_prompt_that_shows_a_screen_without_consent_is_not_exported(
    client: httpx.Client, operator: httpx.Client, database_url: str
) -> None:  # R4.8
    gone, _ = accepted(client)
    record, _ = next(synthetic.logs(1))
    record |= {"feedback": {"consent": True}}
    record["prompts"][0]["hits_used"] = ["pack-entry", f"accepted-{gone}"]
    with psycopg.connect(database_url, autocommit=True) as connection:
        _insert(connection, 1, record)
    assert len(operator.get(f"{TRAINING}/export").text.splitlines()) == 2
    client.post(f"{GENERATIONS}/{gone}/feedback", json={"consent": False})
    assert operator.get(f"{TRAINING}/export").text == ""
    assert operator.get(f"{TRAINING}/summary").json()["left_out"] == {"example_withdrawn": 1}


def test_changed_lines_and_titles_are_shown_scrubbed(client: httpx.Client, database_url: str) -> None:
    generation_id, _ = accepted(client)
    path = f"{GENERATIONS}/{generation_id}"
    script = client.get(f"{path}/artifacts").json()["artifacts"][0]["path"]
    content = "010-1234-5678\nDB_PASSWORD=Abc12345\n"
    client.post(f"{path}/feedback", json={"accepted": [{"path": script, "content": content}]})
    with psycopg.connect(database_url, autocommit=True) as connection:
        intent = Json({"screen": {"title": "hong@corp.co.kr 화면"}})
        connection.execute("UPDATE gateway.generations SET spec = NULL, intent = %s", (intent,))
    candidate = client.get(f"/internal/learning/candidates/{generation_id}", headers=service()).json()
    assert "+[PHONE]\n+DB_PASSWORD=[PASSWORD]" in candidate["files"][0]["diff"]
    assert candidate["title"] == "[EMAIL] 화면"


def test_of_two_alike_the_one_that_somebody_mended_stays(
    client: httpx.Client, operator: httpx.Client, database_url: str
) -> None:
    lines = "\n".join(f"var value{number} = {number};" for number in range(400))
    contents = {"emitted": lines, "mended": lines.replace("value7 = 7", "value7 = 8")}
    feedback = [
        {"consent": True},
        {"consent": True, "rating": 5},
        {"consent": True, "accepted": [{"path": "a.js", "content": contents["mended"]}], "distance": {"lines": 1}},
    ]
    with psycopg.connect(database_url, autocommit=True) as connection:
        for number, said in enumerate(feedback):
            record, _ = next(synthetic.logs(1))
            files = [{"path": "a.js", "content": contents["emitted"]}]
            record |= {"prompt": "같은 화면", "spec": None, "artifacts": files, "feedback": said}
            _insert(connection, number, record)
    samples = [json.loads(line) for line in operator.get(f"{TRAINING}/export").text.splitlines()]
    assert len(samples) == 1
    assert "value7 = 8" in samples[0]["messages"][-1]["content"]


def test_figures_by_model_come_from_the_records_of_daily_use(client: httpx.Client, database_url: str) -> None:
    accepted(client)
    generate(client)
    answer = client.get("/internal/learning/figures", headers=service()).json()
    assert answer["records"] == 2
    model = answer["models"][0]
    assert (model["attempts"], model["parse_failures"]["count"], model["accepted"]["of"]) == (2, 0, 1)
    assert model["p50_ms"] > 0
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("UPDATE gateway.generations SET channel = 'evaluation' WHERE feedback IS NULL")
    assert client.get("/internal/learning/figures", headers=service()).json()["records"] == 1


def test_training_data_is_for_operators(client: httpx.Client) -> None:
    client.headers["Authorization"] = f"Bearer {OTHER_KEY}"
    assert client.get(f"{TRAINING}/export").status_code == 403


def test_nothing_is_exported_where_nothing_was_logged(operator: httpx.Client) -> None:
    answer = operator.get(f"{TRAINING}/export", params={"model": "a-model-that-nobody-asked"})
    assert answer.status_code == 200
    assert io.StringIO(answer.text).readlines() == []
