"""The log of generations: filters, search in Korean, masked texts, export, measures, and the account of usage."""

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import orjson
import psycopg
import pytest
from app.core.clients.admin import LogSettings
from app.core.grams import searchable
from app.db import migrate
from app.db.engine import create_engine
from app.jobs.keeping import chosen_by_admins
from app.jobs.retention import Keep, Retention
from app.storage.identifiers import first_id_at, new_id

from chassis.errors import UpstreamFailed
from chassis.local_postgres import LocalPostgres
from chassis.testing import other_servers, service_headers

from .reading import generate

LOG = "/internal/generations"
NOW = datetime.now(UTC)


def asked(client: httpx.Client, path: str = LOG, **query: Any) -> httpx.Response:
    return client.get(path, params=query, headers=service_headers("gateway", caller="admin-service"))


def found(client: httpx.Client, **query: Any) -> list[str]:
    return [item["prompt"] for item in asked(client, **query).json()["items"]]


def add(url: str, prompt: str, *, days_ago: float = 0, **columns: Any) -> str:
    """A generation that has ended."""
    at = NOW - timedelta(days=days_ago)
    identifier = first_id_at(at)[:18] + new_id()[18:]
    values = {
        "id": identifier, "created_at": at, "ended_at": at, "user_id": "alice", "channel": "rest", "prompt": prompt,
        "request": "{}", "mode": "spec", "status": "completed", "holder": "-", "lease_until": at, "engine": "vllm",
        "engine_model": "qwen", "duration_ms": 1000.0, "timings": orjson.dumps({"engine": 800}).decode(),
        "usage": orjson.dumps({"prompt_tokens": 100, "completion_tokens": 20}).decode(),
        **searchable(prompt), **columns,
    }  # fmt: skip
    names = ", ".join(values)
    with psycopg.connect(url, autocommit=True) as connection:
        marks = ", ".join(["%s"] * len(values))
        connection.execute(f"INSERT INTO gateway.generations ({names}) VALUES ({marks})", list(values.values()))  # noqa: S608
    return identifier


def test_the_log_is_filtered_by_what_an_operator_asks(client: httpx.Client, database_url: str) -> None:  # R1.17
    add(database_url, "오래된 화면", days_ago=40)
    add(database_url, "실패한 화면", status="failed", user_id="bob")
    add(database_url, "대체된 화면", degraded=True, engine="builtin", kind="generate", framework="react")
    assert found(client, status="failed") == ["실패한 화면"]
    assert found(client, user_id="bob") == ["실패한 화면"]
    assert found(client, degraded=True) == ["대체된 화면"]
    assert found(client, engine="builtin") == ["대체된 화면"]
    assert found(client, framework="react", kind="generate") == ["대체된 화면"]
    assert found(client, until=(NOW - timedelta(days=30)).isoformat()) == ["오래된 화면"]
    assert len(found(client, since=(NOW - timedelta(days=30)).isoformat())) == 2


def test_korean_is_found_inside_words_whatever_its_form(client: httpx.Client, database_url: str) -> None:  # R1.17
    add(database_url, "설비점검결과를 조회하는 Equipment 화면")
    add(database_url, "점검 설비")
    assert found(client, q="점검결과") == ["설비점검결과를 조회하는 Equipment 화면"]
    assert len(found(client, q="설비 점검")) == 2
    assert found(client, q="ＥＱＵＩＰｍent 결과") == ["설비점검결과를 조회하는 Equipment 화면"]
    assert found(client, q="비설") == []
    assert len(found(client, q="점")) == 2
    assert found(client, q="%") == []


def test_a_generation_is_found_by_its_files_and_its_problem(client: httpx.Client) -> None:  # R1.17
    generate(client)
    assert found(client, q="tasklist.xml") == ["Task 관리 화면 만들어줘"]
    assert found(client, q="tasklist.zip") == []


SECRETS = "담당 010-1234-5678로, kim@example.com, 901010-1234567, password=hunter2!, 4111-1111-1111-1111"


