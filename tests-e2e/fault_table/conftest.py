"""One hurt mesh for all rows, and the table at the end."""

import os
from collections.abc import Iterator

import httpx
import pytest

from fault_table.faulty_mesh import ENGINE, FaultyMesh, Users, faulty_mesh
from fault_table.observation import Kept, keep
from fault_table.report import Seen, write
from fault_table.rows import read_rows
from support.api import Api
from support.mesh import ROOT, until
from support.simulator import MODEL

DOCUMENT = ROOT / "docs" / "operations" / "faults.md"


@pytest.fixture(scope="session")
def seen() -> Iterator[dict[str, Seen]]:
    """What came of each row; written as a table when all have run."""
    figures: dict[str, Seen] = {}
    yield figures
    document = DOCUMENT if os.environ.get("FRAMEWRIGHT_WRITE_FAULTS") else None
    print("\n" + write(read_rows(), figures, ROOT / "out" / "faults", document))


@pytest.fixture(scope="session")
def faulty() -> Iterator[FaultyMesh]:
    with faulty_mesh() as mesh:
        headers = {"Authorization": f"Bearer {mesh.mesh.key}"}
        with httpx.Client(base_url=mesh.mesh.url, headers=headers, timeout=60, trust_env=False) as client:
            body = {"id": ENGINE, "kind": "vllm", "base_url": f"{mesh.proxies[ENGINE].url}/v1", "model": MODEL}
            created = client.post("/api/admin/engines", json=body)
            assert created.status_code == 201, created.text
            until(lambda: Api(client).knows_engine(ENGINE), limit_s=30)
        yield mesh


@pytest.fixture
def users(faulty: FaultyMesh) -> Iterator[Users]:
    with client_of(faulty, faulty.mesh.url) as inside, client_of(faulty, faulty.proxies["gateway"].url) as outside:
        yield Users(inside, outside)


def client_of(faulty: FaultyMesh, url: str) -> httpx.Client:
    headers = {"Authorization": f"Bearer {faulty.mesh.key}"}
    return httpx.Client(base_url=url, headers=headers, timeout=60, trust_env=False)


@pytest.fixture(scope="session")
def kept(faulty: FaultyMesh) -> Kept:
    with client_of(faulty, faulty.mesh.url) as client:
        return keep(client)
