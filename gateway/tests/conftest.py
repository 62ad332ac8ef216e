"""Fixtures: a PostgreSQL of our own, the fake services on sockets, gateways in front of them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import httpx
import psycopg
import pytest
from app.core.settings import Settings
from app.db import migrate
from app.main import create_app
from app.worker import create_app as create_worker
from pydantic import SecretStr

from chassis.local_postgres import LocalPostgres
from chassis.testing import TEST_METRICS_TOKEN, TEST_SECRET, running

from .fakes.admin import KEY, FakeAdmin
from .fakes.llm import FakeLlm
from .fakes.services import FakeIntent, FakePostprocess, FakeRag


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalPostgres]:
    server = LocalPostgres(tmp_path_factory.mktemp("postgres"), durable=False)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def migrated(postgres: LocalPostgres) -> str:
    migrate.upgrade(postgres.url)
    return postgres.url


_TABLES = ", ".join(
    f"gateway.{name}"
    for name in (
        "generations", "sessions", "batches", "procrastinate_jobs", "webhook_deliveries", "idempotency_keys",
        "audit_entries", "processes", "plans", "patches",
    )
)  # fmt: skip


@pytest.fixture
def database_url(migrated: str) -> str:
    with psycopg.connect(migrated, autocommit=True) as connection:
        connection.execute(f"TRUNCATE {_TABLES} CASCADE")
    return migrated


@dataclass
class FakeMesh:
    """The services behind the gateway, each a fake on a socket."""

    intent: FakeIntent = field(default_factory=FakeIntent)
    rag: FakeRag = field(default_factory=FakeRag)
    llm: FakeLlm = field(default_factory=FakeLlm)
    postprocess: FakePostprocess = field(default_factory=FakePostprocess)
    admin: FakeAdmin = field(default_factory=FakeAdmin)
    urls: dict[str, str] = field(default_factory=dict)

    def start(self, stack: ExitStack) -> None:
        names = {"intent": "intent_url", "rag": "rag_url", "llm": "llm_proxy_url", "postprocess": "postprocess_url"}
        for name, setting in {**names, "admin": "admin_url"}.items():
            self.urls[setting] = stack.enter_context(running(getattr(self, name).app))

    def reset(self) -> None:
        for service in (self.intent, self.rag, self.llm, self.postprocess, self.admin):
            service.reset()


@pytest.fixture(scope="session")
def running_mesh() -> Iterator[FakeMesh]:
    with ExitStack() as stack:
        mesh = FakeMesh()
        mesh.start(stack)
        yield mesh


@pytest.fixture
def mesh(running_mesh: FakeMesh) -> FakeMesh:
    running_mesh.reset()
    return running_mesh


SettingsFactory = Callable[..., Settings]
GatewayFactory = Callable[..., str]


@pytest.fixture
def settings_with(mesh: FakeMesh, database_url: str) -> SettingsFactory:
    """Settings of a gateway in front of the fakes, with changes."""

    def make(**changes: Any) -> Settings:
        values = {
            "service_secret": SecretStr(TEST_SECRET),
            "metrics_token": SecretStr(TEST_METRICS_TOKEN),
            "database_url": SecretStr(database_url),
            "upstream_patience_s": 0.2,
            **mesh.urls,
            **changes,
        }
        return Settings(**values)

    return make


@pytest.fixture
def start_gateway(settings_with: SettingsFactory) -> Iterator[GatewayFactory]:
    """Starts a gateway with changed settings and gives its URL; several share the database."""
    with ExitStack() as stack:

        def start(**changes: Any) -> str:
            return stack.enter_context(running(create_app(settings_with(**changes))))

        yield start


@pytest.fixture
def start_worker(settings_with: SettingsFactory) -> Iterator[GatewayFactory]:
    """Starts a gateway-worker with changed settings and gives its URL."""
    with ExitStack() as stack:

        def start(**changes: Any) -> str:
            return stack.enter_context(running(create_worker(settings_with(**changes))))

        yield start


@pytest.fixture
def worker(start_worker: GatewayFactory) -> str:
    return start_worker(drain_s=2)


@pytest.fixture
def gateway(start_gateway: GatewayFactory) -> str:
    return start_gateway()


@pytest.fixture
def client(gateway: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=gateway, headers={"Authorization": f"Bearer {KEY}"}, timeout=20) as client:
        yield client
