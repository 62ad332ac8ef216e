"""Lists, specs and their versions, the log for other services, the schema itself."""

import httpx
import psycopg
import pytest
from app import openapi
from app.db import chat_tables, job_tables, migrate, patch_tables
from app.db.tables import GENERATIONS as GENERATIONS_TABLE

from chassis.errors import ServiceError
from chassis.local_postgres import LocalPostgres
from chassis.testing import service_headers

from ..conftest import FakeMesh
from ..samples import SPEC
from .reading import generate

GENERATIONS = "/api/v1/generations"


def service() -> dict[str, str]:
    return service_headers("gateway", caller="admin-service")


def test_one_s_own_generations_are_paged_newest_first(client: httpx.Client) -> None:
    for number in range(5):
        generate(client, f"화면 {number} 만들어줘")
    first = client.get(GENERATIONS, params={"limit": 3}).json()
    second = client.get(GENERATIONS, params={"limit": 3, "cursor": first["next_cursor"]}).json()
    prompts = [item["prompt"] for item in first["items"] + second["items"]]
    assert prompts == [f"화면 {number} 만들어줘" for number in (4, 3, 2, 1, 0)]
    assert second["next_cursor"] is None
    assert len(client.get(GENERATIONS, params={"q": "화면 2"}).json()["items"]) == 1
    assert client.get(GENERATIONS, params={"q": "%"}).json()["items"] == []
    assert client.get(GENERATIONS, params={"status": "failed"}).json()["items"] == []
    assert client.get(GENERATIONS, params={"limit": 0}).status_code == 422


def test_a_spec_is_emitted_again_as_a_new_version(mesh: FakeMesh, client: httpx.Client) -> None:
    path = f"{GENERATIONS}/{generate(client)[0]['generation_id']}"
    read = client.get(f"{path}/spec")
    assert read.headers["etag"] == '"1"'
    edited = {**read.json(), "title": "고친 제목"}
    engine_calls = len(mesh.llm.calls)
    written = client.put(f"{path}/spec", json=edited, headers={"If-Match": '"1"'})
    assert (written.status_code, written.headers["etag"], written.json()["spec_version"]) == (200, '"2"', 2)
    assert client.get(f"{path}/spec").json()["title"] == "고친 제목"
    assert client.get(f"{path}/spec", params={"version": 1}).json()["title"] == "Task 관리"
    assert client.get(f"{path}/spec", params={"version": 9}).status_code == 404
    outdated = client.put(f"{path}/spec", json=edited, headers={"If-Match": '"1"'})
    assert (outdated.status_code, outdated.json()["version"]) == (409, 2)
    assert client.put(f"{path}/spec", json=edited, headers={"If-Match": "x"}).status_code == 400
    assert client.put(f"{path}/spec", json={"title": "x"}).status_code == 422
    dangling = client.put(f"{path}/spec", json={**SPEC, "title": "dangling"})
    assert (dangling.status_code, dangling.json()["errors"][0]["field"]) == (422, "regions.0.dataset")
    assert len(mesh.llm.calls) == engine_calls


def test_the_files_of_an_earlier_version_are_emitted_from_its_spec(mesh: FakeMesh, client: httpx.Client) -> None:
    path = f"{GENERATIONS}/{generate(client)[0]['generation_id']}"
    edited = {**client.get(f"{path}/spec").json(), "title": "고친 제목"}
    client.put(f"{path}/spec", json=edited)
    emissions = len(mesh.postprocess.calls)
    current = client.get(f"{path}/artifacts", params={"version": 2}).json()["artifacts"]
    assert len(mesh.postprocess.calls) == emissions
    earlier = client.get(f"{path}/artifacts", params={"version": 1}).json()["artifacts"]
    assert mesh.postprocess.calls[-1][1]["spec"]["title"] == "Task 관리"
    assert [item["path"] for item in earlier] == [item["path"] for item in current]
    content = client.get(f"{path}/artifacts/{earlier[0]['path']}", params={"version": 1})
    assert content.status_code == 200
    assert client.get(f"{path}/artifacts", params={"version": 9}).status_code == 404


def test_a_screen_has_a_picture_that_is_safe_to_embed(mesh: FakeMesh, client: httpx.Client) -> None:
    path = f"{GENERATIONS}/{generate(client)[0]['generation_id']}"
    picture = client.get(f"{path}/preview", params={"theme": "dark"})
    assert picture.headers["content-type"] == "text/html; charset=utf-8"
    assert "sandbox; default-src 'none'; style-src 'unsafe-inline'" in picture.headers["content-security-policy"]
    assert picture.text.startswith("<!DOCTYPE html>")
    assert mesh.postprocess.calls[-1][1]["theme"] == "dark"
    edited = {**client.get(f"{path}/spec").json(), "title": "고친 제목"}
    client.put(f"{path}/spec", json=edited)
    assert "고친 제목" in client.get(f"{path}/preview").text
    assert "Task 관리" in client.get(f"{path}/preview", params={"version": 1}).text
    assert client.get(f"{path}/preview", params={"version": 9}).status_code == 404
    assert client.get(f"{path}/preview", params={"theme": "pink"}).status_code == 422


