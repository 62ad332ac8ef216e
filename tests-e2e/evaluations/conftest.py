"""Engines that replay recorded answers, known to the mesh by the names of their kinds."""

from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest

from support.api import Api
from support.mesh import until
from support.replaying_engine import Kind, ReplayingEngine, replaying_engine

KINDS: tuple[Kind, ...] = ("good", "mediocre", "bad", "obedient")


@pytest.fixture(scope="session")
def client(mesh) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {mesh.key}"}
    with httpx.Client(base_url=mesh.url, headers=headers, timeout=60, trust_env=False) as client:
        yield client


@pytest.fixture(scope="session")
def replays(client: httpx.Client) -> Iterator[dict[Kind, ReplayingEngine]]:
    with ExitStack() as stack:
        engines = {kind: stack.enter_context(replaying_engine(kind)) for kind in KINDS}
        for kind, engine in engines.items():
            body = {"id": kind, "kind": "openai", "base_url": engine.url, "model": f"replay-{kind}"}
            created = client.post("/api/admin/engines", json={**body, "context_window": 32768, "api": "chat"})
            assert created.status_code == 201, created.text
        until(lambda: all(Api(client).knows_engine(kind) for kind in KINDS), limit_s=30)
        yield engines
