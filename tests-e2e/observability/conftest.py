"""A mesh that can be hurt, with Prometheus and Alertmanager beside it."""

from collections.abc import Iterator

import httpx
import pytest

from fault_table.faulty_mesh import FaultyMesh, faulty_mesh
from observability.causes import DEAD, SIMULATED
from observability.stack import Stack, missing_programs, stack_beside
from support.api import Api
from support.mesh import until
from support.simulator import MODEL, set_pace

_MISSING = missing_programs()


@pytest.fixture(scope="session")
def faulty() -> Iterator[FaultyMesh]:
    long = {
        "GATEWAY_ENGINE_FIRST_BYTE_S": "150", "GATEWAY_ENGINE_TOTAL_S": "200", "GATEWAY_ENGINE_GAP_S": "45",
        "FRAMEWRIGHT_ENGINE_FIRST_BYTE_S": "120", "FRAMEWRIGHT_ENGINE_BETWEEN_BYTES_S": "60",
        "FRAMEWRIGHT_ENGINE_TOTAL_S": "180",
    }  # fmt: skip
    with faulty_mesh(long) as mesh:
        set_pace(mesh.engine_url, output_tokens=40, tokens_per_s=400)
        with client_of(mesh) as http:
            for name, url in ((SIMULATED, mesh.engine_url), (DEAD, "http://127.0.0.1:9")):
                body = {"id": name, "kind": "vllm", "base_url": f"{url}/v1", "model": MODEL}
                created = http.post("/api/admin/engines", json=body)
                assert created.status_code == 201, created.text
            until(lambda: Api(http).knows_engine(SIMULATED), limit_s=30)
        yield mesh


@pytest.fixture
def http(faulty: FaultyMesh) -> Iterator[httpx.Client]:
    with client_of(faulty) as client:
        yield client


def client_of(faulty: FaultyMesh) -> httpx.Client:
    headers = {"Authorization": f"Bearer {faulty.mesh.key}"}
    return httpx.Client(
        base_url=faulty.mesh.url, headers=headers, timeout=60, trust_env=False, limits=httpx.Limits(max_connections=64)
    )


@pytest.fixture(scope="session")
def stack(faulty: FaultyMesh, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    if _MISSING:
        pytest.skip(f"not installed: {', '.join(_MISSING)} (Debian's packages of these names)")
    with stack_beside(faulty.mesh, tmp_path_factory.mktemp("stack"), faulty.mesh.port_base + 31) as running:
        until(lambda: running.up() == set(running.jobs), limit_s=60)
        yield running