def test_what_is_to_be_masked_is_masked_wherever_it_stands(client: httpx.Client, database_url: str) -> None:
    raw = orjson.dumps([{"text": f"x {SECRETS}", "attempt": 1}]).decode()
    identifier = add(database_url, SECRETS, raw_answers=raw)
    kinds = ["email", "phone", "resident_number", "card", "secret"]
    masked = "담당 [phone]로, [email], [resident_number], password=[secret], [card]"
    assert found(client, redact=kinds) == [masked]
    record = asked(client, f"{LOG}/{identifier}", redact=kinds).json()
    assert (record["id"], record["prompt"]) == (identifier, masked)
    assert record["raw_answers"] == [{"text": f"x {masked}", "attempt": 1}]
    assert found(client, redact=["email"]) == [SECRETS.replace("kim@example.com", "[email]")]
    assert found(client) == [SECRETS]
    assert asked(client, redact=["name"]).status_code == 422
    assert b"hunter2" not in asked(client, f"{LOG}/export", redact=kinds).content


def test_the_log_is_exported_whole_and_as_a_table(client: httpx.Client, database_url: str) -> None:  # R1.17
    generate(client)
    add(database_url, '=cmd|"/c calc"!A1', status="failed", problem='{"code": "upstream_failed"}')
    lines = [orjson.loads(line) for line in asked(client, f"{LOG}/export").content.splitlines()]
    assert {line["status"] for line in lines} == {"completed", "failed"}
    whole = next(line for line in lines if line["status"] == "completed")
    assert whole["prompts"][0]["messages"][0]["role"] == "system"
    assert whole["artifacts"][0]["content"]
    assert not {"holder", "grams", "webhook", "search_text"} & whole.keys()
    answer = asked(client, f"{LOG}/export", format="csv", status="failed")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["prompt"], row["problem"]) for row in rows] == [('\'=cmd|"/c calc"!A1', "upstream_failed")]


def test_an_export_goes_on_over_many_pages(client: httpx.Client, database_url: str) -> None:
    identifiers = [add(database_url, f"화면 {number}", days_ago=number / 100) for number in range(250)]
    exported = [orjson.loads(line)["id"] for line in asked(client, f"{LOG}/export").content.splitlines()]
    assert exported == sorted(identifiers, reverse=True)


def test_measures_are_counted_by_time_and_engine(client: httpx.Client, database_url: str) -> None:  # R5.8
    for status, degraded, spent in (("completed", False, 1000.0), ("completed", True, 3000.0), ("failed", False, 9.0)):
        add(database_url, "화면", days_ago=0.25, status=status, degraded=degraded, duration_ms=spent)
    span = {"since": (NOW - timedelta(days=1)).isoformat(), "until": NOW.isoformat()}
    measured = asked(client, "/internal/measures", **span, step_s=3600).json()
    assert len(measured["series"]) == 24
    filled = [bucket for bucket in measured["series"] if bucket["generations"]]
    assert len(filled) == 1
    assert {name: filled[0][name] for name in ("completed", "failed", "degraded", "p50_ms", "prompt_tokens")} == {
        "completed": 2, "failed": 1, "degraded": 1, "p50_ms": 2000.0, "prompt_tokens": 300,
    }  # fmt: skip
    assert measured["total"]["generations"] == 3
    assert [(engine["engine"], engine["generations"]) for engine in measured["engines"]] == [("vllm", 3)]
    assert measured["open"] == {"running": 0, "waiting": 0, "queued": 0}
    for wrong in ({**span, "step_s": 10}, {"since": span["until"], "until": span["since"]}):
        assert asked(client, "/internal/measures", **wrong).json()["code"] == "invalid_range"


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        (LOG, {"since": "9999-12-31T23:59:59-14:00"}, "since"),
        (LOG, {"until": "0001-01-01T00:00:00+14:00"}, "until"),
        ("/internal/measures", {"since": "0001-01-01T00:00:00Z", "until": "9999-12-31T23:59:59Z"}, "since"),
        ("/internal/usage", {"first": "9999-12-01", "last": "9999-12-31"}, "first"),
    ],
)
def test_a_moment_beyond_what_can_be_counted_is_refused(
    client: httpx.Client, path: str, query: dict[str, str], field: str
) -> None:
    answer = asked(client, path, **query)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


def usage(client: httpx.Client) -> list[dict[str, Any]]:
    span = {"first": str((NOW - timedelta(days=60)).date()), "last": str(NOW.date())}
    lines: list[dict[str, Any]] = asked(client, "/internal/usage", **span).json()["lines"]
    return lines


