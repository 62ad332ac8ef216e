"""Group commits, retention, live processes and migrations, with the real database."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import psycopg
import pytest
from app.db import migrate
from app.db.engine import create_engine
from app.jobs.connector import SharedListenConnector
from app.jobs.retention import Keep, Retention
from app.jobs.rounds import RetentionRounds
from app.jobs.workers import Workers
from app.storage.events import EventStore
from app.storage.identifiers import new_id
from app.storage.jobs import Job, JobQueue
from app.storage.leases import LeaseStore
from app.storage.orphans import Orphan, OrphanStore
from app.storage.processes import ProcessStore
from app.storage.records import AlreadyThere, Event, LeaseLost, StoreUnavailable, now, store_errors
from procrastinate import App
from sqlalchemy import text as sql
from sqlalchemy.ext.asyncio import AsyncEngine

from chassis.local_postgres import LocalPostgres
from chassis.metrics import ServiceMetrics
from chassis.tracing import TraceContext, set_trace


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    made = create_engine(database_url, pool_size=5)
    yield made
    await made.dispose()


@pytest.fixture
async def store(engine: AsyncEngine) -> AsyncIterator[EventStore]:
    made = EventStore(engine)
    yield made
    await made.aclose()


def leases_of(engine: AsyncEngine, holder: str = "me") -> LeaseStore:
    return LeaseStore(engine, holder=holder, lease_s=5, jobs=JobQueue(engine))


async def generation(engine: AsyncEngine) -> str:
    """A running one of ours, with its first event."""
    generation_id = new_id()
    columns = {
        "id": generation_id, "created_at": now(), "user_id": "alice", "channel": "rest", "prompt": "x",
        "request": {}, "mode": "spec", "status": "running",
    }  # fmt: skip
    await leases_of(engine).create(columns, event(1, "created"))
    return generation_id


def event(seq: int, type_: str = "delta", **data: Any) -> Event:
    return Event(seq, type_, now(), data or {"text": "x"})


async def test_appends_at_the_same_time_share_commits_and_fail_alone(
    engine: AsyncEngine, store: EventStore
) -> None:  # R1.9
    ids = [await generation(engine) for _ in range(20)]
    results = await asyncio.gather(
        *(store.append(generation_id, 1, [event(2), event(3)]) for generation_id in ids),
        store.append(ids[0], 7, [event(4)]),
        store.append("nobody's", 1, [event(1)]),
        return_exceptions=True,
    )
    assert results[:20] == [None] * 20
    assert [type(result) for result in results[20:]] == [LeaseLost, LeaseLost]
    for generation_id in ids:
        assert [found.seq for found in await store.read(generation_id, after=0)] == [1, 2, 3]


async def test_what_can_not_be_written_spoils_no_other(engine: AsyncEngine, store: EventStore) -> None:
    first, second = await generation(engine), await generation(engine)
    results = await asyncio.gather(
        store.append(first, 1, [event(2, "x" * 100)]), store.append(second, 1, [event(2)]), return_exceptions=True
    )
    assert isinstance(results[0], psycopg.DataError)
    assert results[1] is None


async def test_a_connection_that_was_lost_is_opened_again(
    store: EventStore, engine: AsyncEngine, database_url: str
) -> None:
    generation_id = await generation(engine)
    await store.append(generation_id, 1, [event(2)])
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'framewright-gateway-log'"
        )
    with pytest.raises(StoreUnavailable):
        await store.append(generation_id, 1, [event(3)])
    await store.append(generation_id, 1, [event(3)])
    assert [found.seq for found in await store.read(generation_id, after=0)] == [1, 2, 3]


async def test_any_text_survives_the_log(store: EventStore, engine: AsyncEngine) -> None:
    generation_id = await generation(engine)
    text = 'quotes "\'" \\ braces {} commas, 한글 😀 \r\n\t'
    await store.append(generation_id, 1, [event(2, text=text), event(3, text="")])
    assert [found.data for found in await store.read(generation_id, after=1)] == [{"text": text}, {"text": ""}]


async def test_a_pooled_connection_that_died_idle_is_replaced_before_its_use(
    engine: AsyncEngine, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.db.engine.TRUSTED_S", 0.0)
    generation_id = await generation(engine)
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'framewright-gateway'"
        )
    assert await leases_of(engine).holds(generation_id)


async def test_the_first_and_the_last_commit_say_when_postgresql_is_away(
    engine: AsyncEngine, store: EventStore, database_url: str
) -> None:
    leases = leases_of(engine)
    generation_id = await generation(engine)
    for _ in range(2):
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'framewright-gateway'"
            )
        with pytest.raises(StoreUnavailable):
            await leases.finish(generation_id, 1, [event(2, "completed")], {"status": "completed"})
        assert await store.read(generation_id, after=1) == []
    await leases.finish(generation_id, 1, [event(2, "completed")], {"status": "completed"})
    assert [found.type for found in await store.read(generation_id, after=1)] == ["completed"]
    with pytest.raises(LeaseLost):
        await leases.finish(generation_id, 1, [event(3, "failed")], {"status": "failed"})


async def test_a_generation_is_ended_by_its_owner_alone_and_made_once(engine: AsyncEngine, store: EventStore) -> None:
    leases = leases_of(engine)
    generation_id = await generation(engine)
    with pytest.raises(LeaseLost):
        await leases.finish(generation_id, 2, [event(2, "completed")], {"status": "completed"})
    columns = {
        "id": generation_id, "created_at": now(), "user_id": "alice", "channel": "rest", "prompt": "x",
        "request": {}, "mode": "spec", "status": "running",
    }  # fmt: skip
    with pytest.raises(AlreadyThere):
        await leases.create(columns, event(1, "created"))
    with pytest.raises(ValueError, match="no column 'id = id'"):
        await leases.create({"id = id": 1, **columns}, event(1, "created"))
    assert [found.seq for found in await store.read(generation_id, after=0)] == [1]


async def test_a_repeated_append_changes_nothing(engine: AsyncEngine, store: EventStore) -> None:
    generation_id = await generation(engine)
    for text in ("a", "b"):
        await store.append(generation_id, 1, [event(2, text=text)])
    assert [found.data for found in await store.read(generation_id, after=1)] == [{"text": "a"}]


async def test_a_process_knows_whether_others_live(engine: AsyncEngine) -> None:
    first, second, worker = (
        ProcessStore(engine, holder=name, kind=kind, lease_s=5)
        for name, kind in (("a", "gateway"), ("b", "gateway"), ("c", "gateway-worker"))
    )
    for process in (first, first, worker):
        await process.seen()
    assert not await first.others()
    await second.seen()
    assert await first.others()
    await second.left()
    assert not await first.others()


async def test_owners_that_were_lost_are_counted_and_those_that_handed_over_are_not(engine: AsyncEngine) -> None:
    generation_id = await generation(engine)
    orphans = OrphanStore(engine, leases_of(engine, "another"))
    overdue = sql("UPDATE gateway.generations SET lease_until = now() - interval '1 second' WHERE id = :id")
    seen: list[int] = []

    def fate_of(orphan: Orphan) -> None:
        seen.append(orphan.lost_owners)

    await leases_of(engine).hand_over(generation_id, 1, [], {})
    for _ in range(3):
        await orphans.settle(fate_of)
        async with engine.begin() as connection:
            await connection.execute(overdue, {"id": generation_id})
    assert seen == [0, 1, 2]


async def test_only_what_is_old_enough_is_deleted(engine: AsyncEngine, store: EventStore, database_url: str) -> None:
    leases = leases_of(engine)
    old, fresh, running = [await generation(engine) for _ in range(3)]
    for generation_id in (old, fresh):
        await store.append(generation_id, 1, [event(2)])
        await leases.finish(generation_id, 1, [event(3, "completed")], {"status": "completed"})
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("UPDATE gateway.generations SET ended_at = now() - interval '40 days' WHERE id = %s", [old])
        connection.execute("TRUNCATE gateway.plans")
        for days in (20, 40):
            connection.execute(
                "INSERT INTO gateway.plans (id, created_at, user_id, intent, language, plan, files)"
                " VALUES (%s, now() - make_interval(days => %s), 'u', 'i', 'ko', '{}', '[]')",
                [f"plan-{days}", days],
            )
    nothing = Keep(generations=0, deltas=0, audit=0, plans=0)
    assert {name: (await Retention(engine, nothing).run())[name] for name in ("deltas", "plans")} == {
        "deltas": 0,
        "plans": 0,
    }
    deleted = await Retention(engine, Keep(generations=0, deltas=30, audit=1, plans=0)).run()
    assert (deleted["deltas"], deleted["generations"]) == (1, 0)
    assert [found.seq for found in await store.read(old, after=0)] == [1, 3]
    assert [found.seq for found in await store.read(fresh, after=0)] == [1, 2, 3]
    deleted = await Retention(engine, Keep(generations=30, deltas=30, audit=1)).run()
    assert deleted["generations"] == 1
    assert deleted["plans"] == 1
    assert await store.read(old, after=0) == []
    assert await store.read(running, after=0) != []


async def test_one_process_at_a_time_deletes(engine: AsyncEngine, database_url: str) -> None:
    forgotten: list[bool] = []
    twice = asyncio.Event()

    async def forget() -> None:
        forgotten.append(True)
        if len(forgotten) > 1:
            twice.set()

    rounds = RetentionRounds(
        Retention(engine, Keep(generations=1, deltas=1, audit=1)), engine, forget_jobs=forget, pause_s=0.01
    )
    with psycopg.connect(database_url) as connection:  # a transaction's lock: a session's may outlive its client
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [0x72657465])
        assert not await rounds.round()
    assert await rounds.round()
    rounds.start()
    await asyncio.wait_for(twice.wait(), 20)
    await rounds.stop()
    assert len(forgotten) > 1


async def test_a_round_that_is_broken_off_leaves_the_next_one_free(engine: AsyncEngine) -> None:
    begun = asyncio.Event()

    async def forget() -> None:
        begun.set()
        await asyncio.sleep(0 if broken_off.done() else 60)

    retention = Retention(engine, Keep(generations=1, deltas=1, audit=1))
    rounds = RetentionRounds(retention, engine, forget_jobs=forget)
    broken_off = asyncio.create_task(rounds.round())
    await asyncio.wait_for(begun.wait(), 20)
    assert not await rounds.round()
    broken_off.cancel()
    await asyncio.gather(broken_off, return_exceptions=True)
    assert await rounds.round()


def test_the_schema_goes_up_and_down_and_up_again(postgres: LocalPostgres) -> None:
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS migrations")
        connection.execute("CREATE DATABASE migrations")
    url = postgres.url.rsplit("/", 1)[0] + "/migrations"
    for _ in range(2):
        migrate.upgrade(url)
        migrate.downgrade(url, "0001")
        with psycopg.connect(url) as connection:
            left = connection.execute(
                "SELECT relname FROM pg_class WHERE relnamespace = 'gateway'::regnamespace AND relname LIKE 'procr%'"
            ).fetchall()
        assert left == []
    migrate.downgrade(url, "base")


async def test_waiting_jobs_are_shared_among_the_workers_that_live(
    engine: AsyncEngine, database_url: str
) -> None:  # R2.2
    """R2.2: an autoscaler takes the average over the workers (deploy/kubernetes)."""
    workers = Workers(
        App(connector=SharedListenConnector(database_url)), engine,
        concurrency={"indexing": 1, "batches": 1}, grace_s=1, metrics=ServiceMetrics("gateway-worker"),
    )  # fmt: skip
    with psycopg.connect(database_url, autocommit=True, options="-c search_path=gateway") as connection:
        connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, status, scheduled_at)"
            " SELECT 'indexing', 'x', 0, '{}', 'todo', now() + (n - 3) * interval '1 hour' FROM generate_series(1, 5) n"
        )
    assert await workers.waiting() == {"indexing": 3.0, "batches": 0.0}, "no worker is known yet"
    for name, kind in (("a", "gateway-worker"), ("b", "gateway-worker"), ("c", "gateway")):
        await ProcessStore(engine, holder=name, kind=kind, lease_s=5).seen()
    assert await workers.waiting() == {"indexing": 1.5, "batches": 0.0}


async def test_a_database_that_takes_no_writes_is_unavailable_and_no_fault_of_ours(engine: AsyncEngine):  # R5.8
    async def write() -> None:
        async with store_errors(), engine.begin() as connection:
            await connection.execute(sql("SET TRANSACTION READ ONLY"))
            await connection.execute(sql("DELETE FROM gateway.generations WHERE false"))

    with pytest.raises(StoreUnavailable, match="takes no writes"):
        await write()


async def test_a_job_carries_the_trace_of_the_request_that_ordered_it(engine: AsyncEngine):  # R5.8
    trace = TraceContext.parse_or_start(None)
    set_trace(trace)
    await JobQueue(engine).put(Job("run_generation", "traced", {"generation_id": "none", "attempt": 1}))
    async with engine.connect() as connection:
        kept = await connection.scalar(sql("SELECT args FROM gateway.procrastinate_jobs WHERE queue_name = 'traced'"))
    assert kept["traceparent"] == trace.header()
