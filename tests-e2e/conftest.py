"""One mesh for the whole session, and clients of it."""

from collections.abc import Iterator

import httpx
import pytest

from support.api import Api
from support.engine import PacedEngine, paced_engine
from support.mesh import Mesh, free_port_base, until

ENGINE_ID = "paced"


@pytest.fixture(scope="session")
def mesh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mesh]:
    started = Mesh(tmp_path_factory.mktemp("mesh") / "a state", free_port_base())
    started.start()
    yield started
    started.command("purge")


@pytest.fixture
def http(mesh: Mesh) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {mesh.key}"}
    with httpx.Client(base_url=mesh.url, headers=headers, timeout=60, trust_env=False) as client:
        yield client


@pytest.fixture
def api(http: httpx.Client) -> Api:
    return Api(http)


@pytest.fixture
def paced(http: httpx.Client, api: Api) -> Iterator[PacedEngine]:
    """An engine at the test's pace, known to the mesh by the name of its id; `builtin` stays the default."""
    with paced_engine() as engine:
        body = {"id": ENGINE_ID, "kind": "openai", "base_url": f"{engine.url}/v1", "model": "paced-7b"}
        created = http.post("/api/admin/engines", json=body)
        assert created.status_code == 201, created.text
        until(lambda: api.knows_engine(ENGINE_ID), limit_s=20)
        engine.forget()
        yield engine
        assert http.delete(f"/api/admin/engines/{ENGINE_ID}").status_code == 204
        until(lambda: not api.knows_engine(ENGINE_ID), limit_s=20)
