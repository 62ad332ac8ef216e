"""A real PostgreSQL for the run, one migrated database for each test, and callers with every role."""

import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
import psycopg
import pytest
from app.core.context import Context, build_context
from app.core.settings import Settings
from app.db.migrate import migrate
from app.main import create_app
from argon2 import PasswordHasher
from fastapi import FastAPI

from chassis.local_postgres import LocalPostgres
from chassis.testing import TEST_METRICS_TOKEN, TEST_SECRET, service_headers

ENCRYPTION_KEY = "test-encryption-key-of-32-characters"


@dataclass(frozen=True)
class GivenPostgres:
    """A server that somebody else runs: to try other versions of PostgreSQL."""

    url: str


Postgres = LocalPostgres | GivenPostgres


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """`TEST_DATABASE_URL` names an empty server's superuser; else one of our own is started."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield GivenPostgres(given)
        return
    server = LocalPostgres(tmp_path_factory.mktemp("postgres"), durable=False)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def template_database(postgres: Postgres) -> str:
    """Migrated once; each test gets a copy."""
    return create_database(postgres, "migrated", migrated=True)


def create_database(postgres: Postgres, name: str, *, migrated: bool = False, template: str = "template1") -> str:
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
    url = postgres.url.rsplit("/", 1)[0] + f"/{name}"
    if migrated:
        migrate(url, "up")
    return url


@pytest.fixture
def database_url(postgres: Postgres, template_database: str, request: pytest.FixtureRequest) -> str:
    return create_database(postgres, f"test_{abs(hash(request.node.nodeid)):x}", template="migrated")


@dataclass
class FakeClock:
    """The time of day, moved by hand."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.now

    def pass_s(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def make_settings(database_url: str, **changes: object) -> Settings:
    values: dict[str, object] = {
        "mode": "local",
        "service_secret": TEST_SECRET,
        "metrics_token": TEST_METRICS_TOKEN,
        "database_url": database_url,
        "encryption_key": ENCRYPTION_KEY,
        "log_format": "console",
    }
    return Settings.model_validate(values | changes)


@pytest.fixture
def settings(database_url: str) -> Settings:
    return make_settings(database_url)


@pytest.fixture
async def context(settings: Settings, clock: FakeClock) -> AsyncIterator[Context]:
    """With a cheap password hash: the real one takes a twentieth of a second each."""
    context = build_context(settings, clock=clock)
    context.passwords._given = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    yield context
    await context.aclose()


@pytest.fixture
def app(settings: Settings, context: Context) -> FastAPI:
    return create_app(settings, context=context)


class Api:
    """Calls the service as one user (or as a service, without one)."""

    def __init__(
        self, client: httpx.AsyncClient, *, caller: str = "gateway", user_id: str = "", role: str = ""
    ) -> None:
        self._client = client
        self.user_id = user_id
        self.headers = service_headers("admin-service", caller=caller, user_id=user_id, role=role)

    async def __call__(self, method: str, path: str, body: object = None, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self._client.request(method, path, json=body, headers=self.headers | named)

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self("GET", path, **headers)

    async def post(self, path: str, body: object = None, **headers: str) -> httpx.Response:
        return await self("POST", path, body if body is not None else {}, **headers)

    async def patch(self, path: str, body: object, **headers: str) -> httpx.Response:
        return await self("PATCH", path, body, **headers)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://admin") as client:
        yield client


@pytest.fixture
def service(client: httpx.AsyncClient) -> Api:
    """The gateway, on nobody's behalf."""
    return Api(client)


@pytest.fixture
async def admin(client: httpx.AsyncClient, service: Api) -> Api:
    """The first admin, made by bootstrap."""
    made = await service.post("/internal/bootstrap", {"email": "admin@example.com", "password": "first-Password-1"})
    assert made.status_code == 201, made.text
    verified = await service.post("/internal/keys/verify", {"key": made.json()["api_key"]})
    return Api(client, user_id=verified.json()["user_id"], role="admin")


@pytest.fixture
def operator(client: httpx.AsyncClient) -> Api:
    return Api(client, user_id="operator-1", role="operator")


@pytest.fixture
def developer(client: httpx.AsyncClient) -> Api:
    return Api(client, user_id="developer-1", role="developer")