def test_what_has_no_spec_or_files_says_so(client: httpx.Client) -> None:
    path = f"{GENERATIONS}/{generate(client, '날씨 알려줘')[0]['generation_id']}"
    assert client.get(f"{path}/spec").json()["code"] == "spec_not_found"
    assert client.get(f"{path}/archive").json()["code"] == "artifact_not_found"
    assert client.get(f"{path}/artifacts/x.js").json()["code"] == "artifact_not_found"
    assert client.put(f"{path}/spec", json=SPEC).status_code == 409
    refused = client.post(GENERATIONS, json={"prompt": "바꿔", "base_generation_id": path.rpartition("/")[2]})
    assert refused.json()["errors"][0]["field"] == "base_generation_id"


def test_services_read_the_whole_record(client: httpx.Client) -> None:  # R1.17
    events = generate(client)
    generation_id = events[0]["generation_id"]
    page = client.get("/internal/generations", headers=service(), params={"user_id": "alice", "q": "Task"}).json()
    assert [item["id"] for item in page["items"]] == [generation_id]
    assert page["items"][0]["duration_ms"] > 0
    assert client.get("/internal/generations", headers=service(), params={"user_id": "bob"}).json()["items"] == []
    record = client.get(f"/internal/generations/{generation_id}", headers=service()).json()
    assert record["events"] == events
    assert record["retrieval"]["request"]["model_class"] == "medium"
    assert record["prompts"][0]["messages"][0]["role"] == "system"
    assert record["raw_answers"][0]["text"] == "```json\nSPEC\n```"
    assert record["artifacts"][0]["content"].startswith("\ufeff")
    assert [stage["stage"] for stage in record["stages"]][:2] == ["intent", "data_model"]
    assert client.get("/internal/generations/x", headers=service()).status_code == 404


def test_a_failed_generation_keeps_what_it_had(mesh: FakeMesh, client: httpx.Client) -> None:
    mesh.postprocess.fail = ServiceError("bug")
    problem = client.post(GENERATIONS, json={"prompt": "Task 화면"}).json()
    record = client.get(f"/internal/generations/{problem['generation_id']}", headers=service()).json()
    assert record["status"] == "failed"
    assert record["intent"]["kind"] == "generate"
    assert record["raw_answers"][0]["engine"] == "vllm"
    assert record["problem"]["code"] == "upstream_failed"


assert chat_tables
assert job_tables
assert patch_tables
OURS = {table.name for table in GENERATIONS_TABLE.metadata.tables.values()}


def tables(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'gateway'")
        return {row[0] for row in rows}


def test_the_schema_goes_up_and_down(
    postgres: LocalPostgres, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS other")
        connection.execute("CREATE DATABASE other")
    url = postgres.url.rpartition("/")[0] + "/other"
    monkeypatch.setenv("DATABASE_URL", url)
    migrate.main(["up"])
    assert {name for name in tables(url) if not name.startswith("procrastinate_")} == {*OURS, "alembic_version"}
    migrate.main(["up"])
    migrate.main(["down", "base"])
    assert tables(url) == {"alembic_version"}
    migrate.main(["up", "0001"])
    assert "events" in tables(url)


def test_the_migration_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_URL_FILE", raising=False)
    for arguments in (["down"], ["up"], ["sideways"]):
        with pytest.raises(SystemExit):
            migrate.main(arguments)


def test_the_migrations_make_the_tables_of_the_models(migrated: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from app.db.engine import driver_url
    from sqlalchemy import create_engine

    engine = create_engine(driver_url(migrated))
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_schemas": True, "version_table_schema": "gateway",
                  "include_name": lambda name, type_, _: type_ != "schema" or name == "gateway",
                  "include_object": lambda object_, *_: "procrastinate" not in str(getattr(object_, "table", object_))},
        )  # fmt: skip
        assert compare_metadata(context, GENERATIONS_TABLE.metadata) == []
    engine.dispose()


def test_the_committed_api_document_is_the_applications() -> None:  # R5.5
    import orjson

    assert orjson.loads(openapi.FILE.read_bytes()) == orjson.loads(orjson.dumps(openapi.document()))