async def test_the_account_stays_right_when_the_log_is_deleted(client: httpx.Client, database_url: str) -> None:
    # R3.1 R5.8
    for number in range(3):
        add(database_url, "화면", days_ago=40, user_id="alice" if number else "bob")
    add(database_url, "화면", days_ago=1, engine="builtin", engine_model=None)
    before = usage(client)
    assert [(line["user_id"], line["engine"], line["generations"], line["engine_ms"]) for line in before] == [
        ("alice", "vllm", 2, 1600.0), ("bob", "vllm", 1, 800.0), ("alice", "builtin", 1, 800.0),
    ]  # fmt: skip
    assert (before[0]["prompt_tokens"], before[0]["completion_tokens"], before[2]["model"]) == (200, 40, "")
    engine = create_engine(database_url, pool_size=2)
    deleted = await Retention(engine, Keep(generations=30, deltas=0, audit=0)).run()
    assert deleted["generations"] == 3
    assert usage(client) == before
    add(database_url, "늦게 끝난 화면", days_ago=40)
    await Retention(engine, Keep(generations=30, deltas=0, audit=0)).run()
    assert usage(client)[0]["generations"] == 3
    await engine.dispose()
    assert asked(client, "/internal/usage", first="2026-02-01", last="2026-01-01").json()["code"] == "invalid_range"


async def test_details_are_deleted_before_the_rest(client: httpx.Client, database_url: str) -> None:  # R1.17
    old = add(database_url, "화면", days_ago=10, raw_answers='[{"text": "x"}]', retrieval="{}")
    engine = create_engine(database_url, pool_size=2)
    keep = Keep(generations=0, deltas=0, audit=0, details=7)
    assert [(await Retention(engine, keep).run())["details"] for _ in range(2)] == [1, 0]
    await engine.dispose()
    record = asked(client, f"{LOG}/{old}").json()
    assert (record["raw_answers"], record["retrieval"], record["prompt"]) == (None, None, "화면")


class FakeChoice:
    def __init__(self, answer: LogSettings | Exception) -> None:
        self._answer = answer

    async def log_settings(self) -> LogSettings:
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        (LogSettings(), (30, 5)),
        (LogSettings(keep_days=90, keep_details_days=0), (90, 0)),
        (UpstreamFailed("away"), (0, 0)),
    ],
)
async def test_what_admins_chose_goes_before_the_environment(
    answer: LogSettings | Exception, kept: tuple[int, int]
) -> None:
    chosen = await chosen_by_admins(FakeChoice(answer))(Keep(generations=30, deltas=1, audit=1, details=5))
    assert (chosen.generations, chosen.details, chosen.deltas) == (*kept, 1)


def test_rows_of_before_are_found_too(postgres: LocalPostgres) -> None:
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS earlier")
        connection.execute("CREATE DATABASE earlier")
    url = postgres.url.rpartition("/")[0] + "/earlier"
    searched_after(url)


@pytest.mark.parametrize("binaries", other_servers(), ids=str)
def test_the_schema_goes_up_and_down_on_another_postgresql(
    binaries: Path | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if binaries is None:
        pytest.skip("no other PostgreSQL is installed: apt-get install postgresql-15")
    server = LocalPostgres(tmp_path_factory.mktemp("another"), durable=False, binaries=binaries)
    server.start()
    try:
        searched_after(server.url)
        migrate.downgrade(server.url, "base")
    finally:
        server.stop()


def searched_after(url: str) -> None:
    """A row of before the search is searchable after the migration, and the way back is open."""
    migrate.upgrade(url, "0004")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO gateway.generations (id, created_at, user_id, channel, prompt, request, mode, status, holder, "
            "lease_until) VALUES ('a', now(), 'u', 'rest', %s, '{}', 'spec', 'completed', '-', now())",
            ["설비  점검 화면 ＡBC"],
        )
        migrate.upgrade(url)
        row = connection.execute("SELECT search_text, grams FROM gateway.generations").fetchone()
    assert row is not None
    expected = searchable("설비  점검 화면 ＡBC")
    assert (row[0], sorted(row[1])) == (expected["search_text"], sorted(expected["grams"]))
