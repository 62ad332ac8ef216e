"""Start, readiness and outages: the service starts in any order and recovers by itself."""

import asyncio
import time
from datetime import datetime
from pathlib import Path

import httpx
import psycopg
import pytest
from app.core.context import Context
from app.core.peers import PeerWatch
from app.db.database import Database, NotMigrated
from app.db.housekeeping import remove_expired, run_housekeeping
from app.db.migrate import migrate
from app.main import create_app

from chassis.errors import UpstreamFailed
from chassis.local_postgres import LocalPostgres
from chassis.testing import TEST_METRICS_TOKEN, running, service_headers
from tests.conftest import Api, FakeClock, Postgres, create_database, make_settings
from tests.integration.test_sign_in import make_user, sign_in

HEADERS = service_headers("admin-service")


def until_status(client: httpx.Client, path: str, status: int) -> httpx.Response:
    deadline = time.monotonic() + 15
    while True:
        response = client.get(path, headers=HEADERS)
        if response.status_code == status:
            return response
        assert time.monotonic() < deadline, response.text
        time.sleep(0.05)


def test_it_starts_without_its_database_and_recovers_by_itself(tmp_path: Path) -> None:  # R5.8
    server = LocalPostgres(tmp_path / "own")
    app = create_app(make_settings(server.url))
    with running(app) as url, httpx.Client(base_url=url, timeout=10) as client:
        assert client.get("/livez").status_code == 200
        assert client.get("/readyz").status_code == 503
        away = client.get("/internal/settings", headers=HEADERS)
        assert away.status_code == 503
        assert away.headers["Retry-After"]
        try:
            server.start()
            unready = client.get("/readyz")
            assert unready.status_code == 503
            assert unready.json()["dependencies"]["postgres"]["required"] is True
            not_migrated = client.get("/internal/settings", headers=HEADERS)
            assert not_migrated.status_code == 503
            assert "migrated" in not_migrated.json()["detail"]
            migrate(server.url, "up")
            ready = until_status(client, "/readyz", 200).json()
            assert ready["dependencies"]["gateway"]["required"] is False
            until_status(client, "/internal/settings", 200)
            server.stop()
            until_status(client, "/internal/settings", 503)
            server.start()
            until_status(client, "/internal/settings", 200)
        finally:
            server.remove()


async def test_health_docs_and_metrics_answer(client: httpx.AsyncClient, service: Api) -> None:
    await service.post("/internal/auth/login", {"email": "a@b", "password": "x"})
    assert (await client.get("/readyz")).status_code == 200
    assert (await client.get("/docs")).status_code == 200
    assert (await client.get("/metrics")).status_code == 401
    scraped = await client.get("/metrics", headers={"Authorization": f"Bearer {TEST_METRICS_TOKEN}"})
    assert 'framewright_admin_logins_total{outcome="failed"} 1.0' in scraped.text


async def test_an_older_schema_is_not_ready(postgres: Postgres, context: Context) -> None:
    url = create_database(postgres, "older", template="migrated")
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE admin.alembic_version SET version_num = '0000'")
    database = Database(url)
    with pytest.raises(NotMigrated):
        await database.check()
    await database.aclose()


async def test_what_has_expired_is_removed(service: Api, admin: Api, context: Context, clock: FakeClock) -> None:
    await make_user(admin)
    tokens = await sign_in(service)
    await service.post("/internal/auth/logout", {"refresh_token": tokens["refresh_token"]})
    await service.post("/internal/auth/login", {"email": "dev@example.com", "password": "wrong"})
    assert await remove_expired(context.database, clock()) == 0
    clock.pass_s(16 * 86400)
    assert await remove_expired(context.database, clock()) == 3
    assert (await service.get("/internal/revocations")).json()["tokens"] == []


async def test_housekeeping_goes_on_after_a_failure(context: Context, clock: FakeClock) -> None:
    times = [RuntimeError("once")]
    went_on = asyncio.Event()

    def failing_clock() -> datetime:
        if times:
            raise times.pop()
        went_on.set()
        return clock()

    task = asyncio.create_task(
        run_housekeeping(context.database, context.box, failing_clock, first_after_s=0.01, every_s=0.01)
    )
    await asyncio.wait_for(went_on.wait(), 5)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_the_gateway_s_state_is_information() -> None:
    down = True

    async def ask() -> str:
        if down:
            raise UpstreamFailed("gateway could not be reached.")
        return "answers"

    watch = PeerWatch(ask)
    assert await watch.check() == "not asked yet"
    await watch.ask_once()
    with pytest.raises(UpstreamFailed):
        await watch.check()
    down = False
    await watch.ask_once()
    assert await watch.check() == "answers"
